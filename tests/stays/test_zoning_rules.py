"""Who may sleep where, on everything hypothesis can think of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.persons.rules.ages import Age
from nuantu.stays.rules import zoning
from nuantu.stays.rules.zoning import Place, Sleeper
from tests.examples import examples

sleepers = st.builds(
    Sleeper,
    sex=st.sampled_from(["male", "female", "unknown"]),
    is_minor=st.booleans(),
    family=st.integers(1, 4),
    health=st.sampled_from(["general", "observation", "isolation"]),
    has_limited_mobility=st.booleans(),
)
places = st.one_of(
    st.builds(
        Place,
        sex=st.sampled_from(["male", "female", "any"]),
        ages=st.sampled_from(["adult", "minor", "any"]),
        health=st.sampled_from(["general", "observation", "isolation"]),
        is_barrier_free=st.booleans(),
    ),
    st.just(Place(is_family=True)),
)


@examples(300)
@given(places, st.lists(sleepers, max_size=6))
def test_whoever_is_let_in_one_by_one_lives_with_his_own_kind(
    place: Place, arrivals: list[Sleeper]
) -> None:
    room: list[Sleeper] = []
    for who in arrivals:
        if not zoning.conflicts(who, place, room):
            room.append(who)
    for one in room:
        assert place.sex in ("any", one.sex)
        assert place.ages == "any" or (place.ages == "minor") == one.is_minor
        assert (place.health == "isolation") == (one.health == "isolation")
        for other in room:
            if other.family != one.family:
                assert (one.is_minor, one.sex) == (other.is_minor, other.sex)
                assert not place.is_family


@given(sleepers, places, st.lists(sleepers, max_size=4))
def test_a_bed_is_offered_exactly_when_nothing_speaks_against_it(
    who: Sleeper, place: Place, room: list[Sleeper]
) -> None:
    option = zoning.judge(who, place, room)
    assert (option is None) == bool(zoning.conflicts(who, place, room))
    if option is not None:
        assert option.reasons


@pytest.mark.parametrize(
    ("age", "is_young"),
    [
        (Age(5, 5, is_estimated=False), True),
        (Age(6, 6, is_estimated=False), False),
        (Age(4, 7), False),
        (None, False),
    ],
)
def test_only_a_child_surely_below_the_line_stays_with_its_mother(
    age: Age | None, is_young: bool
) -> None:
    assert zoning.is_young_enough(age, 6) is is_young


def test_a_child_goes_to_its_own_mother_and_to_nobody_else() -> None:
    child = Sleeper("male", is_minor=True, family=1)
    women = Place(sex="female", ages="adult")
    mother = Sleeper("female", is_minor=False, family=1)
    stranger = Sleeper("female", is_minor=False, family=2)
    assert not zoning.conflicts(child, women, [mother], is_with_mother=True)
    assert "mother" in zoning.conflicts(child, women, [stranger], is_with_mother=True)
    assert "minor_with_strangers" in zoning.conflicts(
        child, women, [mother, stranger], is_with_mother=True
    )
    assert zoning.conflicts(child, women, [mother])


def test_the_better_bed_comes_first() -> None:
    man = Sleeper("male", is_minor=False, family=1)
    lame = Sleeper("male", is_minor=False, family=1, has_limited_mobility=True)
    plain, ramp = Place("male", "adult"), Place("male", "adult", is_barrier_free=True)
    mixed = Place()

    def rank(who: Sleeper, place: Place, *room: Sleeper) -> int:
        option = zoning.judge(who, place, room)
        assert option is not None
        return option.rank

    assert rank(man, plain) < rank(man, ramp)
    assert rank(lame, ramp) < rank(lame, plain)
    assert rank(man, plain) < rank(man, mixed)
    brother = Sleeper("male", is_minor=False, family=1)
    assert rank(man, plain, brother) < rank(man, plain)
