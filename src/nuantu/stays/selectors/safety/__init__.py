"""Reads about the safety of a house."""
