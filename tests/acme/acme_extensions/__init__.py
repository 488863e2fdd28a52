"""Extensions for scaffold: found, and never imported."""
