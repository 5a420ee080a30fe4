"""Decisions about places: datums, distances, blur, doubtful points, address words. No Django."""
