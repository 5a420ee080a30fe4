"""The layouts of the statutory forms that the program brings along."""
