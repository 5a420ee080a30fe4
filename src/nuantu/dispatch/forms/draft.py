"""What one browser has said so far: kept in its session until the report is sent.

The phone number is asked last and never kept here.
"""

from typing import Any

from django import forms
from django.contrib.sessions.backends.base import SessionBase

from nuantu.core.ids import new_id
from nuantu.dispatch.forms.report import AskedForm, NumberForm, WhatForm, WhereForm

NAME = "report"
LIFE_SECONDS = 2 * 60 * 60
STEPS: dict[str, type[forms.Form]] = {
    "where": WhereForm,
    "what": WhatForm,
    "asked": AskedForm,
    "number": NumberForm,
}
NEVER_KEPT = frozenset({"callback", "photo"})


class Draft:
    """The report of one browser; `key` makes sending it twice one tip."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.kept: dict[str, Any] = session.get(NAME) or {
            "key": str(new_id()),
            "values": {},
            "done": [],
            "photos": [],
        }

    @property
    def key(self) -> str:
        """The idempotency key of this report."""
        return str(self.kept["key"])

    @property
    def values(self) -> dict[str, Any]:
        """Everything that was said, by field."""
        return dict(self.kept["values"])

    @property
    def photos(self) -> list[str]:
        """Public ids of the photos that wait for the tip."""
        return list(self.kept["photos"])

    def keep(self, step: str, cleaned: dict[str, Any], *, is_done: bool) -> None:
        """Take over what one step said."""
        self.kept["values"] |= {
            name: value for name, value in cleaned.items() if name not in NEVER_KEPT
        }
        if is_done and step not in self.kept["done"]:
            self.kept["done"].append(step)
        self._save()

    def keep_photo(self, public_id: str) -> None:
        """One more photo waits."""
        self.kept["photos"].append(public_id)
        self._save()

    def drop_photo(self, public_id: str) -> None:
        """The reporter does not want to send it."""
        self.kept["photos"] = [photo for photo in self.photos if photo != public_id]
        self._save()

    def first_open_step(self, before: str) -> str:
        """The first step that is not done, at most the one asked for."""
        for step in STEPS:
            if step == before or step not in self.kept["done"]:
                return step
        return before

    def forget(self) -> None:
        """Begin a new report."""
        self.session.pop(NAME, None)

    def _save(self) -> None:
        self.session[NAME] = self.kept
        if not self.session.get("_auth_user_id"):
            self.session.set_expiry(LIFE_SECONDS)


def neighbours(step: str) -> tuple[str, str]:
    """The step before and the step after; empty at the ends."""
    names = list(STEPS)
    place = names.index(step)
    return (
        names[place - 1] if place else "",
        names[place + 1] if place + 1 < len(names) else "",
    )
