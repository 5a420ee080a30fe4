"""Columns whose content only the key file can open."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from nuantu.core import vault
from nuantu.core.vault import keyed_hash

__all__ = ["Sealed", "SealedTextField", "keyed_hash"]

MASK = "••••••"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as it lies in the database. Printing it shows a mask; `open()` decrypts.

    Whoever opens one journals the purpose.
    """

    token: str

    def __str__(self) -> str:
        return MASK if self.token else ""

    def __bool__(self) -> bool:
        return bool(self.token)

    def open(self) -> str:
        """The plain text. Raises vault.KeyDestroyed after erasure."""
        return vault.unseal(self.token) if self.token else ""


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # stubs make it generic, Django does not
    """Plain text goes in, a `Sealed` comes out.

    Encrypted at save under the data key of the row's case, or of the row itself while it has
    no case. Not searchable: keep a `keyed_hash` beside it.
    """

    def from_db_value(self, value: str | None, *_: object) -> Sealed:
        return Sealed(value or "")

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = getattr(model_instance, self.attname)
        if isinstance(value, Sealed):
            return value.token
        if not value:
            return ""
        case_id: UUID | None = getattr(model_instance, "case_id", None)
        own_id: UUID = vars(model_instance)["public_id"]
        token = vault.seal(case_id or own_id, str(value))
        setattr(model_instance, self.attname, Sealed(token))
        return token

    def get_prep_value(self, value: Any) -> str:
        return value.token if isinstance(value, Sealed) else str(value or "")
