"""Reads about health: for medic and head only."""
