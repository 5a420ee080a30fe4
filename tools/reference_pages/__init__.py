"""The generated pages, one module for each kind of source."""
