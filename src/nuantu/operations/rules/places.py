"""The chain of divisions above a place, as codes."""

LENGTHS = (12, 9, 6, 4, 2)
FULL = 12


def chain(division_code: str) -> list[str]:
    """The 12-digit codes of a place and everything above it, smallest first, without repeats."""
    codes = [division_code[:length].ljust(FULL, "0") for length in LENGTHS]
    return list(dict.fromkeys(codes))


def county_of(division_code: str) -> str:
    """The 12-digit code of the county a place lies in; a prefecture stays itself."""
    return division_code[:6].ljust(FULL, "0")
