"""Decisions of casework as plain questions."""
