"""Opening hours as people write them."""

import pytest

from nuantu.places.rules.hours import HoursUnreadable, hours_text, parse_hours


@pytest.mark.parametrize(
    "text",
    [
        "全天",
        "8-17",
        "08:00",
        "8:-9:",
        "08:60-09:00",
        "25:00-26:00",
        "24:00-08:00",
        "08:00-08:00",
        "08:00-12:00、11:00-13:00",
        "22:00-05:00、04:00-06:00",
        "08:00-12:00 13:00-17:00、",
        "01:00-02:00、03:00-04:00、05:00-06:00、07:00-08:00、09:00-10:00",
    ],
)
def test_what_is_not_up_to_four_spans_apart_is_refused(text: str) -> None:
    with pytest.raises(HoursUnreadable):
        parse_hours(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("8:00-17:30", "08:00–17:30"),
        ("08：00～12：00，14：00—17：30", "08:00–12:00、14:00–17:30"),
        ("19时至23时30分；8点到11点", "08:00–11:00、19:00–23:30"),
        ("22:00-5:00", "22:00–05:00"),
        ("18.00–0.00", "18:00–24:00"),
        ("00:00-24:00", "00:00–24:00"),
    ],
)
def test_hours_are_kept_in_one_way_that_reads_back(text: str, kept: str) -> None:
    assert hours_text(parse_hours(text)) == kept
    assert hours_text(parse_hours(kept)) == kept
