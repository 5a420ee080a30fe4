"""Forms of casework."""
