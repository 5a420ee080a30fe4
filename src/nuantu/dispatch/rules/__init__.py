"""Decisions of dispatch as pure functions: words, limits, clocks, duplicates, notices, states, teams."""
