"""The monthly statistical form of one station or of all that the reader sees."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Division
from nuantu.core import clock
from nuantu.persons.models import FactKind, PersonClass, PersonFact
from nuantu.planbook.deadlines import start_of
from nuantu.stays.models import Absence, CareEntry, Stay
from nuantu.stays.rules import monthly
from nuantu.stays.rules.monthly import Counted, Figures, Origin, Tier

SECTIONS = {
    "total": _("本月受助"),
    "sex": _("性别"),
    "age": _("年龄"),
    "health": _("健康状况"),
    "origin": _("户籍来源"),
    "exit": _("离站去向"),
    "help": _("救助内容"),
    "special": _("特殊对象"),
}
NAMES = {
    "helped": _("本月受助总人数"),
    "male": _("男性"),
    "female": _("女性"),
    "sex_unknown": _("性别不明"),
    "up_to_6": _("6岁以下儿童"),
    "7_to_18": _("7至18岁少年"),
    "19_to_59": _("19至59岁"),
    "from_60": _("60岁以上"),
    "age_unknown": _("年龄不详"),
    "minor_male": _("其中：未成年男性"),
    "healthy": _("健康人员"),
    "critical": _("危重病人"),
    "mental": _("精神病人"),
    "intellectual": _("智力障碍"),
    "disabled": _("肢体残疾"),
    "own_province": _("本省籍"),
    "other_province": _("外省籍"),
    "origin_unknown": _("无法查明"),
    "settled": _("安置"),
    "voucher": _("提供乘车凭证"),
    "alone": _("自行返乡（含亲属、单位接领）"),
    "ended": _("终止救助"),
    "left_without_notice": _("擅自离站"),
    "escorted": _("护送返乡"),
    "escorted_across": _("其中：跨省护送"),
    "fetched": _("接领返乡"),
    "fetched_across": _("其中：跨省接领"),
    "died": _("死亡"),
    "still_here": _("滞站（月末仍在站）"),
    "other": _("其他（转站、公安、托养、寄养）"),
    "medical": _("医疗救治"),
    "education": _("教育矫治"),
    "foster_family": _("家庭寄养"),
    "living": _("生活救助"),
    "home": _("返乡救助"),
    "placement": _("临时安置"),
    "trafficked": _("打拐解救"),
    "domestic_violence": _("家暴受害"),
    "parents_in_prison": _("服刑人员子女"),
    "left_behind": _("留守儿童"),
    "hong_kong_macao_taiwan": _("港澳台"),
    "foreign": _("外籍"),
}


@dataclass(frozen=True, slots=True)
class MonthForm:
    """The form of one month; `running_to` is the day of the figures where the month is not over."""

    month: date
    figures: list[Figures]
    mean_days: float
    times: int
    running_to: date | None = None

    @property
    def sections(self) -> list[tuple[str, list[tuple[str, Figures]]]]:
        """The lines under their headings, in words."""
        found: dict[str, list[tuple[str, Figures]]] = defaultdict(list)
        for one in self.figures:
            found[one.line.section].append((str(NAMES[one.line.code]), one))
        return [(str(SECTIONS[name]), lines) for name, lines in found.items()]


def month_form(orgs: Sequence[str], month: date, today: date) -> MonthForm:
    """The form of these stations for the month that a day lies in, as it stands today; nine queries
    whatever it holds."""
    stays = counted(orgs, month)
    return MonthForm(
        month=month.replace(day=1),
        figures=monthly.count(stays),
        mean_days=monthly.mean_days(stays, month, today),
        times=len(stays),
        running_to=today if today < monthly.first_of_next(month) else None,
    )


def rows_behind(orgs: Sequence[str], month: date, code: str) -> list[Stay]:
    """The stays behind one figure of the form, one a person, the latest entry first."""
    line = next((one for one in monthly.LINES if one.code == code), None)
    if line is None:
        return []
    found = [one.stay for one in monthly.last_stays(counted(orgs, month)) if line.belongs(one)]
    rows = Stay.objects.filter(pk__in=found).select_related("person__photo", "leaving")
    return list(rows.order_by("-entered_at", "-pk"))


def counted(orgs: Sequence[str], month: date) -> list[Counted]:
    """Every stay of these stations that touched the month, as the form counts it."""
    first, end = month.replace(day=1), monthly.first_of_next(month)
    begins, ends = start_of(first), start_of(end)
    rows = list(
        Stay.objects.filter(owner_org__in=list(orgs), entered_at__lt=ends)
        .filter(Q(left_at=None) | Q(left_at__gte=begins))
        .select_related("person", "leaving")
        .order_by("entered_at", "pk")
    )
    classes = _classes(rows)
    origins = origins_of(rows)
    treated = set(
        Absence.objects.filter(
            stay__in=rows, reason=Absence.Reason.HOSPITAL, left_at__lt=ends
        ).values_list("stay_id", flat=True)
    )
    taught = set(
        CareEntry.objects.filter(
            stay__in=rows,
            kind=CareEntry.Kind.EDUCATION,
            outcome=CareEntry.Outcome.GIVEN,
            on_date__gte=first,
            on_date__lt=end,
        ).values_list("stay_id", flat=True)
    )
    return [
        replace(
            _counted(row, ends, classes[row.case_id], origins[row.person_id]),
            was_treated=row.pk in treated,
            was_taught=row.pk in taught,
        )
        for row in rows
    ]


def _counted(row: Stay, ends: datetime, classes: Iterable[str], origin: Origin) -> Counted:
    has_left = row.left_at is not None and row.left_at < ends
    leaving = getattr(row, "leaving", None) if has_left else None
    entered = clock.local(row.entered_at)
    age = row.person.age_on(entered.date())
    return Counted(
        stay=row.pk,
        person=row.person_id,
        tier=_tier(row.division_code),
        entered_at=entered,
        left_at=clock.local(row.left_at) if has_left and row.left_at else None,
        sex=row.sex,
        age=age.middle if age else None,
        classes=frozenset(classes),
        origin=origin,
        way=leaving.way if leaving else "",
        has_voucher=bool(leaving and leaving.voucher_number),
    )


def _tier(division_code: str) -> Tier:
    if division_code[2:6] == "0000":
        return "province"
    return "city" if division_code[4:6] == "00" else "county"


def _classes(rows: Iterable[Stay]) -> dict[object, set[str]]:
    found: dict[object, set[str]] = defaultdict(set)
    cases = [row.case_id for row in rows]
    codes = PersonClass.objects.filter(case_id__in=cases, withdrawn_at=None)
    for case_id, code in codes.values_list("case_id", "code"):
        found[case_id].add(code)
    return found


def origins_of(rows: Sequence[Stay]) -> dict[int, Origin]:
    """Own province, another or unknown, by the last words about where each person is from; two queries."""
    facts = PersonFact.objects.filter(
        person__in=[row.person_id for row in rows], kind=FactKind.ORIGIN
    ).order_by("noted_at", "pk")
    words = dict(facts.values_list("person_id", "value"))
    provinces = dict(
        Division.objects.filter(code__endswith="0" * 10, valid_to=None).values_list("code", "name")
    )
    codes = _places({text.strip() for text in words.values()})
    found: dict[int, Origin] = {}
    for row in rows:
        own = row.division_code[:2]
        text = words.get(row.person_id, "").strip()
        named = ["own" if code == own else code for code in codes.get(text, ())]
        name = provinces.get(own + "0" * 10, "")
        found[row.person_id] = monthly.origin_of(text, name, provinces.values(), named)
    return found


def _places(texts: set[str]) -> dict[str, set[str]]:
    """The provinces of the places that each text begins with the name of; one query."""
    heads = {text[:2] for text in texts if len(text) >= 2}
    known = Division.objects.filter(valid_to=None).exclude(code__endswith="0" * 10)
    asked = Q(pk__in=[])
    for head in heads:
        asked |= Q(name__startswith=head)
    found: dict[str, set[str]] = defaultdict(set)
    rows = list(known.filter(asked, level__in=("prefecture", "county")).values_list("code", "name"))
    for text in texts:
        for code, name in rows:
            if len(text) >= 2 and (name.startswith(text) or text.startswith(name)):
                found[text].add(code[:2])
    return found


def months_shown(at: datetime, orgs: Sequence[str]) -> list[date]:
    """The months to choose from, newest first: from the first entry on, two years at most."""
    day = clock.local(at).date().replace(day=1)
    first = (
        Stay.objects.filter(owner_org__in=list(orgs))
        .order_by(F("entered_at"))
        .values_list("entered_at", flat=True)
        .first()
    )
    start = clock.local(first).date().replace(day=1) if first else day
    found: list[date] = []
    while day >= start and len(found) < 24:
        found.append(day)
        day = date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)
    return found


def sheet(form: MonthForm) -> list[list[object]]:
    """The form as rows of a sheet."""
    rows: list[list[object]] = []
    for section, lines in form.sections:
        rows += [[section, name, *one.people, one.total, one.times] for name, one in lines]
    rows.append([str(SECTIONS["total"]), str(_("平均在站天数")), "", "", "", "", form.mean_days])
    return rows
