"""Look over an area and report: begin, looks, finds, hand in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, scope
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import SweepArea, SweepFind, SweepLook, SweepReport
from nuantu.patrols.rules.sweeps import Handed, doubts_of
from nuantu.patrols.selectors.sightings import seen_between
from nuantu.patrols.selectors.supervision import supervision_of
from nuantu.patrols.services.sweep_rows import (
    State,
    SweepRefused,
    end_promise,
    held_area,
    owe_check,
    told_of_area,
)
from nuantu.places.models import KeyLocation
from nuantu.places.rules.told import SILENT, Told
from nuantu.places.services import Spot, VisitTerms, add_key_location

MOST_PLACES = 2000


def begin_area(*, actor: Actor, at: datetime, area: SweepArea) -> SweepReport:
    """Begin to look over an area that one answers for; pressed twice it is one report.

    Raises SweepRefused for an area reported, cut or in nobody's hands, or a sweep that ended.
    """
    with transaction.atomic():
        area = held_area(area)
        if area.state == State.UNDER_WAY:
            return _open_report(area)
        is_ready = area.state in (State.NOT_BEGUN, State.SENT_BACK)
        if not is_ready or area.assigned_at is None or not area.sweep.is_open:
            raise SweepRefused(_("这一片现在不能排查，请刷新后再看。"))
        area.state = State.UNDER_WAY
        area.save(update_fields=["state"])
        report = SweepReport.objects.create(
            area=area, number=area.reports.count() + 1, begun_at=at, begun_by=actor.name
        )
        told_of_area(area, "begin", actor, at, "开始排查")
    return report


def note_looks(
    *, actor: Actor, at: datetime, area: SweepArea, counts: Mapping[str, int]
) -> SweepReport:
    """How many places of each kind were looked at so far; said anew it replaces what was said.

    Raises SweepRefused for a count that nobody walks.
    """
    if any(not 0 <= count <= MOST_PLACES for count in counts.values()):
        raise SweepRefused(_("处数应在 0 到 %(n)s 之间。") % {"n": MOST_PLACES})
    with transaction.atomic():
        area, report = _under_way(area)
        report.looks.exclude(kind__in=[kind for kind, n in counts.items() if n]).delete()
        for kind, count in counts.items():
            if count:
                SweepLook.objects.update_or_create(
                    report=report, kind=kind, defaults={"count": count}
                )
        told_of_area(area, "look", actor, at, f"看过 {sum(counts.values())} 处")
    return report


@dataclass(frozen=True, slots=True)
class Found:
    """One person, or one place where somebody sleeps: `what` is a SweepFind.What, `place` words,
    `kind` the kind of place, `told` what the phone says of where it is."""

    what: str
    place: str
    kind: str = ""
    note: str = ""
    told: Told = SILENT


def add_find(*, actor: Actor, at: datetime, area: SweepArea, found: Found) -> SweepFind:
    """Write down one person or one sleeping place. Raises SweepRefused without a place."""
    if not found.place.strip():
        raise SweepRefused(_("请写明在哪里。"), field="place")
    lat, lon = found.told.point or (None, None)
    with transaction.atomic():
        area, report = _under_way(area)
        find = SweepFind.objects.create(
            report=report,
            what=found.what,
            place=found.place.strip()[:80],
            kind=found.kind,
            lat=lat,
            lon=lon,
            note=found.note.strip()[:300],
            found_at=at,
            recorded_by=actor.name,
        )
        told_of_area(area, "find", actor, at, "登记发现", {"find": str(find.public_id)})
    return find


def drop_find(*, actor: Actor, at: datetime, find: SweepFind) -> None:
    """Take back what was written down by mistake, while nothing came of it. Raises SweepRefused."""
    with transaction.atomic():
        area, _report = _under_way(find.report.area)
        if find.subject_id or find.key_location_id:
            raise SweepRefused(_("已经登记接触或列为重点区域，不能删去。"))
        find.delete()
        told_of_area(area, "drop", actor, at, "删去误记的发现")


def note_find(
    *, actor: Actor, at: datetime, find: SweepFind, led_to: Subject, case_id: UUID | None
) -> None:
    """A package above recorded the contact or tip that a find led to."""
    with transaction.atomic(), scope.system("the report of a sweep names what came of a find"):
        changed = SweepFind.objects.filter(pk=find.pk, subject_id=None).update(
            subject_kind=led_to.kind, subject_id=led_to.public_id, case_id=case_id
        )
        if changed:
            area = find.report.area
            told_of_area(area, "follow", actor, at, "发现已登记", {"find": str(find.public_id)})


def find_becomes_location(
    *,
    actor: Actor,
    at: datetime,
    find: SweepFind,
    spot: Spot,
    kind: str,
    terms: VisitTerms | None = None,
) -> KeyLocation:
    """Make a find a key location, so that the next week plan visits it (P9-08).

    Raises SweepRefused where it is one already, and the refusals of `add_key_location`.
    """
    with transaction.atomic():
        held = SweepFind.objects.select_for_update(of=("self",)).get(pk=find.pk)
        if held.key_location_id is not None:
            raise SweepRefused(_("已经列为重点区域。"))
        location = add_key_location(actor=actor, at=at, spot=spot, kind=kind, terms=terms)
        held.key_location = location
        held.save(update_fields=["key_location"])
        told_of_area(
            find.report.area, "place", actor, at, "列为重点区域", {"location": location.name}
        )
    return location


def find_is_location(*, actor: Actor, at: datetime, find: SweepFind, location: KeyLocation) -> None:
    """Say that a find lies at a key location that is known already. Raises SweepRefused."""
    with transaction.atomic():
        rows = SweepFind.objects.filter(pk=find.pk, key_location=None)
        if not rows.update(key_location=location):
            raise SweepRefused(_("已经列为重点区域。"))
        told_of_area(
            find.report.area, "known", actor, at, "属于已有重点区域", {"location": location.name}
        )


def hand_in(
    *, actor: Actor, at: datetime, area: SweepArea, lookers: str, note: str = ""
) -> SweepReport:
    """Hand the report of an area in, with what was found or none (零报告).

    What makes it implausible is marked for whoever judges, never refused. The promise to report is
    kept; where a plan has the township supervise its villages, the report waits for it (P2-26). Raises SweepRefused without the names of those who looked.
    """
    if not lookers.strip():
        raise SweepRefused(_("请写明由谁排查。"), field="lookers")
    with transaction.atomic():
        area, report = _under_way(area)
        report.lookers, report.note = lookers.strip()[:200], note.strip()[:500]
        report.handed_at, report.handed_by = at, actor.name
        report.handed_by_id = UUID(actor.public_id)
        handed = _handed(report, area, at)
        per_place = rules_at(area.division_code, at).need("sweep.per_place").number
        report.doubts = doubts_of(handed, area.sweep.kinds, per_place)
        report.save()
        supervision = supervision_of(area, at)
        area.state = State.REPORTED
        area.check_org, area.check_due_at, area.check_duty_id = "", None, None
        if supervision is not None:
            owe_check(area, actor, at, supervision)
        area.save(update_fields=["state", "check_org", "check_due_at", "check_duty_id"])
        end_promise(area, actor, at, note=stored(_("按排查上报办结")))
        said = "零报告" if handed.is_zero else f"上报发现 {handed.finds} 处"
        changes = {"places": handed.places, "finds": handed.finds, "doubts": report.doubts}
        told_of_area(area, "hand_in", actor, at, said, changes)
        events.announce("patrols.area_reported", area=str(area.public_id))
    return report


def _handed(report: SweepReport, area: SweepArea, at: datetime) -> Handed:
    days = rules_at(area.division_code, at).need("sweep.look_back").number
    return Handed(
        minutes=(at - report.begun_at).total_seconds() / 60,
        looked=dict(report.looks.values_list("kind", "count")),
        finds=report.finds.count(),
        note=report.note,
        before=_note_before(report, area),
        seen_lately=seen_between(area.division_code, at - timedelta(days=days), at),
    )


def _note_before(report: SweepReport, area: SweepArea) -> str | None:
    """The words of the last report of the same area, of this sweep or an earlier one."""
    same = Q(area__division_code=area.division_code, area__grid=area.grid)
    rows = SweepReport.objects.filter(same, handed_at__isnull=False).exclude(pk=report.pk)
    return rows.order_by("-handed_at", "-pk").values_list("note", flat=True).first()


def _under_way(area: SweepArea) -> tuple[SweepArea, SweepReport]:
    area = held_area(area)
    if area.state != State.UNDER_WAY or not area.sweep.is_open:
        raise SweepRefused(_("这一片没有在排查。请刷新后再看。"))
    return area, _open_report(area)


def _open_report(area: SweepArea) -> SweepReport:
    return area.reports.filter(handed_at=None).latest("number")
