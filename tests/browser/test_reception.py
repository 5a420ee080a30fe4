"""A clerk takes in a man who knows his name: few fields, few keys, and the bed is his."""

from collections.abc import Callable

import pytest
from bench.hand import Hand, keys_of, takes_in
from playwright.sync_api import Page, expect

from nuantu.stays.models import BedStay, Stay
from tests.cast import Cast, Player
from tests.stays.house import a_zone

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_keys_are_those_of_a_pinyin_keyboard() -> None:
    assert keys_of("40") == 2
    assert keys_of("王小明") == len("wangxiaoming") + 1
    assert keys_of("毕节 a") == len("bijie") + 3


def test_somebody_who_knows_his_name_is_in_bed_within_25_fields_and_150_keys(
    people: Cast, page_at: Callable[..., Page], sign_in: Callable[[Page, Player], Page]
) -> None:
    a_zone(people, "男区", "male", "adult")
    page = sign_in(page_at(1440), people.reception)
    hand = Hand(page)
    takes_in(hand)
    expect(page.get_by_text("男区 男区101-1").first).to_be_visible()
    stay = Stay.objects.select_related("person").get()
    assert stay.person.name == "王小明"
    assert BedStay.objects.get().stay == stay
    assert hand.fields <= 25, hand
    assert hand.keys <= 150, hand
    assert hand.keys * 0.3 + hand.decisions * 1.2 <= 180, hand
    page.goto("/stays/door/new/?name=王")
    name = page.locator("input[autofocus]")
    expect(name).to_be_focused()
    page.keyboard.type("小红")
    expect(name).to_have_value("王小红")  # what was searched for is written on, not before
