"""Decisions on the patrol week, without a database."""
