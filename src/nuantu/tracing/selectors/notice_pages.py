"""Everything the page of one notice needs, read once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import organisation
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened as unsealed
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.models import Case, FactKind, Person
from nuantu.persons.selectors.looks import OPEN_FOR, opened_by
from nuantu.tracing.models import NoticeVersion, Posting, TracingLead, TracingNotice
from nuantu.tracing.selectors.notices import KINDS, age_said, called, height_said, is_hidden

LINES = 60
IDENTITY = "identity"
NEEDS = {
    "minor": _("可能未成年：放照片要有监护人同意"),
    "danger": _("有危险标记：要有评估"),
    "consent": _("说得出自己是谁：要本人同意"),
}


@dataclass(frozen=True, slots=True)
class Stood:
    """A posting with what is owed about it."""

    row: Posting
    clock: Clock | None
    is_old: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    """What the page of one notice shows to one reader."""

    notice: TracingNotice
    says: NoticeVersion
    in_hand: NoticeVersion | None
    versions: tuple[NoticeVersion, ...]
    called: str
    age: str
    height: str
    station: Organisation
    is_masked: bool
    postings: tuple[Stood, ...]
    leads: tuple[TracingLead, ...]
    clocks: tuple[tuple[Duty, Clock], ...]
    lines: list[JournalEntry]

    @property
    def waits(self) -> bool:
        """Whether somebody has to approve it."""
        return self.in_hand is not None and self.in_hand.state == NoticeVersion.State.WAITING

    @property
    def left(self) -> int:
        """On how many channels it may still be seen though it is withdrawn."""
        up = [one for one in self.postings if one.row.is_up]
        return 0 if self.notice.is_standing else len(up)


def notice_page(notice: TracingNotice, at: datetime, *, may_work: bool) -> NoticePage:
    """Read the page; the caller has authorised the reader. What is restricted and not published is for those
    who work on it."""
    versions = list(notice.versions.select_related("photo").order_by("-version"))
    in_hand = next((row for row in versions if row.state in ("draft", "waiting", "returned")), None)
    approved = next((row for row in versions if row.state == "approved"), None)
    says = in_hand or approved or versions[0]
    duties = Duty.objects.filter(case_id=notice.case_id, kind__in=KINDS, state=Duty.State.OPEN)
    owed = list(duties.order_by("due_at"))
    by_subject = {duty.subject_id: duty for duty in reversed(owed)}
    postings = notice.postings.select_related("version")
    return NoticePage(
        notice=notice,
        says=says,
        in_hand=in_hand,
        versions=tuple(versions),
        called=called(says),
        age=age_said(says),
        height=height_said(says),
        station=organisation(notice.owner_org),
        is_masked=is_hidden(notice) and not may_work,
        postings=tuple(
            Stood(
                row,
                by_subject[row.public_id].clock(at) if row.public_id in by_subject else None,
                is_old=row.is_up and approved is not None and row.version_id != approved.pk,
            )
            for row in postings.order_by("-sent_at", "-pk")
        ),
        leads=tuple(notice.leads.order_by("-came_at", "-pk")),
        clocks=tuple(
            (duty, duty.clock(at))
            for duty in owed
            if duty.subject_kind in ("tracing_notice", "stay")
        ),
        lines=list(journal.timeline(Subject("tracing_notice", notice.public_id))[:LINES]),
    )


def begun_from(actor: Actor, case: Case, at: datetime) -> dict[str, Any]:
    """What the form of a new notice begins with: what is known already and may be published.

    Of a restricted person nothing but sex and age, until the identity was opened for a purpose.
    """
    person = case.person
    age = person.age_on(at.date())
    first: dict[str, Any] = {
        "sex": person.sex,
        "age_low": age.low if age else None,
        "age_high": age.high if age else None,
        "found_date": case.opened_at.date(),
    }
    if person.is_restricted and not opened_by(person, actor, at).has(IDENTITY):
        return first
    facts = _facts_of(person)
    features = "，".join(filter(None, (facts.get(FactKind.FEATURES), person.looks)))
    return first | {
        "name": person.name,
        "found_place": case.place[:120],
        "features": features[:300],
        "clothing": facts.get(FactKind.CLOTHING, "")[:200],
        "photo_which": "person" if person.photo_id else "none",
    }


def _facts_of(person: Person) -> dict[str, str]:
    """The newest features and clothing that were put down and not corrected since."""
    rows = person.facts.filter(kind__in=(FactKind.FEATURES, FactKind.CLOTHING))
    corrected = person.facts.filter(corrects__isnull=False).values("corrects_id")
    return {row.kind: row.value for row in rows.exclude(pk__in=corrected).order_by("noted_at")}


def source_until(actor: Actor, lead: TracingLead, at: datetime) -> datetime | None:
    """Until when the actor may see who told a lead; None where he gave no purpose."""
    lines = JournalEntry.objects.filter(
        verb="tracing.lead.reveal",
        actor_id=actor.public_id,
        recorded_at__gt=at - OPEN_FOR,
        subjects__kind="tracing_lead",
        subjects__subject_id=lead.public_id,
    )
    newest = lines.order_by("-recorded_at").first()
    return newest.recorded_at + OPEN_FOR if newest else None


def source_of(lead: TracingLead) -> str:
    """Who told a lead, unsealed; the caller has seen that he gave a purpose."""
    parts = (lead.source_name, lead.source_phone)
    return " · ".join(unsealed(one) for one in parts if one)
