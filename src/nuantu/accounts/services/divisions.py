"""Taking in a table of divisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import (
    LEVEL_LENGTHS,
    DivisionRow,
    full_code,
    shared_prefix,
    short_code,
)
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
from nuantu.planbook.sounding import sounds_of

BATCH = 5000
MANY_ABOLISHED_SHARE = 0.05
MANY_ABOLISHED_ROWS = 20
PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
_CHANGED = ("name", "full_name", "pinyin", "parent_id", "lat", "lon", "is_approximate", "valid_to")


class DivisionTableEmpty(Refusal):
    """A table without rows would abolish the whole country."""


class DivisionTableTooOld(Refusal):
    """A table older than what is in force would bring abolished codes back."""


class TooManyAbolished(Refusal):
    """A table that would end much of the tree is more often half a table than a reform."""


class ParentMissing(Refusal):
    """A row hangs on nothing that the table or the database knows."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in rows."""

    added: int
    changed: int
    abolished: int
    unchanged: int


def import_divisions(
    rows: Iterable[DivisionRow],
    *,
    actor: Actor,
    at: datetime,
    edition: date,
    covers: str | None = None,
    is_confirmed: bool = False,
) -> Imported:
    """Bring the Division table to the edition of `rows`; the same table twice changes nothing.

    New codes are added from `edition` on, known ones are renamed or moved; a row without a point
    of its own keeps the one that is known. The table is taken as the whole truth below `covers` (a
    code prefix, "" for the country; by default what all its codes share) for every parent it lists
    children of: a code in force that is missing there is abolished together with all below it. It
    stays in the table with `valid_to` = `edition`, so that old rows keep their place. More than 5 %
    abolished is refused unless `is_confirmed`.
    """
    wanted = {row.code: row for row in rows}
    if not wanted:
        raise DivisionTableEmpty(
            _("表里一行也没有。请检查文件和列名（代码、名称）。"), field="file"
        )
    covers = shared_prefix(wanted) if covers is None else covers
    with transaction.atomic():
        known = {division.code: division for division in Division.objects.select_for_update()}
        inside = [division for code, division in known.items() if code.startswith(covers)]
        _refuse_older(inside, edition)
        drafts = _Drafts(wanted, known, edition)
        added, changed = drafts.added(), drafts.changed()
        abolished = _abolished(drafts, inside, edition)
        if not is_confirmed:
            _refuse_many(len(abolished), len(inside))
        Division.objects.bulk_create(
            [*added, *changed, *abolished],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=list(_CHANGED),
        )
        result = Imported(
            len(added), len(changed), len(abolished), len(wanted) - len(added) - len(changed)
        )
        if added or changed or abolished:
            _record(actor, at, edition, covers, result)
    return result


def compare_divisions(
    rows: Iterable[DivisionRow], *, edition: date
) -> tuple[set[str], list[tuple[str, str, str]], list[Division]]:
    """What an import would add (codes), change (code, name before, name after) and abolish.

    Nothing is written. Raises as `import_divisions`, except for many abolished.
    """
    wanted = {row.code: row for row in rows}
    covers = shared_prefix(wanted)
    known = {division.code: division for division in Division.objects.all()}
    inside = [division for code, division in known.items() if code.startswith(covers)]
    names = {code: division.name for code, division in known.items()}
    _refuse_older(inside, edition)
    drafts = _Drafts(wanted, known, edition)
    added = {division.code for division in drafts.added()}
    changed = [(d.code, names[d.code], d.name) for d in drafts.changed()]
    return added, changed, _abolished(drafts, inside, edition)


def _refuse_older(inside: Iterable[Division], edition: date) -> None:
    newest = max((division.valid_from for division in inside), default=None)
    if newest and edition < newest:
        raise DivisionTableTooOld(
            _("这份表截止 %(edition)s，比在用的表（%(newest)s）旧，没有导入。")
            % {"edition": edition, "newest": newest},
            field="edition",
        )


def _refuse_many(abolished: int, known: int) -> None:
    if abolished > max(MANY_ABOLISHED_ROWS, MANY_ABOLISHED_SHARE * known):
        raise TooManyAbolished(
            _(
                "这份表会撤销 %(gone)s 个在用代码（共 %(known)s 个），可能不完整。确认无误请勾选确认。"
            )
            % {"gone": abolished, "known": known},
            field="is_confirmed",
        )


class _Drafts:
    """The rows as they shall stand, parents first."""

    def __init__(
        self, wanted: dict[str, DivisionRow], known: dict[str, Division], edition: date
    ) -> None:
        self.wanted, self.known, self.edition = wanted, known, edition
        self.full_names: dict[str, str] = {}
        self.codes = sorted(wanted, key=lambda code: (len(short_code(code)), code))
        self.parents = {code: self._parent_code(code) for code in self.codes}

    def added(self) -> list[Division]:
        return [self._draft(code) for code in self.codes if code not in self.known]

    def changed(self) -> list[Division]:
        changed = []
        for code in self.codes:
            if code not in self.known:
                continue
            division, draft = self.known[code], self._draft(code)
            before = [getattr(division, name) for name in _CHANGED]
            for name in _CHANGED:
                setattr(division, name, getattr(draft, name))
            if before != [getattr(division, name) for name in _CHANGED]:
                changed.append(division)
        return changed

    def _draft(self, code: str) -> Division:
        row, old = self.wanted[code], self.known.get(code)
        parent = self.parents[code]
        is_kept = row.lat is None or (old is not None and row.is_approximate)
        point = old if is_kept and old is not None and old.lat is not None else row
        above = self._full_name(parent) if parent else ""
        full_name = above if row.name in PLACEHOLDERS else above + row.name
        self.full_names[code] = full_name
        return Division(
            code=code,
            name=row.name,
            full_name=full_name,
            pinyin="".join(sounds_of(row.name)),
            level=row.level,
            parent_id=parent,
            lat=point.lat,
            lon=point.lon,
            is_approximate=point.is_approximate,
            valid_from=old.valid_from if old else self.edition,
            valid_to=None,
        )

    def _parent_code(self, code: str) -> str | None:
        short = short_code(code)
        for length in reversed(LEVEL_LENGTHS):
            above = full_code(short[:length]) if length < len(short) else ""
            if above and (above in self.wanted or above in self.known):
                return above
        if len(short) > LEVEL_LENGTHS[0]:
            raise ParentMissing(
                _("%(code)s %(name)s 的上级不在表里，也不在系统里。请先导入上级。")
                % {"code": code, "name": self.wanted[code].name},
                field="file",
            )
        return None

    def _full_name(self, code: str) -> str:
        return self.full_names.get(code) or self.known[code].full_name


def _abolished(drafts: "_Drafts", inside: list[Division], edition: date) -> list[Division]:
    """Codes in force that are missing among their listed brothers, and all below them."""
    parents = set(drafts.parents.values())
    gone: dict[str, Division] = {}
    for division in sorted(inside, key=lambda d: (len(d.prefix), d.code)):
        is_missing = division.parent_id in parents and division.code not in drafts.wanted
        if division.valid_to is None and (is_missing or division.parent_id in gone):
            division.valid_to = max(edition, division.valid_from)
            gone[division.code] = division
    return list(gone.values())


def _record(actor: Actor, at: datetime, edition: date, covers: str, result: Imported) -> None:
    journal.record(
        verb="accounts.division.import",
        actor=actor,
        at=at,
        subjects=[Subject("division_table", new_id())],
        division_code=covers.ljust(12, "0"),
        owner_org=actor.org_code,
        summary=f"导入区划代码表（{edition}）：新增 {result.added}，变更 {result.changed}，"
        f"撤销 {result.abolished}",
        changes={
            "edition": str(edition),
            "added": result.added,
            "changed": result.changed,
            "abolished": result.abolished,
        },
    )
