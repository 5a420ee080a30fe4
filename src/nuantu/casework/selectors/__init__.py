"""What casework shows."""
