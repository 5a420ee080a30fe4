"""Grammars of the genre: numbers, dates and periods, money, cadences, organisations, places."""
