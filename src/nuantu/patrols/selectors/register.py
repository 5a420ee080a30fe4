"""The register of runs: limits and checklist that hold, the list with its filters, its sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import short_code
from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED
from nuantu.core.files import VideoLimits
from nuantu.core.retention import keep_until
from nuantu.operations.rules.places import county_of
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolChecklist, PatrolPhoto, PatrolRun, PatrolVisit
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.register import FAR, JUMP, QUICK, Limits
from nuantu.planbook import deadlines
from nuantu.planbook.rulebook import RuleBook

DOUBTS: Final = {
    QUICK: gettext_lazy("停留太短"),
    FAR: gettext_lazy("离点位远"),
    JUMP: gettext_lazy("定位跳变"),
}
Visit = PatrolVisit.State
IS_VIDEO: Final = Q(photos__file__media_type__startswith="video/")
_DONE = Q(visits__state__in=[Visit.NOBODY, Visit.MET])


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What is asked of the register; empty values ask nothing. `found` is `people`, `zero`,
    `doubt` or `gap` (a planned stop was not visited)."""

    words: str = ""
    state: str = ""
    found: str = ""
    division: str = ""
    since: date | None = None
    until: date | None = None


def limits_of(division_code: str, at: datetime) -> Limits:
    """The dated parameters by which an entry is doubted."""
    book = rules_at(division_code, at)
    return Limits(
        zero_dwell_min=book.need("patrol.zero_dwell").number,
        far_metres=book.need("patrol.far").number,
        jump_metres=book.need("patrol.jump").number,
        most_kmh=book.need("patrol.most_speed").number,
    )


def video_limits(book: RuleBook) -> VideoLimits:
    """How large and how long a video of a stop may be, by the dated parameters."""
    return VideoLimits(
        most_bytes=int(book.need("video.size").number * 1_000_000),
        most_seconds=int(book.need("video.length").number),
    )


def video_is_due(run: PatrolRun, at: datetime) -> bool:
    """Whether the plan of its day asks for a video of every stop (P1-18), and would still have it."""
    begun_at = run.begun_at or run.planned_since
    book = rules_at(run.division_code, begun_at)
    months = int(book.need("keep.evidence").number)
    if clock.local(at).date() > keep_until(clock.local(begun_at).date(), months):
        return False
    kept = book.find("patrol.register")
    return kept is not None and isinstance(kept.value, list | tuple) and "video" in kept.value


def checklist_of(division_code: str) -> PatrolChecklist | None:
    """The newest checklist of the county, else of the prefecture or province above it."""
    code = county_of(division_code)
    for length in (6, 4, 2):
        above = code[:length].ljust(12, "0")
        rows = PatrolChecklist.objects.filter(division_code=above)
        if length == 6:
            rows = PatrolChecklist.objects.filter(division_code__startswith=code[:6])
        found = rows.order_by("-recorded_at", "-pk").first()
        if found is not None:
            return found
    return None


def run_list(runs: QuerySet[PatrolRun], wanted: RegisterFilter) -> QuerySet[PatrolRun]:
    """Runs narrowed, the newest first, each with the sums of its stops."""
    found = runs.select_related("team").order_by("-planned_since", "team__name", "pk")
    if wanted.words:
        met = PatrolVisit.objects.filter(
            Q(place__icontains=wanted.words) | Q(note__icontains=wanted.words)
        )
        said = Q(team__name__icontains=wanted.words) | Q(crew__icontains=wanted.words)
        found = found.filter(said | Q(pk__in=met.values("run_id")))
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.division:
        found = found.filter(division_code__startswith=short_code(wanted.division))
    if wanted.since:
        found = found.filter(planned_since__gte=deadlines.start_of(wanted.since))
    if wanted.until:
        following = wanted.until + timedelta(days=1)
        found = found.filter(planned_since__lt=deadlines.start_of(following))
    return _of_finds(_summed(found), wanted.found)


def _summed(found: QuerySet[PatrolRun]) -> QuerySet[PatrolRun]:
    return found.annotate(
        planned_count=Count("visits", filter=Q(visits__planned_at__isnull=False)),
        done_count=Count("visits", filter=_DONE),
        zero_count=Count("visits", filter=Q(visits__state=Visit.NOBODY)),
        missed_count=Count(
            "visits",
            filter=Q(visits__state=Visit.SKIPPED)
            | Q(visits__state=Visit.PLANNED) & ~Q(state=PatrolRun.State.UNDER_WAY),
        ),
        doubt_count=Count("visits", filter=~Q(visits__doubts=[]) & Q(visits__isnull=False)),
        people=Sum("visits__people_count", default=0),
    )


def _of_finds(found: QuerySet[PatrolRun], asked: str) -> QuerySet[PatrolRun]:
    conditions = {
        "people": Q(people__gt=0),
        "zero": Q(zero_count__gt=0),
        "doubt": Q(doubt_count__gt=0),
        "gap": Q(missed_count__gt=0),
    }
    return found.filter(conditions[asked]) if asked in conditions else found


@dataclass(frozen=True, slots=True)
class Card:
    """A run as a line of the register."""

    run: PatrolRun
    day: date
    half: str
    planned: int
    done: int
    zeros: int
    missed: int
    doubts: int
    people: int


def card(run: PatrolRun) -> Card:
    """A run of `run_list` with its sums."""
    sums = vars(run)
    return Card(
        run,
        halves.day_of(run.first_day, run.half),
        half_word(run.half),
        planned=sums["planned_count"],
        done=sums["done_count"],
        zeros=sums["zero_count"],
        missed=sums["missed_count"],
        doubts=sums["doubt_count"],
        people=sums["people"],
    )


def visits_of(runs: QuerySet[PatrolRun]) -> QuerySet[PatrolVisit]:
    """The stops of some runs in the order in which they were walked, newest run first."""
    return (
        PatrolVisit.objects.filter(run__in=runs.values("pk"))
        .select_related("run__team", "key_location")
        .annotate(
            photo_count=Count("photos", filter=~IS_VIDEO, distinct=True),
            video_count=Count("photos", filter=IS_VIDEO, distinct=True),
        )
        .order_by("-run__planned_since", "run_id", "number")
    )


def headings() -> list[str]:
    """The columns of 巡查登记表."""
    return [
        *(_("日期"), _("时段"), _("队伍"), _("队员"), _("车牌"), _("序号"), _("地点")),
        *(_("计划到达"), _("到达"), _("离开"), _("停留分钟"), _("结果"), _("人数")),
        *(_("情况"), _("没有去的原因"), _("照片"), _("视频"), _("疑点"), _("登记人")),
    ]


def rows_of(runs: QuerySet[PatrolRun]) -> Iterator[tuple[object, ...]]:
    """One row per stop."""
    for visit in visits_of(runs)[:MOST_FETCHED]:
        run = visit.run
        yield (
            f"{halves.day_of(run.first_day, run.half):%Y-%m-%d}",
            half_word(run.half),
            run.team.name,
            run.crew,
            run.vehicle,
            visit.number,
            visit.place,
            visit.planned_at,
            visit.arrived_at,
            visit.left_at,
            round(visit.dwell.total_seconds() / 60) if visit.dwell else None,
            visit.get_state_display(),
            visit.people_count,
            visit.note,
            visit.reason,
            vars(visit)["photo_count"],
            vars(visit)["video_count"],
            "、".join(doubts_said(visit.doubts)),
            visit.recorded_by,
        )


def half_word(half: int) -> str:
    """By day or by night."""
    return _("夜间") if halves.is_night(half) else _("白天")


def doubts_said(codes: list[str]) -> list[str]:
    """The doubts on an entry in words."""
    return [str(DOUBTS[code]) for code in codes if code in DOUBTS]


def counties_of(runs: QuerySet[PatrolRun]) -> list[tuple[str, str]]:
    """The counties of some runs, to choose from."""
    codes = runs.order_by().values_list("division_code", flat=True).distinct()
    return list(
        Division.objects.filter(code__in=codes).values_list("code", "name").order_by("code")
    )


def with_visits(runs: QuerySet[PatrolRun]) -> QuerySet[PatrolRun]:
    """Runs with their stops, photos and contacts loaded."""
    visits = PatrolVisit.objects.select_related("key_location").prefetch_related(
        Prefetch("photos", PatrolPhoto.objects.select_related("file")), "contacts"
    )
    return runs.select_related("team").prefetch_related("checks", Prefetch("visits", visits))


def run_label(public_id: UUID) -> str:
    """What a journal line or duty calls a run."""
    run = PatrolRun.objects.select_related("team").filter(public_id=public_id).first()
    name = _("巡查登记")
    if run is None:
        return name
    day = halves.day_of(run.first_day, run.half)
    return f"{name} {run.team.name} {day:%m-%d} {half_word(run.half)}"


def run_url(public_id: UUID) -> str:
    """The page of a run."""
    return reverse("patrols:run", args=[public_id])
