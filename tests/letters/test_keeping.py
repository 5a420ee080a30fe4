"""What letters say is erased at its term: not while something is owed, on each copy by itself, with a line that says so."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope, vault
from nuantu.core.models import JournalEntry
from nuantu.letters import services
from nuantu.letters.models import Letter
from nuantu.letters.services import LetterRefused, Said
from nuantu.letters.services.owing import REPLY, owe
from tests.cast import Cast
from tests.homeward.wearing import NOON
from tests.letters.writing import a_letter, again, does, received
from tests.web import does_not_see, page_for, sees

pytestmark = pytest.mark.django_db

# `keep.letter` is two years after the last thing that happened.
LAST_DAY = datetime(2028, 12, 9, 12, tzinfo=NOON.tzinfo)
AFTER = LAST_DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _sweep(at: datetime) -> int:
    with clock.frozen(at):
        return services.sweep_letters(at=at)


def _ended(cast: Cast, *, is_about_him: bool = False) -> tuple[Letter, Letter]:
    sent = a_letter(cast, is_about_him=is_about_him)
    copy = received(sent)
    does(cast.outsider, services.answer, copy, said=Said("yes", "明天派车来接"))
    return sent, copy


def _says(letter: Letter) -> str:
    with scope.system("a test reads what is sealed"):
        line = letter.lines.get(event="answered")
        try:
            return f"{again(letter).words.open()}{line.words.open()}"
        except vault.KeyDestroyed:
            return ""


def test_a_letter_about_which_something_is_owed_or_that_waits_is_never_erased(cast: Cast) -> None:
    a_letter(cast, is_about_him=False)
    sent, copy = _ended(cast)
    with scope.system("a test owes"):
        for one in (sent, copy):
            owe(cast.reception.actor, NOON, one, REPLY, NOON + timedelta(days=1), "样例")
    assert _sweep(AFTER + timedelta(days=999)) == 0
    assert "明天派车来接" in _says(sent)


@pytest.mark.slow
def test_what_a_letter_says_is_erased_on_both_copies_the_day_after_its_term_with_a_line(
    cast: Cast,
) -> None:
    sent, copy = _ended(cast)
    of_case, its_copy = _ended(cast, is_about_him=True)
    with clock.frozen(NOON + timedelta(days=30)):
        place = {"event": "waits", "words": "东出站口"}
        does(cast.outsider, services.tell, its_copy, **place)
    assert _sweep(LAST_DAY) == 0
    assert (_sweep(AFTER), _sweep(AFTER)) == (2, 0)
    assert (_says(sent), _says(copy)) == ("", "")
    assert "明天派车来接" in _says(its_copy)
    assert _sweep(AFTER + timedelta(days=60)) == 1
    assert (_says(its_copy), "明天派车来接" in _says(of_case)) == ("", True)
    with clock.frozen(AFTER):
        page = page_for(cast.outsider, reverse("letters:letter", args=[copy.public_id]))
        sees(page, "内容到期删除", "已经删除", "同意", copy.number)
        does_not_see(page, "写明目的", "告知接站地点")
        with pytest.raises(LetterRefused, match="已经删除"):
            does(cast.outsider, services.open_letter, copy, purpose="看看内容")
    with scope.system("a test reads the journal"):
        lines = JournalEntry.objects.filter(verb="core.key.destroy", owner_org=copy.owner_org)
        assert {one.subjects.get().subject_id for one in lines} == {
            copy.public_id,
            its_copy.public_id,
        }
