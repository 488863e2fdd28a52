"""The languages of the pages, and how visitors choose theirs."""
