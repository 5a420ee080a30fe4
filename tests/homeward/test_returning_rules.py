"""The gates before a return, as rules: who is kept here, and why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nuantu.homeward.rules.returning import Company, Facts, Span, Wanted, gates, shut

NOON = datetime(2026, 12, 9, 4, 0, tzinfo=UTC)
WANTED = Wanted(escorts=2, women=1, medical=1)
WAY = Span("凯里", "怀化", NOON, NOON + timedelta(hours=6))
TWO_MEN = (Company("male"), Company("male"))


def _shut(way: str = "self", **more: Any) -> set[tuple[str, str]]:
    values: dict[str, Any] = {
        "sex": "male",
        "may_be_child": False,
        "classes": frozenset(),
        "is_cleared": True,
        "legs": (WAY,),
    }
    found = gates(Facts(way=way, **values | more), WANTED)
    return {(gate.code, gate.reason) for gate in shut(found)}


@pytest.mark.rule("P1-12")
def test_nobody_travels_before_somebody_said_that_he_is_stable() -> None:
    assert _shut(is_cleared=False) == {("medical", "not_cleared")}
    assert _shut(is_in_hospital=True) == {("medical", "in_hospital")}
    assert _shut() == set()


def test_a_child_and_who_shows_signs_do_not_go_alone() -> None:
    assert _shut(may_be_child=True) == {("capacity", "child")}
    signs = frozenset({"suspected_mental_disorder"})
    assert _shut(classes=signs) == {("capacity", "capacity")}
    assert ("capacity", "child") not in _shut("relatives", may_be_child=True)


def test_danger_at_home_stops_every_way_until_somebody_decided() -> None:
    for mark in ("domestic_violence", "trafficked", "danger", "suicide_risk"):
        marks = frozenset({mark})
        assert ("safety", "danger") in _shut(classes=marks), mark
        assert ("safety", "decided_against") in _shut(classes=marks, safety="stay"), mark
        assert not _shut(classes=marks, safety="go"), mark


def test_relatives_do_not_fetch_who_refused_them_or_may_be_harmed_by_them() -> None:
    for why in ("said_no", "harm"):
        assert ("family", why) in _shut("relatives", against_family=why), why
        assert not _shut(against_family=why), why


@pytest.mark.rule("P9-34")
def test_an_epidemic_or_a_road_cut_is_a_stop_with_its_name() -> None:
    assert _shut(halt="epidemic") == {("halt", "epidemic")}
    assert _shut(halt="road") == {("halt", "road")}


def test_relatives_are_checked_and_their_document_is_copied() -> None:
    assert _shut("relatives", legs=()) == {("taker", "nobody")}
    assert _shut("relatives", legs=(), is_refused=True) == {("taker", "refused")}
    assert _shut("relatives", legs=(), has_taker=True) == {("taker", "not_checked")}
    known = {"has_taker": True, "is_taker_checked": True}
    assert _shut("relatives", legs=(), **known) == {("taker", "no_copy")}
    assert _shut("relatives", legs=(), has_copy=True, **known) == set()


def test_escorts_are_counted_with_a_woman_for_a_woman_and_medical_staff_for_the_very_ill() -> None:
    assert ("escorts", "lacks") in _shut("escorted", has_taker=True)
    assert _shut("escorted", has_taker=True, escorts=TWO_MEN) == set()
    assert _shut("escorted", has_taker=True, escorts=TWO_MEN, sex="female") == {("women", "lacks")}
    ill = frozenset({"critically_ill_person"})
    assert _shut("escorted", has_taker=True, escorts=TWO_MEN, classes=ill) == {("doctors", "lacks")}
    nurse = (Company("female", is_medical=True), Company("male"))
    assert _shut("station", has_taker=True, escorts=nurse, classes=ill, sex="female") == set()
    asked = {"has_taker": True, "escorts": nurse, "has_agreed": False}
    assert _shut("station", **asked) == {("agreed", "not_agreed")}
    assert _shut("fetched", **asked) == {("agreed", "not_agreed")}
    assert _shut("escorted", **asked) == set()


def test_a_change_of_trains_has_its_station_and_can_be_reached() -> None:
    later = Span("怀化", "溆浦", NOON + timedelta(hours=8), NOON + timedelta(hours=9))
    assert _shut(legs=()) == {("route", "no_legs")}
    assert _shut(legs=(WAY, later)) == {("route", "no_station")}
    told = Span("凯里", "怀化", NOON, NOON + timedelta(hours=6), has_station=True)
    assert _shut(legs=(told, later)) == set()
    early = Span("怀化", "溆浦", NOON + timedelta(hours=5), NOON + timedelta(hours=9))
    assert _shut(legs=(told, early)) == {("route", "missed")}
