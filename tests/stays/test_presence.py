"""Roll-call and searching: a child is looked for at once, a grown man who went has gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nuantu.core import clock
from nuantu.operations.models import Duty
from nuantu.stays import services as stays
from nuantu.stays.models import Absence, RollCall, Search, Stay
from nuantu.stays.rules.presence import LOOKED_FOR, verdict
from nuantu.stays.selectors.care.searches import not_missing, open_searches, steps_of
from nuantu.stays.selectors.checks import Plan
from nuantu.stays.services import care as services
from tests.cast import STATION, Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed
from tests.web import (
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def _call(cast: Cast, **found: Any) -> RollCall:
    return services.call_roll(actor=cast.carer.actor, at=clock.now(), **found)


def _open(kind: str) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, state="open"))


@given(st.sampled_from(["self", "partly"]), st.sets(st.sampled_from(["elderly", "non_local"])))
def test_a_grown_person_who_can_decide_has_simply_gone(level: str, classes: set[str]) -> None:
    assert verdict(may_be_child=False, care_level=level, classes=classes) == "gone"


@pytest.mark.parametrize("code", sorted(LOOKED_FOR))
def test_whoever_must_not_be_alone_outside_is_missing(code: str) -> None:
    assert verdict(may_be_child=False, care_level="self", classes=[code]) == "missing"
    assert verdict(may_be_child=True, care_level="self", classes=[]) == "missing"
    assert verdict(may_be_child=False, care_level="full", classes=[]) == "missing"


@pytest.mark.slow
@pytest.mark.rule("P9-27")
def test_a_child_that_is_not_there_is_looked_for_by_the_steps_of_the_rules(
    cast: Cast, as_: As
) -> None:
    child, man = a_stay(cast, years=12), a_stay(cast)
    actor = cast.carer.actor
    with as_(cast.carer):
        _call(cast, found={child: "gone", man: "gone"})
        search = Search.objects.get()
        assert search.stay == child
        (owed,) = _open("stay.missing")
        assert owed.due_at <= NIGHT + timedelta(hours=1)
        assert Absence.objects.get(stay=man).reason == "gone"
        assert man.is_here
        for place, step in enumerate(steps_of(search, NIGHT)):
            with pytest.raises(services.SearchRefused, match="请写明"):
                services.take_step(
                    actor=actor, at=NIGHT, search=search, step=step.key, note_text=" "
                )
            services.take_step(
                actor=actor, at=NIGHT, search=search, step=step.key, note_text=f"第{place}步"
            )
        assert not _open("stay.missing")
        assert len(_open("stay.missing_follow")) == 1
        services.end_search(
            actor=actor, at=NIGHT, search=search, end="found", note_text="在车站找到，平安"
        )
        assert not _open("stay.missing_follow")
        assert not Absence.objects.filter(stay=child, back_at=None).exists()


def test_a_search_ends_once_and_with_words(cast: Cast, as_: As) -> None:
    child, actor = a_stay(cast, years=12), cast.carer.actor
    with as_(cast.carer):
        search = services.raise_search(actor=actor, at=NIGHT, stay=child)
        with pytest.raises(services.SearchRefused, match="已经在寻找"):
            services.raise_search(actor=actor, at=NIGHT, stay=child)
        end: dict[str, Any] = {"actor": actor, "at": NIGHT, "search": search}
        with pytest.raises(services.SearchRefused, match="请写明"):
            services.end_search(**end, end="found", note_text="")
        services.end_search(**end, end="mistake", note_text="在洗手间")
        with pytest.raises(services.SearchRefused, match="已经结束"):
            services.end_search(**end, end="found", note_text="又找到")


def test_who_was_out_and_is_there_has_come_back(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    with as_(cast.carer):
        stays.go_out(
            actor=cast.carer.actor,
            at=NIGHT,
            stay=stay,
            reason="errand",
            due_at=NIGHT + timedelta(hours=2),
        )
        with clock.frozen(NIGHT + timedelta(hours=1)):
            _call(cast, found={stay: "present"})
        assert not _open("stay.return")


def test_a_missing_child_who_stands_at_the_next_roll_call_is_found(cast: Cast, as_: As) -> None:
    child = a_stay(cast, years=12)
    with as_(cast.carer):
        _call(cast, found={child: "gone"})
        with clock.frozen(NIGHT + timedelta(hours=1)):
            _call(cast, found={child: "present"})
        assert Search.objects.get().end == "found"
        assert not _open("stay.missing")
        assert not Absence.objects.filter(back_at=None).exists()


def test_nobody_who_is_looked_for_is_seen_out(cast: Cast, as_: As) -> None:
    stay, actor = a_stay(cast), cast.carer.actor
    with as_(cast.carer):
        search = services.raise_search(actor=actor, at=NIGHT, stay=stay)
        plan = Plan(way="left_without_notice")
        found = not_missing(stay, plan, NIGHT)
        assert found is not None
        assert found.state == "blocks"
        services.end_search(
            actor=actor, at=NIGHT, search=search, end="elsewhere", note_text="派出所接走"
        )
        found = not_missing(stay, plan, NIGHT)
        assert found is not None
        assert found.state == "fine"


def test_nobody_is_out_without_having_been_put_down_as_out(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    with as_(cast.carer):
        with pytest.raises(services.RollRefused, match="没有登记外出"):
            _call(cast, found={stay: "out"})
        with pytest.raises(services.RollRefused, match="没有在站人员"):
            _call(cast, found={})
    assert not RollCall.objects.exists()


def test_another_station_neither_reads_nor_calls_the_roll(cast: Cast, as_: As) -> None:
    child = a_stay(cast, years=12)
    with as_(cast.carer):
        _call(cast, found={child: "gone"})
        search = Search.objects.get()
        assert len(open_searches(STATION, NIGHT)) == 1
    with as_(cast.outsider):
        assert not RollCall.objects.exists()
        assert not Search.objects.exists()
    not_found_for(cast.outsider, url=reverse("stays:search", args=[search.public_id]))
    refused_for(cast.patroller, cast.auditor, url="/stays/care/roll/")


@pytest.mark.slow
def test_the_roll_is_called_on_the_page_and_the_search_walked_through(cast: Cast) -> None:
    child, man = a_stay_in_bed(cast), a_stay_in_bed(cast)
    Stay.objects.filter(pk=child.pk).update(is_minor=True)
    address = "/stays/care/roll/"
    assert page_for(cast.carer, address).content.decode().count("checked") == 2
    sent = {f"found-{child.public_id}": "gone", f"found-{man.public_id}": "present"}
    sees(submits(cast.carer, address, sent), "正在寻找")
    search = Search.objects.get()
    page = [search.public_id]
    sees(page_for(cast.carer, reverse("stays:search", args=page)), "110", "报告公安机关")
    for words, why in (("城关所 13800138000", "手机"), (" ", "找了哪里")):
        answer = submit_refused_leaving(
            cast.carer,
            reverse("stays:search_step", args=page),
            {"step": "police", "note_text": words},
            unchanged=search.steps.count,
        )
        sees(answer, words.strip(), "报告公安机关", why)
    submits(
        cast.carer,
        reverse("stays:search_step", args=page),
        {"step": "police", "note_text": "城关所，回执12号"},
    )
    sees(page_for(cast.carer, reverse("stays:search", args=page)), "回执12号")
    ended = {"end": "found", "note_text": "在门口"}
    sees(submits(cast.carer, reverse("stays:search", args=page), ended), "已找到")
