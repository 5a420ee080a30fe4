"""Parsing of what is typed about letters."""
