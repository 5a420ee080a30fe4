"""A refusal always finds a place on the page: beside its field, or above the form."""

from typing import NoReturn

import pytest
from django import forms
from django.test import RequestFactory

from nuantu.core.errors import Refusal
from nuantu.ui.outcomes import tried

NOBODY_HOME = "今晚没有人值班。"


class _Form(forms.Form):
    reason = forms.CharField()


@pytest.mark.parametrize(
    ("field", "stands_at"), [("reason", "reason"), ("team", "__all__"), (None, "__all__")]
)
def test_a_refusal_stands_at_its_field_or_above_the_form(field: str | None, stands_at: str) -> None:
    def refuse() -> NoReturn:
        raise Refusal(NOBODY_HOME, field=field)

    form = _Form({"reason": "换班"})
    gone = tried(RequestFactory().post("/"), form, refuse, to="/done/")
    assert gone is None
    assert form.errors == {stands_at: [NOBODY_HOME]}


def test_a_form_that_is_not_filled_in_does_nothing() -> None:
    done: list[str] = []
    form = _Form({"reason": ""})
    assert tried(RequestFactory().post("/"), form, lambda: done.append("x"), to="/done/") is None
    assert not done


def test_what_was_done_says_where_the_page_leads() -> None:
    form = _Form({"reason": "换班"})
    gone = tried(RequestFactory().post("/"), form, lambda: 7, to=lambda number: f"/{number}/")
    assert gone is not None
    assert gone.headers["Location"] == "/7/"
