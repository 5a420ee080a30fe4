"""Decisions about people as pure functions: ages, numbers, classes, refusal, rescue modes."""
