"""Pages of papers and of their templates."""
