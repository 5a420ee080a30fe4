"""What letters decide, without a database."""
