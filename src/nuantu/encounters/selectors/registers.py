"""The register of contacts: narrowed, paged, exported under its official heading; visits; notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.encounters.models import Encounter, GoodsLine, Outcome, RefuserNotice, Revisit
from nuantu.encounters.selectors.choices import names_of
from nuantu.encounters.selectors.shown import conditions_shown, goods_shown
from nuantu.persons.models import Case
from nuantu.persons.selectors import Card, cards_of, marks_of
from nuantu.persons.selectors.search import Filters as PersonFilters
from nuantu.persons.selectors.search import people

EXPORT_MOST = 5000


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register is narrowed to; empty means everything that may be seen."""

    words: str = ""
    from_date: date | None = None
    to_date: date | None = None
    outcome: str = ""
    code: str = ""
    mode: str = ""
    goods: str = ""
    area: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Filters":
        """From the cleaned values of the filter form."""
        return cls(
            words=str(values.get("q") or "").strip(),
            from_date=values.get("from_date"),
            to_date=values.get("to_date"),
            outcome=str(values.get("outcome") or ""),
            code=str(values.get("code") or ""),
            mode=str(values.get("mode") or ""),
            goods=str(values.get("goods") or ""),
            area=str(values.get("area") or ""),
        )


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.LOCAL)


def register(actor: Actor, filters: Filters) -> QuerySet[Encounter]:
    """Contacts the actor may see, newest first; a corrected entry stands as its correction."""
    found = Encounter.objects.filter(correction=None).select_related("person__photo", "team")
    if filters.words:
        met = people(actor, PersonFilters(words=filters.words)).values("pk")
        found = found.filter(
            Q(place__icontains=filters.words) | Q(note__icontains=filters.words) | Q(person__in=met)
        )
    if filters.from_date:
        found = found.filter(happened_at__gte=_start(filters.from_date))
    if filters.to_date:
        found = found.filter(happened_at__lt=_start(filters.to_date + timedelta(days=1)))
    if filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.mode:
        found = found.filter(rescue_mode=filters.mode)
    if filters.code:
        found = found.filter(classes__contains=[filters.code])
    return _behind_figure(found, filters).order_by("-happened_at", "-pk")


def _behind_figure(found: QuerySet[Encounter], filters: Filters) -> QuerySet[Encounter]:
    """The rows that a figure of an operation opens to: of its area, with goods given."""
    if filters.area:
        found = found.filter(division_code__startswith=filters.area)
    if filters.goods:
        given = GoodsLine.objects.filter(encounter=OuterRef("pk"), quantity__gt=0)
        found = found.filter(Exists(given))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register."""

    encounter: Encounter
    card: Card
    classes: tuple[tuple[str, str], ...]
    holder: str
    destination: str


def rows_of(encounters: Sequence[Encounter], at: datetime) -> list[Row]:
    """Lines with cards and names; a fixed number of queries."""
    cards = cards_of([encounter.person for encounter in encounters], at)
    codes = {c for e in encounters for c in (e.owner_org, e.to_org) if c}
    names = names_of(codes)
    return [
        Row(
            encounter=encounter,
            card=card,
            classes=marks_of(encounter.classes),
            holder=names.get(encounter.owner_org, encounter.owner_org),
            destination=names.get(encounter.to_org, encounter.to_org),
        )
        for encounter, card in zip(encounters, cards, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How the contacts of one day ended."""

    outcome: str
    label: str
    count: int


def ends_of_day(day: date) -> list[DayCount]:
    """Today's contacts by how they ended, for the figures above the register."""
    found = Encounter.objects.filter(
        correction=None,
        happened_at__gte=_start(day),
        happened_at__lt=_start(day + timedelta(days=1)),
    )
    counted = dict(found.values_list("outcome").annotate(count=Count("pk")).order_by("outcome"))
    return [DayCount(code, str(label), counted.get(code, 0)) for code, label in Outcome.choices]


def headings() -> list[str]:
    """The heads of the official register (F-04)."""
    return [
        _("序号"),
        _("发现时间"),
        _("发现地点"),
        _("自报姓名或称呼"),
        _("性别"),
        _("年龄"),
        _("看到的情况"),
        _("人员类别"),
        _("告知救助政策"),
        _("劝导结果"),
        _("救助方式"),
        _("拒绝原因"),
        _("发放物资"),
        _("缺项原因"),
        _("联系卡"),
        _("现场影像"),
        _("下次回访时间"),
        _("去向单位"),
        _("巡查队伍"),
        _("登记人"),
        _("登记时间"),
        _("个案编号"),
        _("备注"),
    ]


def export_rows(encounters: Sequence[Encounter], at: datetime) -> list[list[object]]:
    """The register as plain values; restricted people masked as on the screen."""
    numbers = dict(
        Case.objects.filter(case_id__in=[e.case_id for e in encounters]).values_list(
            "case_id", "number"
        )
    )
    return [
        _export_row(place, row, numbers.get(row.encounter.case_ref, ""))
        for place, row in enumerate(rows_of(encounters, at), start=1)
    ]


def _yes(value: object) -> str:
    return _("是") if value else _("否")


def _export_row(place: int, row: Row, number: str) -> list[object]:
    encounter = row.encounter
    goods = goods_shown(encounter)
    return [
        place,
        encounter.happened_at,
        encounter.place,
        row.card.called,
        row.card.sex,
        row.card.age,
        "、".join(word for word, _kind in conditions_shown(encounter)),
        "、".join(word for word, _kind in row.classes),
        _yes(encounter.is_informed),
        encounter.get_outcome_display(),
        encounter.get_rescue_mode_display(),
        encounter.refusal_reason,
        "、".join(f"{line.label}×{line.quantity}" for line in goods if line.quantity),
        "、".join(f"{line.label}：{line.reason}" for line in goods if line.reason),
        _yes(encounter.has_card),
        encounter.get_evidence_display() if encounter.evidence else "",
        encounter.revisit_at or "",
        row.destination,
        encounter.team.name if encounter.team else "",
        encounter.recorded_by,
        encounter.recorded_at,
        number,
        encounter.note,
    ]


def official_title(actor: Actor, filters: Filters) -> list[str]:
    """The lines above the exported register: name of the form, unit, period."""
    return [
        _("街面救助（劝导）登记表"),
        _("填报单位：%(unit)s") % {"unit": actor.org_name},
        _("登记期间：%(period)s") % {"period": _period(filters)},
    ]


def _period(filters: Filters) -> str:
    first, last = filters.from_date, filters.to_date
    if first and last:
        return str(first) if first == last else f"{first} – {last}"
    return str(first or last or _("全部"))


def visits(actor: Actor, state: str) -> QuerySet[Revisit]:
    """Visits owed or done; the most pressing first."""
    found = Revisit.objects.select_related("encounter__person__photo", "met")
    if state == "done":
        return found.exclude(result="").order_by("-done_at")
    return found.filter(result="").order_by("due_at")


def notices(at: datetime) -> QuerySet[RefuserNotice]:
    """Notices that still hold; what expired is gone from the page."""
    return RefuserNotice.objects.filter(expires_at__gt=at, withdrawn_at=None).order_by("-told_at")
