"""An uploaded division table: compared first, then taken in by a job that says how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts import selectors
from nuantu.accounts.models import Division, DivisionImport
from nuantu.accounts.rules.divisions import (
    BadDivisionTable,
    DivisionRow,
    read_csv_divisions,
    short_code,
)
from nuantu.accounts.services.divisions import compare_divisions, import_divisions
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.jobs import defer

State = DivisionImport.State
JOB = "accounts.import_divisions"
HALF_WAY = 50


class NotOverAll(Refusal):
    """The table is one for all places, and this administrator is not over all of them."""


class NotWaiting(Refusal):
    """Somebody confirmed this import already, or it is over."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: codes with names, renamed ones with both."""

    added: list[DivisionRow]
    changed: list[tuple[str, str, str]]
    abolished: list[Division]


def draft_import(
    *, actor: Actor, at: datetime, file_name: str, content: str, edition: date
) -> DivisionImport:
    """Keep an uploaded table for a look before it counts. Raises NotOverAll, and what `preview` raises."""
    _need_over_all(actor)
    row = DivisionImport(
        file_name=file_name[:120],
        content=content,
        edition_date=edition,
        made_by=actor.name,
        actor_id=actor.public_id,
        actor_org=actor.org_code,
        made_at=at,
    )
    found = preview(row)
    row.added, row.changed = len(found.added), len(found.changed)
    row.abolished = len(found.abolished)
    row.save()
    return row


def preview(row: DivisionImport) -> Preview:
    """What this table would add, rename and abolish. Raises Refusal where it cannot be taken in."""
    rows = list(_rows(row))
    added, changed, abolished = compare_divisions(rows, edition=row.edition_date)
    return Preview([one for one in rows if one.code in added], changed, abolished)


def _rows(row: DivisionImport) -> Iterable[DivisionRow]:
    try:
        return list(read_csv_divisions(row.content))
    except BadDivisionTable as error:
        raise Refusal(str(error), field="file") from error


def why_not(actor: Actor) -> str:
    """Why this administrator may not import a table, naming who stands beside or above him; else empty."""
    others = selectors.admins_beyond(short_code(actor.division_code))
    if not others:
        return ""
    words = {"who": "、".join(others[:5])}
    return (
        _(
            "区划代码表对全系统生效，管理范围包括全部管理员的管理员才能导入。不在您范围内的有：%(who)s。没有这样的管理员时，由系统运维在服务器上运行 nuantu manage import_divisions。"
        )
        % words
    )


def _need_over_all(actor: Actor) -> None:
    words = why_not(actor)
    if words:
        raise NotOverAll(words)


def start_import(*, actor: Actor, at: datetime, row: DivisionImport) -> None:
    """Let the job take the table in. Raises NotOverAll, and NotWaiting when it was confirmed before."""
    _need_over_all(actor)
    with transaction.atomic():
        changed = DivisionImport.objects.filter(pk=row.pk, state=State.DRAFT).update(
            state=State.WAITING
        )
        if not changed:
            raise NotWaiting(_("这份表已经确认过了。"))
        defer(JOB, table=str(row.public_id))


def advance_import(*, at: datetime, row: DivisionImport) -> None:
    """One stage of the job, each committed by itself, so that its page shows where it is."""
    if row.state == State.WAITING:
        DivisionImport.objects.filter(pk=row.pk).update(state=State.RUNNING, percent=HALF_WAY)
        defer(JOB, table=str(row.public_id))
    elif row.state == State.RUNNING:
        _take_in(at, row)


def _take_in(at: datetime, row: DivisionImport) -> None:
    actor = Actor(public_id=row.actor_id, name=row.made_by, org_code=row.actor_org)
    try:
        with transaction.atomic():
            done = import_divisions(
                _rows(row), actor=actor, at=at, edition=row.edition_date, is_confirmed=True
            )
    except Refusal as refusal:
        DivisionImport.objects.filter(pk=row.pk).update(
            state=State.FAILED, error=str(refusal)[:300], ended_at=at
        )
        return
    DivisionImport.objects.filter(pk=row.pk).update(
        state=State.DONE,
        percent=100,
        added=done.added,
        changed=done.changed,
        abolished=done.abolished,
        ended_at=at,
    )
