"""What is sent and filled in."""
