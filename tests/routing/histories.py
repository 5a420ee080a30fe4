"""Small invented histories for the tests of learning."""

from datetime import date, timedelta

from hypothesis import strategies as st

from nuantu.routing.learning import PastStop

KINDS = {"A": "bridge", "B": "bridge", "C": "station", "D": "station", "new": "bridge"}
BLOCKS = 6
FIRST = date(2025, 12, 28)


def stop(
    location: str = "A", found: int = 0, *, night: int = 0, hour: int = 4, level: str = ""
) -> PastStop:
    """One visit; the nights run over the year's end."""
    return PastStop(location, FIRST + timedelta(days=night), hour * 60.0, found, level)


stops = st.builds(
    stop,
    location=st.sampled_from("ABCD"),
    found=st.sampled_from([0, 0, 0, 1, 1, 2, 5]),
    night=st.integers(0, 400),
    hour=st.integers(0, BLOCKS - 1),
    level=st.sampled_from(["", "cold"]),
)
histories = st.lists(stops, min_size=1, max_size=25)
