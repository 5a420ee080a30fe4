"""Forms of the tracing desk."""
