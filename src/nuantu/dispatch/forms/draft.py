"""What one browser has said so far: kept in its session until the report is sent.

An answer that is not right yet is kept too, so that each question is a page of its own: going back
or loading it again asks nothing twice and loses nothing. The phone number is asked last; it is kept
only until it is right, and sealed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

from nuantu.core import vault
from nuantu.core.ids import new_id
from nuantu.dispatch.forms.report import AskedForm, NumberForm, WhatForm, WhereForm

NAME = "report"
LIFE_SECONDS = 2 * 60 * 60
MOST_TYPED = 20_000
STEPS: dict[str, type[forms.Form]] = {
    "where": WhereForm,
    "what": WhatForm,
    "asked": AskedForm,
    "number": NumberForm,
}
NUMBER = "callback"
NEVER_KEPT = frozenset({NUMBER, "photo"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A step as it was typed. `is_asked`: he wanted to go on, so the page says what to mend;
    `errors` are the sentences (field, text) that the fields alone do not give again."""

    data: QueryDict
    errors: tuple[tuple[str, str], ...]
    is_asked: bool

    def initial(self, form: type[forms.Form]) -> dict[str, Any]:
        """The same as first values of a fresh form."""
        return {
            name: self.data.getlist(name)
            if isinstance(form.base_fields[name], forms.MultipleChoiceField)
            else self.data[name]
            for name in self.data
        }


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

    def keep(self, step: str, cleaned: dict[str, Any]) -> None:
        """Take over what one step said; it is right."""
        self.kept["values"] |= {
            name: value for name, value in cleaned.items() if name not in NEVER_KEPT
        }
        if step not in self.kept["done"]:
            self.kept["done"].append(step)
        self.kept.get("typed", {}).pop(step, None)
        self._save()

    def keep_typed(
        self,
        step: str,
        form: forms.Form,
        errors: Iterable[tuple[str, str]] = (),
        *,
        is_asked: bool = True,
    ) -> bool:
        """Keep a step as it was typed, right or wrong; False where that is too much to keep."""
        post = cast("QueryDict", form.data)
        names = [name for name in form.fields if name in post]
        said = {name: post.getlist(name) for name in names if name not in NEVER_KEPT}
        number = post.get(NUMBER, "")
        if sum(len(value) for values in said.values() for value in values) > MOST_TYPED:
            return False
        if len(number) > MOST_TYPED:
            return False
        if number:
            said[NUMBER] = [vault.seal_passing(number, self.key)]
        one = {"said": said, "errors": [list(pair) for pair in errors], "is_asked": is_asked}
        self.kept.setdefault("typed", {})[step] = one
        if is_asked and step in self.kept["done"]:
            self.kept["done"].remove(step)
        self._save()
        return True

    def typed(self, step: str) -> Typed | None:
        """The step as it was typed last, where it is not taken over yet."""
        one = self.kept.get("typed", {}).get(step)
        if one is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in one["said"].items():
            data.setlist(name, values)
        if NUMBER in data:
            data[NUMBER] = vault.unseal_passing(str(data[NUMBER]), self.key) or ""
        return Typed(data, tuple((name, text) for name, text in one["errors"]), one["is_asked"])

    def drop_typed(self, step: str) -> None:
        """What was typed was sent."""
        if self.kept.get("typed", {}).pop(step, None):
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

    def sent(self) -> None:
        """The number of a report that was sent is in its tip and nowhere else."""
        self.drop_typed("number")

    def renew(self) -> None:
        """What is said now is another report than the one that was sent."""
        self.kept |= {"key": str(new_id()), "photos": []}
        self._save()

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
