"""Pages of places: the map, four registers, the relief point board, and what scripts ask."""
