"""The page that names the software this site is built with."""
