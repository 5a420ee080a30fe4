"""Decisions of operations as pure functions over plain values."""
