"""Parsing of what people fill in."""
