"""A form that was sent after the session ended is carried through the log-in, signed."""

import secrets

import pytest
from django.core import signing
from django.test import RequestFactory

from nuantu.ui import kept

FORM = {
    "place": "南大桥下",
    "seen": ["elder", "thin"],
    "password": "geheim",
    "csrfmiddlewaretoken": "x",
}


def carried() -> str:
    return kept.carry(RequestFactory().post("/tips/new/?from=desk", FORM))


def test_a_forged_form_is_not_sent_on() -> None:
    text = carried()
    assert kept.open_kept(text[:-2] + "xx") is None
    assert kept.open_kept("") is None


def test_a_form_never_leads_to_another_site() -> None:
    body = {"path": "//evil.example/", "fields": [["a", "b"]]}
    assert kept.open_kept(signing.dumps(body, salt=kept.SALT)) is None


def test_an_old_form_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    text = carried()
    monkeypatch.setattr(kept, "LIFE_SECONDS", -1)
    assert kept.open_kept(text) is None


def test_every_answer_arrives_and_no_password() -> None:
    form = kept.open_kept(carried())
    assert form is not None
    assert form.path == "/tips/new/?from=desk"
    assert form.fields == [("place", "南大桥下"), ("seen", "elder"), ("seen", "thin")]


def test_a_second_wrong_password_does_not_lose_it() -> None:
    text = carried()
    again = RequestFactory().post("/login/", {"kept": text, "login": "a", "password": "b"})
    assert kept.carry(again) == text


def test_nothing_to_keep_keeps_nothing() -> None:
    assert kept.carry(RequestFactory().get("/tips/new/")) == ""
    assert kept.carry(RequestFactory().post("/tips/new/", {"password": "x"})) == ""


def test_ten_megabytes_are_not_carried_around() -> None:
    long = secrets.token_urlsafe(200_000)
    assert kept.carry(RequestFactory().post("/tips/new/", {"text": long})) == ""


def test_the_page_after_log_in_sends_the_form_where_it_was_going() -> None:
    request = RequestFactory().get("/")
    answer = kept.resume(request, carried())
    assert answer is not None
    html = answer.content.decode()
    assert 'action="/tips/new/?from=desk"' in html
    assert 'value="南大桥下"' in html
    assert kept.resume(request, "forged") is None
