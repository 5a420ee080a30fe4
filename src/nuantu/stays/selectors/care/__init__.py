"""What the pages of daily care show."""
