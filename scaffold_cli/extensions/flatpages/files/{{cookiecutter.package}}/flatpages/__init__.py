"""The pages from Markdown files."""
