"""The list of tracing notices: what each says, what is due, where it stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.models import Case, Sex
from nuantu.persons.rules.ages import Age
from nuantu.persons.selectors import age_words
from nuantu.stays.models import Stay
from nuantu.stays.rules import clocks
from nuantu.tracing.models import NoticeVersion, Posting, TracingLead, TracingNotice
from nuantu.tracing.selectors.noticing import url_of

# what may be owed about a notice, its postings, its leads, and the clock of the stay that it keeps
KINDS: Final = (
    "tracing.take_down", "tracing.replace", "tracing.refresh", "tracing.lead", clocks.NOTICE, clocks.REFRESH,
)  # fmt: skip
WAITING, LEFT, LATE = "waiting", "left", "late"
State, Up = NoticeVersion.State, Posting.State.UP


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty values ask nothing. `state` may also be `waiting`, `left` (withdrawn
    and still up somewhere) or `late`."""

    words: str = ""
    state: str = ""
    channel: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Filters":
        """From the cleaned values of the filter form."""
        return cls(*(str(values.get(name) or "").strip() for name in ("q", "state", "channel")))


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a notice; `is_masked` says that it is restricted and not published."""

    notice: TracingNotice
    version: NoticeVersion
    called: str
    sex: str
    age: str
    features: str
    photo: str
    is_masked: bool
    is_waiting: bool
    up: tuple[Posting, ...]
    left: int
    new_leads: int
    clock: Clock | None

    @property
    def url(self) -> str:
        """Its page."""
        return url_of(self.notice.public_id)


def notices(filters: Filters, at: datetime) -> QuerySet[TracingNotice]:
    """Notices the reader may see, newest first."""
    found = TracingNotice.objects.select_related("of_case__person")
    up = Posting.objects.filter(notice=OuterRef("pk"), state=Up)
    if filters.state == WAITING:
        found = found.filter(versions__state=State.WAITING)
    elif filters.state == LEFT:
        found = found.filter(Exists(up)).exclude(state="standing")
    elif filters.state == LATE:
        late = Duty.objects.filter(state=Duty.State.OPEN, kind__in=KINDS, due_at__lt=at)
        found = found.filter(case_id__in=late.values("case_id"))
    elif filters.state:
        found = found.filter(state=filters.state)
    if filters.channel:
        found = found.filter(Exists(up.filter(channel=filters.channel)))
    if filters.words:
        found = found.filter(_saying(filters.words))
    return found.order_by("-recorded_at", "-pk").distinct()


def _saying(words: str) -> Q:
    """By number, or by what is published; what is hidden is found by its number alone."""
    says = Q()
    for name in ("name", "features", "clothing", "found_place"):
        says |= Q(**{f"versions__{name}__icontains": words})
    is_open_to_all = Q(of_case__person__is_restricted=False) | Q(state="standing")
    return Q(number__icontains=words) | (is_open_to_all & says)


def cards_of(rows: Iterable[TracingNotice], at: datetime) -> list[Card]:
    """Cards of a list; as many queries for fifty as for one."""
    found = list(rows)
    ids = [row.pk for row in found]
    versions: dict[int, list[NoticeVersion]] = defaultdict(list)
    postings: dict[int, list[Posting]] = defaultdict(list)
    for version in NoticeVersion.objects.filter(notice__in=ids).order_by("version"):
        versions[version.notice_id].append(version)
    for posting in Posting.objects.filter(notice__in=ids, state=Up).order_by("sent_at", "pk"):
        postings[posting.notice_id].append(posting)
    leads: dict[int, int] = defaultdict(int)
    for notice_id in TracingLead.objects.filter(notice__in=ids, state="new").values_list("notice"):
        leads[notice_id[0]] += 1
    due = first_duties([row.case_id for row in found if row.case_id])
    return [
        _card(row, versions[row.pk], postings[row.pk], leads[row.pk], due.get(row.case_id), at)
        for row in found
    ]


def first_duties(case_ids: Iterable[UUID]) -> dict[UUID | None, Duty]:
    """What is due first about the notice of each case."""
    rows = Duty.objects.filter(case_id__in=list(case_ids), kind__in=KINDS, state=Duty.State.OPEN)
    return {duty.case_id: duty for duty in rows.order_by("-due_at")}


def shown_version(versions: list[NoticeVersion]) -> NoticeVersion:
    """The one that is approved, else the newest draft."""
    approved = [row for row in versions if row.state == State.APPROVED]
    return (approved or versions)[-1]


def _card(
    notice: TracingNotice,
    versions: list[NoticeVersion],
    up: list[Posting],
    new_leads: int,
    duty: Duty | None,
    at: datetime,
) -> Card:
    version = shown_version(versions)
    is_masked = is_hidden(notice)
    has_photo = version.photo_id is not None and not is_masked
    return Card(
        notice=notice,
        version=version,
        called=_("受限记录") if is_masked else called(version),
        sex=str(Sex(version.sex).label),
        age=age_said(version),
        features="" if is_masked else version.features,
        photo=reverse("tracing:notice_photo", args=[version.public_id]) if has_photo else "",
        is_masked=is_masked,
        is_waiting=any(row.state == State.WAITING for row in versions),
        up=tuple(up),
        left=0 if notice.is_standing else len(up),
        new_leads=new_leads,
        clock=duty.clock(at) if duty else None,
    )


def is_hidden(notice: TracingNotice) -> bool:
    """Whether what it says is for those who work on it: a restricted record that is not published."""
    return notice.of_case.person.is_restricted and not notice.is_standing


def called(version: NoticeVersion) -> str:
    """What he is called in public."""
    return version.name or _("姓名不详")


def age_said(version: NoticeVersion) -> str:
    """How old he looks."""
    if version.age_low is None or version.age_high is None:
        return ""
    return age_words(Age(version.age_low, version.age_high, is_estimated=True))


def height_said(version: NoticeVersion) -> str:
    """`165 cm`, `160–170 cm`, nothing where nobody measured."""
    if version.height_low is None:
        return ""
    if version.height_low == version.height_high:
        return f"{version.height_low} cm"
    return f"{version.height_low}–{version.height_high} cm"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A resident whose notice is owed and not begun."""

    case: Case
    called: str
    url: str
    clock: Clock


def without_notice(org: str, at: datetime) -> list[Waiting]:
    """Residents of an organisation nobody knows, whose 24 hours run and for whom no notice is under way."""
    owed = Duty.objects.filter(kind=clocks.NOTICE, state=Duty.State.OPEN, owner_org=org)
    begun = TracingNotice.objects.filter(state__in=["draft", "standing"]).values("case_id")
    duties = {duty.subject_id: duty for duty in owed.exclude(case_id__in=begun)}
    stays = Stay.objects.filter(public_id__in=duties, left_at=None)
    by_case = {stay.case_id: duties[stay.public_id] for stay in stays}
    found = [
        (by_case[case.case_id], case)
        for case in Case.objects.filter(case_id__in=by_case, owner_org=org).select_related("person")
    ]
    return [
        Waiting(
            case,
            str(case.person),
            f"{reverse('tracing:notice_new')}?case={case.public_id}",
            duty.clock(at),
        )
        for duty, case in sorted(found, key=lambda one: one[0].due_at)
    ]


def headings() -> list[str]:
    """The heads of the exported list."""
    return [
        *(_("编号"), _("状态"), _("称呼"), _("性别"), _("看起来的年龄"), _("身高"), _("体貌特征")),
        *(_("衣着"), _("发现日期"), _("发现地点"), _("正在哪些渠道"), _("开始发布"), _("最近更新")),
        *(_("撤回时间"), _("撤回原因"), _("还没撤下"), _("待判断线索")),
    ]


def sheet(cards: Iterable[Card]) -> Iterator[list[object]]:
    """One row per notice, masked as on the screen."""
    for card in cards:
        row, says = card.notice, card.version
        told = [says.features, says.clothing, says.found_date.isoformat(), says.found_place]
        yield [
            row.number,
            row.get_state_display(),
            card.called,
            card.sex,
            card.age,
            height_said(says),
            *([""] * 4 if card.is_masked else told),
            "、".join(posting.channel_name for posting in card.up),
            row.standing_since or "",
            row.refreshed_at or "",
            row.withdrawn_at or "",
            row.get_cause_display() if row.cause else "",
            card.left,
            card.new_leads,
        ]
