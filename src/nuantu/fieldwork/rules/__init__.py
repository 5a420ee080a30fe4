"""Decisions of fieldwork: what a command is, which comes next, when it happened."""
