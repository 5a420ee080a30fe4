"""Reads about street contacts."""
