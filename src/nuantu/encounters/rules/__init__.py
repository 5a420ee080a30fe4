"""Decisions about street contacts as pure functions: conditions, outcomes, refusals, kits, sharing."""
