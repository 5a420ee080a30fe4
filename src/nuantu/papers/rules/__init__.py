"""Decisions about papers: kinds and fields, placeholders, numbers, what changed, Word to print. No Django."""
