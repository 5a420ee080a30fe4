"""Pages and endpoints of fieldwork."""
