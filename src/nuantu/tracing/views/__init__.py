"""Pages of the tracing desk."""
