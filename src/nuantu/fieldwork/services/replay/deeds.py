"""What every replay works on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.fieldwork.rules.commands import uuid_of


class Contrary(Refusal):
    """Another phone of the team told something else of the same step."""


class NotWhole(Refusal):
    """What the form online would not have let through."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A command on its way to the service: who, when by the server's clock, about what, what it
    says. `key` is the phone's id of it."""

    actor: Actor
    at: datetime
    kind: str
    about: UUID | None
    body: Mapping[str, Any]
    key: UUID
    made_at: datetime
    files: "Sequence[UploadedFile[bytes]]" = ()

    @property
    def subject(self) -> UUID:
        """What it is about. Raises Http404 for nothing."""
        if self.about is None:
            raise Http404
        return self.about

    @property
    def stop_id(self) -> UUID:
        """The id that the phone gave a new stop; the command's own where it gave none."""
        return uuid_of(self.body.get("stop")) or self.key

    @property
    def fields(self) -> QueryDict:
        """What a form of the server was filled in with, in its order."""
        data = QueryDict(mutable=True)
        pairs = self.body.get("fields")
        for pair in pairs if isinstance(pairs, list) else ():
            if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str):
                data.appendlist(pair[0], "" if pair[1] is None else str(pair[1]))
        return data


@dataclass(frozen=True, slots=True)
class Done:
    """What is told to the phone beyond "done", empty for nothing."""

    words: str = ""


Filled = TypeVar("Filled", bound=forms.Form)


def filled(form: Filled) -> Filled:
    """The same form that the page uses, once it is valid. Raises NotWhole with what to mend."""
    if form.is_valid():
        return form
    for name, errors in form.errors.items():
        field = form.fields.get(name)
        said = {"field": field.label if field else "", "why": errors[0]}
        raise NotWhole(_("%(field)s：%(why)s") % said if field else str(errors[0]), field=name)
    raise NotWhole(_("内容不完整。"))
