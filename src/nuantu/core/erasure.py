"""Erasure of a case (PIPL Art. 47): the key goes, and with it every value that stood in the clear.

Sealed values die with the data key. Names, nicknames and descriptions are not encrypted, because
people are found by them; a model names them in `erases` (column → what takes its place) and the
way to its case in `erased_with`. They go from the rows and from the rows' earlier versions;
`erases_also` (another way → which of its rows, and their columns) reaches rows about somebody else;
`erases_only` (column → condition) spares a column of the rows that do not meet it. Photos that are
not filed under the case are named in `erases_file`, and their keys go as well; a model whose rows must go whole
has `erase_with`. The
journal stays as it is: its lines name no one in the clear, and its chain verifies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Case, F, Value, When

from nuantu.core import journal, scope, vault
from nuantu.core.actors import Actor
from nuantu.core.fields import Sealed
from nuantu.core.models import JournalEntry, StoredFile
from nuantu.core.subjects import Subject
from nuantu.core.typed import GONE


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure under way: the case, and the line that says it was done."""

    case_id: UUID
    entry: JournalEntry

    def forget(self, rows: "models.QuerySet[Any]", columns: Iterable[str]) -> int:
        """Take these columns out of the rows and out of their earlier versions; how many rows.

        What was empty stays empty; a column that may be null becomes null, a text says that
        something stood there.
        """
        table = rows.query.get_meta()
        fields: list[Any] = [table.get_field(name) for name in columns]
        found = list(rows.values_list("public_id", flat=True))
        put = {field.name: _nothing(field) for field in fields}
        models.QuerySet(rows.model).filter(public_id__in=found).update(**put)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nuantu_erase_history(%s, %s, %s, %s, %s)",
                [
                    self.case_id,
                    table.db_table,
                    found,
                    [field.column for field in fields],
                    self.entry.public_id,
                ],
            )
        return len(found)


def opened(sealed: Sealed) -> str:
    """What lies sealed, or the word that it was erased."""
    try:
        return sealed.open()
    except vault.KeyDestroyed:
        return GONE


def _destroy_own_keys(rows: "models.QuerySet[Any]") -> None:
    """What a row sealed under its own key, before it was tied to the case, lies in its history."""
    for public_id in rows.values_list("public_id", flat=True):
        vault.destroy(public_id)


def _nothing(field: Any) -> object:
    if field.null:
        return None
    if field.name.endswith("_hash"):
        return ""
    return Case(
        When(**{field.name: ""}, then=F(field.name)),
        default=Value(GONE),
        output_field=models.TextField(),
    )


def erase_case(
    *,
    case_id: UUID,
    actor: Actor,
    at: datetime,
    reason: str,
    division_code: str,
    owner_org: str,
) -> Erasure | None:
    """Erase a case in one transaction; None when it was erased before.

    1. The key goes, also the keys of its photos. 2. The line is written. 3. Every model that
    names columns in `erases` loses them, in its rows and their history.
    """
    with transaction.atomic(), scope.system("an erasure reaches every row of a case"):
        if not vault.destroy(case_id, even_unused=True):
            return None
        for file_id in StoredFile.objects.filter(case_id=case_id).values_list("public_id"):
            vault.destroy(file_id[0])
        entry = journal.record(
            verb="core.key.destroy",
            actor=actor,
            at=at,
            subjects=[Subject("data_key", case_id), Subject("case", case_id)],
            division_code=division_code,
            owner_org=owner_org,
            case_id=case_id,
            summary="个人信息已删除：数据密钥已销毁",
            basis=reason,
        )
        erasure = Erasure(case_id, entry)
        for model in apps.get_models():
            if hasattr(model, "erase_with"):
                model.erase_with(case_id)
            _forget_in(model, erasure)
    return erasure


def _forget_in(model: type[models.Model], erasure: Erasure) -> None:
    for way, (which, also) in getattr(model, "erases_also", {}).items():
        erasure.forget(models.QuerySet(model).filter(which, **{way: erasure.case_id}), also)
    columns, only = getattr(model, "erases", ()), getattr(model, "erases_only", {})
    file = getattr(model, "erases_file", "")
    if not columns and not file:
        return
    path = getattr(model, "erased_with", "case_id")
    rows: models.QuerySet[Any] = models.QuerySet(model).filter(**{path: erasure.case_id})
    if getattr(model, "is_sealed_before_its_case", False):
        _destroy_own_keys(rows)
    if columns:
        erasure.forget(rows, [name for name in columns if name not in only])
    for name, condition in only.items():
        erasure.forget(rows.filter(condition), [name])
    if file:
        for file_id in rows.values_list(f"{file}__public_id", flat=True).distinct():
            vault.destroy(file_id)
