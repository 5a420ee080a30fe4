"""A form that was sent after the session ended is carried through the log-in, for its owner only."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from nuantu.core import clock, vault
from nuantu.core.ids import new_id
from nuantu.ui import kept

AT = datetime(2026, 12, 5, 14, 0, tzinfo=UTC)
MINE, THEIRS = new_id(), new_id()
FORM = {
    "place": "南大桥下",
    "seen": ["elder", "thin"],
    "code": "JZ-522622",
    "password": "geheim",
    "csrfmiddlewaretoken": "x",
}


def sent(path: str, data: Mapping[str, object]) -> HttpRequest:
    """A form from the browser in which `MINE` was signed in."""
    request = RequestFactory().post(path, data)
    request.COOKIES[kept.COOKIE] = kept.mark_of(MINE)
    return request


def carried() -> str:
    return kept.carry(sent("/tips/new/?from=desk", FORM))


def opened(text: str) -> kept.Kept | None:
    return kept.open_kept(text, kept.mark_of(MINE))


def test_a_forged_form_is_not_sent_on() -> None:
    text = carried()
    for forged in (text[:-6] + "AAAA" + text[-2:], "p1.m1.xx", "p1.m9." + text[6:], "?", ""):
        assert opened(forged) is None


def test_somebody_else_gets_nothing_of_it() -> None:
    text = carried()
    assert kept.open_kept(text, kept.mark_of(THEIRS)) is None
    assert kept.open_kept(text, "") is None
    assert kept.resume(RequestFactory().get("/"), text, THEIRS) is None


def test_what_is_carried_cannot_be_read_on_its_way() -> None:
    assert "南大桥下" not in carried()
    assert carried() != carried()


def test_a_form_never_leads_to_another_site() -> None:
    mark = kept.mark_of(MINE)
    assert opened(kept._seal("//evil.example/", [("a", "b")], mark)) is None
    assert opened(kept._seal("/tips/", [("a", "b")], mark)) is not None


def test_an_old_form_is_forgotten(settings: Settings) -> None:
    settings.NUANTU_KEPT_MINUTES = 10
    with clock.frozen(AT):
        text = carried()
    with clock.frozen(AT + timedelta(minutes=10)):
        assert opened(text) is not None
    with clock.frozen(AT + timedelta(minutes=11)):
        assert opened(text) is None


def test_every_answer_arrives_and_no_password() -> None:
    form = opened(carried())
    assert form is not None
    assert form.path == "/tips/new/?from=desk"
    assert form.fields == [
        ("place", "南大桥下"),
        ("seen", "elder"),
        ("seen", "thin"),
        ("code", "JZ-522622"),
    ]


def test_a_second_wrong_password_does_not_lose_it() -> None:
    text = carried()
    again = RequestFactory().post("/login/", {"kept": text, "login": "a", "password": "b"})
    assert kept.carry(again) == text


def test_nothing_to_keep_keeps_nothing() -> None:
    assert kept.carry(RequestFactory().get("/tips/new/")) == ""
    assert kept.carry(sent("/tips/new/", {"password": "x"})) == ""


def test_a_form_that_belongs_to_nobody_is_not_kept() -> None:
    assert kept.carry(RequestFactory().post("/tips/new/", FORM)) == ""


def test_ten_megabytes_are_not_carried_around() -> None:
    assert kept.carry(sent("/tips/new/", {"text": secrets.token_urlsafe(200_000)})) == ""


def test_a_passing_text_opens_only_for_what_it_is_bound_to() -> None:
    token = vault.seal_passing("南大桥下", "a")
    assert vault.unseal_passing(token, "a") == "南大桥下"
    assert vault.unseal_passing(token, "b") is None


def test_the_page_after_log_in_sends_the_form_where_it_was_going() -> None:
    request = RequestFactory().get("/")
    answer = kept.resume(request, carried(), MINE)
    assert answer is not None
    html = answer.content.decode()
    assert 'action="/tips/new/?from=desk"' in html
    assert 'value="南大桥下"' in html
    assert "<p>南大桥下</p>" in html, "a person sees what he wrote"
    assert "<p>thin</p>" not in html
    assert "<p>JZ-522622</p>" not in html
    assert kept.resume(request, "forged", MINE) is None
