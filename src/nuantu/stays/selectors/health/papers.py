"""What a treatment, a bill and a death tell a paper; each of them is for medic and head only."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from nuantu.core import clock, erasure
from nuantu.core.actors import Actor
from nuantu.core.fields import Sealed
from nuantu.core.money import Fen, yuan
from nuantu.core.sentences import stored
from nuantu.encounters.selectors.papers import moment, of_person
from nuantu.papers.rules.kinds import Row, Values
from nuantu.papers.selectors import kinds
from nuantu.stays.models import (
    Bill,
    CareHospital,
    Death,
    DeathStep,
    HospitalCare,
    Medication,
    Reception,
    Screening,
)
from nuantu.stays.selectors.health.bills import payer_words, shares
from nuantu.stays.selectors.health.measured import measured_of, signs_of
from nuantu.stays.selectors.health.record import sign_words, temperature_words
from nuantu.stays.selectors.papers import kept_things

NOBODY_PAYS = "¥0.00（救助无偿，不得向本人和家属收取）"
NO_CHARGE = "按医保、医疗救助、救助站的顺序付费，不得向本人和家属收取。"


def feed_papers() -> None:
    """Tell `papers` which of its kinds an illness and a death fill."""
    kinds.feed("hospital_transfer", subject_kind="care", gather=transfer, offers=_cares)
    kinds.feed("care_record", subject_kind="care", gather=record, offers=_cares)
    kinds.feed("bill_settlement", subject_kind="bill", gather=settlement, offers=_bills)
    kinds.feed("death_report", subject_kind="death", gather=report, offers=_deaths)
    kinds.feed("death_notice", subject_kind="death", gather=to_relatives, offers=_deaths)
    kinds.feed("estate_handover", subject_kind="death", gather=left_behind, offers=_deaths)
    kinds.feed("claim_notice", subject_kind="death", gather=to_everybody, offers=_unclaimed)


def _cares(case_id: UUID) -> Iterable[UUID]:
    found = HospitalCare.objects.filter(case_id=case_id).order_by("begun_at")
    return found.values_list("public_id", flat=True)


def _bills(case_id: UUID) -> Iterable[UUID]:
    found = Bill.objects.filter(case_id=case_id).order_by("entered_at")
    return found.values_list("public_id", flat=True)


def _deaths(case_id: UUID) -> Iterable[UUID]:
    return Death.objects.filter(case_id=case_id).values_list("public_id", flat=True)


def _unclaimed(case_id: UUID) -> Iterable[UUID]:
    """Deaths whose relatives were not found: the public notice is owed."""
    found = DeathStep.objects.filter(death__case_id=case_id, kind=DeathStep.Kind.NOTICE)
    return found.values_list("death__public_id", flat=True)


def _day(on: date | None) -> str:
    return f"{on:%Y年%m月%d日}" if on else ""


def _opened(sealed: Sealed | str) -> str:
    return erasure.opened(sealed) if isinstance(sealed, Sealed) else sealed


def transfer(actor: Actor, care: HospitalCare, at: datetime) -> Values:
    """Whom the station sends to a hospital, why, with whom and with what."""
    seen = Screening.objects.filter(case_id=care.case_id, screened_at__lte=care.begun_at)
    last = seen.order_by("-screened_at").first()
    return _of_care(actor, care, at) | {
        "entered_at": moment(care.stay.entered_at if care.stay else None),
        "signs": stored(lambda: sign_words(signs_of(care))),
        "temperature": temperature_words(measured_of(last).temperature_tenths) if last else "",
        "medicines": _medicines(care, at),
        "receiver_unit": _first(care),
        "handed_over_at": moment(care.arrived_at),
        "no_charge": NO_CHARGE,
    }


def _lain(care: HospitalCare) -> list[CareHospital]:
    """The hospitals of the treatment in their order."""
    rows = care.hospitals.filter(arrived_at__isnull=False).select_related("hospital")
    return list(rows.order_by("arrived_at"))


def _first(care: HospitalCare) -> str:
    """The hospital the station handed him over to; a later one got him from there."""
    return next((str(one) for one in _lain(care)), "")


def _one_after_another(care: HospitalCare) -> str:
    rows = _lain(care)
    if len(rows) < 2:
        return "".join(str(one) for one in rows)
    return "；".join(
        f"{one}（{moment(one.arrived_at)}到"
        + (f"，{moment(one.left_at)}离开" if one.left_at else "")
        + (f"，转院陪同：{one.accompanied_by}" if number else "")
        + "）"
        for number, one in enumerate(rows)
    )


def _of_care(actor: Actor, care: HospitalCare, at: datetime) -> Values:
    """The patient, with what he brought, and who goes along."""
    reception = care.reception or (care.stay.reception if care.stay else None)
    known = of_person(care.person, care.begun_at)
    things = kept_things(actor, reception, at)["belongings"] if reception else []
    return known | {
        "begun_at": moment(care.begun_at),
        "why": _opened(care.why),
        "accompanied_by": care.accompanied_by,
        "follower": care.follower.name if care.follower else "",
        "belongings": things,
    }


def _medicines(care: HospitalCare, at: datetime) -> str:
    if care.stay is None:
        return ""
    rows = Medication.objects.filter(stay=care.stay, ended_at=None).order_by("pk")
    today = clock.local(at).date()
    running = [row for row in rows if row.until_date is None or row.until_date >= today]
    return "；".join(_opened(row.what) for row in running)


def record(actor: Actor, care: HospitalCare, at: datetime) -> Values:
    """The treatment from the first call to the discharge."""
    return _of_care(actor, care, at) | {
        "hospital": _one_after_another(care),
        "arrived_at": moment(care.arrived_at),
        "found": stored(care.get_found_display),
        "found_at": moment(care.found_at),
        "found_by": care.found_by,
        "told": [
            {
                "unit": one.told_to or stored(one.get_kind_display),
                "at": moment(one.told_at),
                "by": one.told_by,
            }
            for one in care.notices.order_by("pk")
        ],
        "news": [
            {
                "at": moment(one.noted_at),
                "condition": stored(one.get_condition_display),
                "words": _opened(one.words),
                "by": one.noted_by,
            }
            for one in care.news.order_by("noted_at", "pk")
        ],
        "end": stored(care.get_end_display) if care.end else "",
        "ended_at": moment(care.ended_at),
        "is_stable": ("yes" if care.is_stable else "no") if care.ended_at else "",
        "certificate": care.certificate_number,
        "end_words": _opened(care.end_words),
    }


def settlement(actor: Actor, bill: Bill, at: datetime) -> Values:
    """A bill line by line and its payers; a share of the person is nowhere to be written."""
    return {
        "name": of_person(bill.person, bill.entered_at)["name"],
        "hospital": bill.hospital.name if bill.hospital else "",
        "bill_number": bill.number,
        "from_date": _day(bill.from_date),
        "to_date": _day(bill.to_date),
        "lines": [
            {
                "item": one.item,
                "quantity": str(one.quantity),
                "unit": yuan(Fen(one.unit_fen)),
                "amount": yuan(Fen(one.amount_fen)),
            }
            for one in bill.lines.order_by("pk")
        ],
        "total": yuan(Fen(bill.total_fen)),
        "shares": _shares(bill),
        "person_pays": NOBODY_PAYS,
        "state": stored(bill.get_state_display),
        "dispute": bill.dispute,
        "checked_at": moment(bill.checked_at),
        "checked_by": bill.checked_by,
    }


def _shares(bill: Bill) -> list[Row]:
    return [
        {
            "payer": stored(partial(payer_words, payer)),
            "amount": "" if fen is None else yuan(Fen(fen)),
            "note": getattr(bill, f"{payer}_note"),
        }
        for payer, fen in zip(bill.payers, shares(bill), strict=True)
    ]


def report(actor: Actor, death: Death, at: datetime) -> Values:
    """F-24: what happened and who was told."""
    return of_person(death.person, death.died_at) | {
        "event": "死亡",
        "entered_at": moment(death.stay.entered_at if death.stay else None),
        "died_at": moment(death.died_at),
        "place": stored(death.get_place_display),
        "found_by": death.found_by,
        "story": _opened(death.story),
        "reported": [
            {
                "step": stored(one.get_kind_display),
                "unit": one.done_to,
                "at": moment(one.done_at),
                "by": one.done_by,
            }
            for one in death.steps.order_by("pk")
        ],
        "certificate": death.certificate_number,
        "notice_start": _day(death.notice_start_date),
        "notice_end": _day(death.notice_end_date),
        "conclusion": _opened(death.conclusion),
    }


def to_relatives(actor: Actor, death: Death, at: datetime) -> Values:
    """Where and when he died; not what of."""
    return of_person(death.person, death.died_at) | {
        "died_on": _day(clock.local(death.died_at).date()),
        "place": stored(death.get_place_display),
        "certificate": death.certificate_number,
    }


def to_everybody(actor: Actor, death: Death, at: datetime) -> Values:
    """Who he was and until when he can be claimed. Everybody reads it: no free words of the record,
    the looks that stand for a name among them; what he looked like is typed for the notice."""
    person = death.person
    known = of_person(person, death.died_at)
    is_named = bool(person.name) or known["name"] != person.called_as
    return {code: known[code] for code in ("sex", "age")} | {
        "name": known["name"] if is_named else "姓名不详",
        "died_on": _day(clock.local(death.died_at).date()),
        "notice_start": _day(death.notice_start_date),
        "notice_end": _day(death.notice_end_date),
    }


def left_behind(actor: Actor, death: Death, at: datetime) -> Values:
    """The things in the keeping of the station."""
    found = Reception.objects.filter(case_id=death.case_id).order_by("-asked_at").first()
    reception = death.stay.reception if death.stay and death.stay.reception else found
    things = kept_things(actor, reception, at) if reception else {}
    return (
        of_person(death.person, death.died_at)
        | {code: things[code] for code in ("belongings", "cash", "seal_number") if code in things}
        | {"died_at": moment(death.died_at)}
    )
