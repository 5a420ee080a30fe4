"""Phones: who may enrol, see and revoke them, and what an ended one still gets."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.models import JournalEntry
from nuantu.fieldwork.models import FieldCommand, FieldDevice, ReviewCard
from nuantu.patrols.models import PatrolRun
from tests.builders import PATROL
from tests.fieldwork.phones import states

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.fieldwork.phones import Phone

pytestmark = pytest.mark.django_db


def _revoke(phone: "Phone") -> str:
    return reverse("fieldwork:device_revoke", args=[phone.device])


def test_a_dispatcher_enrols_no_phone(cast: "Cast") -> None:
    answer = cast.dispatcher.browser().post(
        "/field/devices/", json.dumps({"label": "x"}), content_type="application/json"
    )
    assert answer.status_code == 403
    assert not FieldDevice.objects.exists()


def test_nobody_else_sees_or_revokes_a_phone(cast: "Cast", phone: "Phone") -> None:
    assert "红米" not in cast.other_patroller.browser().get("/field/devices/").content.decode()
    answer = cast.other_patroller.browser().post(_revoke(phone), {"reason": "拿来"})
    assert answer.status_code == 404
    assert cast.outsider.browser().post(_revoke(phone), {"reason": "x"}).status_code == 404
    assert FieldDevice.objects.get().revoked_at is None


def test_a_token_is_kept_as_a_keyed_hash_only(phone: "Phone") -> None:
    row = FieldDevice.objects.values().get()
    assert phone.token not in str(row)
    assert phone.token not in str(list(JournalEntry.objects.values()))


def test_the_desk_revokes_a_lost_phone_with_a_reason(cast: "Cast", phone: "Phone") -> None:
    browser = cast.dispatcher.browser()
    assert "红米" in browser.get("/field/devices/").content.decode()
    browser.post(_revoke(phone), {"reason": " "})
    assert FieldDevice.objects.get().revoked_at is None
    browser.post(_revoke(phone), {"reason": "丢在出租车上"})
    page = browser.get("/field/devices/").content.decode()
    assert "丢在出租车上" in page
    assert phone.bundle().json()["code"] == "revoked"


@pytest.mark.slow
def test_what_a_revoked_phone_still_held_is_looked_at_before_it_counts(
    cast: "Cast", phone: "Phone"
) -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    cast.dispatcher.browser().post(_revoke(phone), {"reason": "丢了"})
    answer = phone.send(begin, unsent=1)
    assert answer.status_code == 202
    assert answer.json()["quarantined"] is True
    assert answer.json()["kept"] == [begin["id"]]
    assert ReviewCard.objects.get().why == "ended"
    assert not PatrolRun.objects.exists()
    again = phone.send(begin)
    assert again.status_code == 202
    assert FieldCommand.objects.count() == 1


@pytest.mark.slow
def test_an_ended_phone_brings_nothing_any_more_after_its_days(phone: "Phone") -> None:
    with clock.frozen(PATROL + timedelta(days=31)):
        assert phone.bundle().json()["code"] == "expired"
        assert phone.send(phone.make("clock.tell")).status_code == 202
    with clock.frozen(PATROL + timedelta(days=45)):
        assert phone.send(phone.make("clock.tell")).json()["code"] == "expired"


@pytest.mark.slow
def test_the_phone_of_a_closed_account_counts_as_revoked(cast: "Cast", phone: "Phone") -> None:
    account = cast.patroller.account
    account.is_active = False
    account.save()
    assert phone.bundle().json()["code"] == "revoked"
    assert phone.send(phone.make("clock.tell")).status_code == 202


@pytest.mark.slow
def test_a_phone_that_sends_too_often_is_told_when_to_come_again(phone: "Phone") -> None:
    for _time in range(60):
        phone.send()
    answer = phone.send()
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"


def test_the_page_says_when_a_phone_was_seen_and_what_it_still_holds(
    cast: "Cast", phone: "Phone"
) -> None:
    assert states(phone.send(phone.make("clock.tell"), unsent=7)) == ["applied"]
    row = FieldDevice.objects.get()
    assert (row.unsent_count, row.app_version) == (7, "test")
    page = cast.dispatcher.browser("en").get("/field/devices/").content.decode()
    assert "Field phones" in page
