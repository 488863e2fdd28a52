"""Files in the Dropbox of a visitor."""
