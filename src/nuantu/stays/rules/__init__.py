"""Decisions of a station as pure functions."""
