"""Forms of health work."""
