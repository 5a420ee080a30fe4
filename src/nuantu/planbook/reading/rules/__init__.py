"""The rules of reading: each a named function that finds one kind of fact in a page."""
