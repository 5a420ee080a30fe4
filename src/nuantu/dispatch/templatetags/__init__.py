"""Template tags of dispatch."""
