"""What medics wrote of one case: the first look at the door, screenings, hospital care."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from nuantu.core import erasure, subjects
from nuantu.core.actors import Actor
from nuantu.core.fields import Sealed
from nuantu.core.models import ScopedModel
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.persons.models import Case
from nuantu.persons.selectors import Card, card_of, opened_by
from nuantu.persons.selectors.cards import classes_of
from nuantu.persons.selectors.duties import Owed
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.places.models import Hospital
from nuantu.stays.models import (
    Bill,
    CareHospital,
    CareNews,
    Death,
    HealthNotice,
    HospitalAsk,
    HospitalCare,
    Infection,
    Reception,
    Screening,
    Sign,
    Stay,
)
from nuantu.stays.selectors.health import packs
from nuantu.stays.selectors.health.measured import measured_of, signs_of


def words_of(sealed: Sealed | str, *, is_open: bool) -> str:
    """What lies sealed for whoever may read it now; a mask for everybody else."""
    if not sealed:
        return ""
    if isinstance(sealed, Sealed):
        return erasure.opened(sealed) if is_open else str(sealed)
    return sealed if is_open else ""


def sign_words(codes: Iterable[str]) -> str:
    """Signs in words."""
    labels = dict(Sign.choices)
    return _("、").join(str(labels.get(code, code)) for code in codes)


@dataclass(frozen=True, slots=True)
class Look:
    """The first look at the door, in the reception's words."""

    reception: Reception
    words: str


@dataclass(frozen=True, slots=True)
class Screened:
    """One screening as the page shows it."""

    row: Screening
    temperature: str
    signs: str
    test: str
    words: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The medical record of a case."""

    case: Case
    card: Card
    is_open: bool
    looks: list[Look]
    screenings: list[Screened]
    cares: list[HospitalCare]
    reception: Reception | None
    stay: Stay | None
    infection: Infection | None
    death: Death | None
    pack: packs.Pack

    @property
    def care(self) -> HospitalCare | None:
        """The treatment that goes on."""
        return next((row for row in self.cares if row.is_open), None)


def temperature_words(tenths: int | None) -> str:
    """36.8 ℃, or a dash."""
    return "—" if tenths is None else f"{tenths / 10:.1f} ℃"


def _screened(row: Screening, *, is_open: bool) -> Screened:
    words = words_of(row.findings, is_open=is_open)
    if not is_open:
        return Screened(row, str(row.measured), "", "", words)
    found = measured_of(row)
    test = str(Screening.Test(found.test).label) if found.test else ""
    return Screened(
        row, temperature_words(found.temperature_tenths), sign_words(found.signs), test, words
    )


def open_reception(case: Case, org: str) -> Reception | None:
    """The reception of the station that is not decided yet."""
    return Reception.objects.filter(
        case_id=case.case_id, owner_org=org, state=Reception.State.OPEN
    ).first()


def stay_here(case: Case, org: str) -> Stay | None:
    """The stay of the station that goes on."""
    return (
        Stay.objects.select_related("person")
        .filter(case_id=case.case_id, owner_org=org, left_at=None)
        .first()
    )


def record_page(actor: Actor, case: Case, at: datetime, *, is_open: bool) -> RecordPage:
    """Read the page; the caller has authorised the reader and says whether words are open."""
    receptions = Reception.objects.filter(case_id=case.case_id, owner_org=actor.org_code)
    rows = Screening.objects.filter(case_id=case.case_id).order_by("-screened_at")
    return RecordPage(
        case=case,
        card=patient_card(actor, case, at),
        is_open=is_open,
        looks=[
            Look(row, words_of(row.body, is_open=is_open))
            for row in receptions.order_by("-asked_at")
            if row.body
        ],
        screenings=[_screened(row, is_open=is_open) for row in rows],
        cares=list(
            HospitalCare.objects.filter(case_id=case.case_id)
            .select_related("hospital", "follower")
            .order_by("-begun_at")
        ),
        reception=open_reception(case, actor.org_code),
        stay=stay_here(case, actor.org_code),
        infection=Infection.objects.filter(case_id=case.case_id, end="").first(),
        death=Death.objects.filter(case_id=case.case_id).first(),
        pack=packs.epidemic(case.division_code, at),
    )


def case_of_row(row: ScopedModel) -> Case:
    """The case that a row belongs to; the reader was authorised for the row."""
    return Case.objects.select_related("person__photo").get(case_id=row.case_id)


def patient_card(actor: Actor, case: Case, at: datetime) -> Card:
    """The person as this reader may see him now."""
    codes = classes_of([case.person]).get(case.person_id, ())
    is_known = opened_by(case.person, actor, at).has(IDENTITY)
    return card_of(case.person, at, codes=codes, is_opened=is_known)


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One piece of news with its words."""

    row: CareNews
    words: str


@dataclass(frozen=True, slots=True)
class Lain:
    """One hospital of the treatment, or the move that is under way, with why he was moved."""

    row: CareHospital
    reason: str


@dataclass(frozen=True, slots=True)
class CarePage:
    """One treatment: asked hospitals, who was told, news, what is owed."""

    care: HospitalCare
    case: Case
    card: Card
    is_open: bool
    why: str
    signs: str
    found_words: str
    end_words: str
    asks: list[HospitalAsk]
    notices: list[HealthNotice]
    news: list[NewsLine]
    duties: list[Owed]
    bills: list[Bill]
    lain: list[Lain]
    move: Lain | None

    @property
    def asked(self) -> HospitalAsk | None:
        """The hospital that has not answered yet."""
        return next((row for row in self.asks if not row.answer), None)

    @property
    def shut(self) -> Hospital | None:
        """The hospital that was asked, takes him or has him, where it was taken out of use since."""
        now = self.care.hospital if self.care.hospital_id else None
        row = self.asked or self.taker
        found = row.hospital if row else now
        return found if self.care.is_open and found is not None and found.is_closed else None

    @property
    def taker(self) -> HospitalAsk | None:
        """The hospital that takes him, while he is not there yet."""
        if self.care.hospital_id is not None and self.move is None:
            return None
        wish = self.move.row.pk if self.move else None
        return next(
            (row for row in self.asks if row.answer == "takes" and row.move_id == wish), None
        )


def care_page(
    actor: Actor, care: HospitalCare, case: Case, at: datetime, *, is_open: bool
) -> CarePage:
    """Read the page; the caller has authorised the reader and says whether words are open."""
    lain = [
        Lain(row, words_of(row.reason, is_open=is_open))
        for row in care.hospitals.filter(dropped_at=None)
        .select_related("hospital")
        .order_by("-arrived_at")
    ]
    return CarePage(
        care=care,
        case=case,
        card=patient_card(actor, case, at),
        is_open=is_open,
        why=words_of(care.why, is_open=is_open),
        signs=sign_words(signs_of(care)),
        found_words=words_of(care.found_words, is_open=is_open),
        end_words=words_of(care.end_words, is_open=is_open),
        asks=list(care.asks.select_related("hospital").order_by("-pk")),
        notices=list(care.notices.order_by("pk")),
        news=[
            NewsLine(row, words_of(row.words, is_open=is_open))
            for row in care.news.order_by("-noted_at", "-pk")
        ],
        duties=duties_about("care", care.public_id, at),
        bills=list(
            Bill.objects.filter(care=care).select_related("hospital").order_by("entered_at")
        ),
        lain=[one for one in lain if not one.row.is_sought],
        move=next((one for one in lain if one.row.is_sought), None),
    )


def duties_about(kind: str, public_id: UUID, at: datetime) -> list[Owed]:
    """What is still owed about something, the most pressing first."""
    rows = Duty.objects.filter(
        subject_kind=kind, subject_id=public_id, state=Duty.State.OPEN
    ).order_by("due_at")
    return [
        Owed(
            title=row.said,
            clock=row.clock(at),
            due_at=row.due_at,
            owner_org=row.owner_org,
            url=subjects.url(Subject("duty", row.public_id)) or "",
        )
        for row in rows
    ]
