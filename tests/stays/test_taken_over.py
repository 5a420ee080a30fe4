"""From the offer of a resident to the door of the station that takes him over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock
from nuantu.operations.models import Duty, Handover
from nuantu.operations.services import accept_handover, decline_handover
from nuantu.stays import services
from nuantu.stays.models import Stay
from nuantu.stays.selectors import door
from nuantu.stays.selectors.checks import Plan, checks_of
from nuantu.stays.selectors.papers import _handed, transfer
from tests.cast import OTHER_STATION, Cast, Player
from tests.stays.house import a_question, a_stay_in_bed, a_thing
from tests.web import does_not_see, page_for, sees

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
WAY = {"way": "station", "to_org": OTHER_STATION}


def _their_clerk() -> Player:
    user = User.objects.create(
        login="huang",
        name="吴黄接",
        organisation_id=OTHER_STATION,
        roles=["reception"],
        password="!",
    )
    return Player("huang", user.name, actor_for(user), user)


def _offer(cast: Cast, stay: Stay, words: str = "") -> Handover:
    actor = cast.reception.actor
    return services.offer_stay(actor=actor, at=clock.now(), stay=stay, note_text=words, **WAY)


def test_who_is_refused_elsewhere_is_told_with_its_reason_and_stays(cast: Cast, as_: As) -> None:
    stay, clerk = a_stay_in_bed(cast), _their_clerk()
    with as_(cast.reception):
        offer = _offer(cast, stay)
    with as_(clerk):
        decline_handover(actor=clerk.actor, at=clock.now(), handover=offer, reason="没有空床")
    page = page_for(cast.reception, reverse("stays:detail", args=[stay.public_id]))
    sees(page, "没有接收", "没有空床", "再提出移交")
    with as_(cast.reception):
        found = checks_of(stay, Plan(**WAY), clock.now())
    (words,) = (check.finding.words for check in found if check.code == "handover")
    assert "没有空床" in words
    assert stay.left_at is None


@pytest.mark.slow
def test_who_was_accepted_is_awaited_at_the_door_until_he_is_received(cast: Cast, as_: As) -> None:
    stay, clerk = a_stay_in_bed(cast), _their_clerk()
    with as_(cast.reception):
        offer = _offer(cast, stay, "降压药早晚各一片")
    with as_(clerk):
        accept_handover(actor=clerk.actor, at=clock.now(), handover=offer)
        (one,) = door.expected(clerk.actor, clock.now())
    assert not one.is_on_his_way
    with as_(cast.reception):
        services.leave(
            actor=cast.reception.actor,
            at=clock.now(),
            stay=stay,
            out=services.WayOut("station", to_org=OTHER_STATION),
            confirmed={"notices": "查过，没有"},
        )
        paper = transfer(cast.reception.actor, stay, clock.now())
    assert (paper["receiver_name"], paper["health"]) == ("吴黄接", "降压药早晚各一片")
    later = clock.now() + timedelta(days=2)
    with as_(clerk):
        duty = Duty.objects.get(kind="stay.arrive")
        assert (duty.owner_org, duty.state) == (OTHER_STATION, "open")
        assert [one.is_late for one in door.expected(clerk.actor, later)] == [True]
    sees(page_for(clerk, reverse("stays:door")), "已接收，等他站送到", "在路上")
    with as_(clerk):
        assert door.arrival_of(clerk.actor, stay.person)[0] == "station"
        services.receive(
            actor=clerk.actor, at=clock.now(), arrival_mode="station", person=stay.person
        )
        duty.refresh_from_db()
        assert duty.state == "done"
        assert not door.expected(clerk.actor, clock.now())


def test_money_is_handed_on_by_its_amount(cast: Cast) -> None:
    """The paper that the taker signs says how much, not "cash, 1"."""
    thing = a_thing(cast)
    thing.item, thing.cash_fen = "现金", 18650
    assert _handed(thing)["item"] == "现金 ¥186.50"


def test_an_answer_that_comes_days_later_is_put_down_on_the_page_of_the_stay(cast: Cast) -> None:
    """The reception is over; a carer, who asks nobody, is not offered it."""
    stay = a_stay_in_bed(cast)
    Stay.objects.filter(pk=stay.pk).update(reception=a_question(cast).reception)
    page = page_for(cast.reception, reverse("stays:detail", args=[stay.public_id]))
    sees(page, "指纹比对", "登记答复", "提出核查")
    does_not_see(page_for(cast.carer, reverse("stays:detail", args=[stay.public_id])), "提出核查")
