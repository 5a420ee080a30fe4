"""Reads of dispatch."""
