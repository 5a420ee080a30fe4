"""Reads about papers: kinds and their feeds, templates in force, papers as pages show them."""
