"""Decisions about divisions, organisations and permissions as pure functions."""
