"""Papers of a return: the plan itself, and the hand-over sheet (F-13) with who signed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.money import Fen, yuan
from nuantu.core.sentences import stored
from nuantu.encounters.selectors.papers import moment, of_person
from nuantu.homeward.models.return_choices import Head, Means, Payer, Way
from nuantu.homeward.models.returns import Leg, ReturnCost, ReturnLine, ReturnPlan
from nuantu.homeward.rules.returning import WITH_SHEET
from nuantu.letters.models import LetterLine
from nuantu.letters.selectors.letters import arrival_about
from nuantu.papers.models import Paper, PaperSignature, PaperVersion
from nuantu.papers.rules.kinds import Row, Values
from nuantu.papers.selectors import kinds
from nuantu.stays.models import Stay
from nuantu.stays.selectors.papers import on_the_way

RETURN: Final = "return"
SHEET: Final = "escort_handover"
PLAN: Final = "return_plan"
GIVER, TAKER = "giver_signature", "receiver_signature"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper of a plan: its number, its page, which sides have signed, and the line of a letter by which the taker did."""

    number: str
    url: str
    giver: bool
    taker: bool
    taken: LetterLine | None = None


def feed_papers() -> None:
    """Tell `papers` who fills the sheet and the plan."""
    kinds.feed(SHEET, subject_kind=RETURN, gather=sheet_values, offers=_with_sheet, later=_later)
    kinds.feed(PLAN, subject_kind=RETURN, gather=plan_values, offers=_every)


def _every(case_id: UUID) -> Iterable[UUID]:
    found = ReturnPlan.objects.filter(case_id=case_id).exclude(state="called_off")
    return found.order_by("recorded_at").values_list("public_id", flat=True)


def _with_sheet(case_id: UUID) -> Iterable[UUID]:
    found = ReturnPlan.objects.filter(case_id=case_id, way__in=WITH_SHEET)
    found = found.exclude(state="called_off").order_by("recorded_at")
    return found.values_list("public_id", flat=True)


def sheet_of(plan_id: UUID) -> Sheet | None:
    """The hand-over sheet in force of a plan; a scan counts for each side that signed on it, whenever it was read in.

    A scan of before that was asked counts for both once the arrival was confirmed by the sheet. A station on this
    installation signs as taker by confirming the arrival in its letter, once the version in force was there to go along.
    """
    paper = (
        Paper.objects.filter(subject_id=plan_id, kind=SHEET, state=Paper.State.ISSUED)
        .order_by("-pk")
        .first()
    )
    if paper is None:
        return None
    found = PaperSignature.objects.filter(issued__paper=paper, issued__version=paper.version)
    slots = {
        one for slot, places in found.values_list("slot", "places") for one in places or [slot]
    }
    has_both = "" in slots and _said_signed(plan_id)
    url = reverse("papers:paper", args=[paper.public_id])
    taken = None if TAKER in slots else _taken_over(paper, paper.version)
    has_taker = TAKER in slots or has_both or taken is not None
    return Sheet(paper.number, url, GIVER in slots or has_both, has_taker, taken)


def _taken_over(paper: Paper, version: int) -> LetterLine | None:
    """The taker's word in a letter, for the version that was in force when it came."""
    line = arrival_about(RETURN, paper.subject_id)
    if line is None:
        return None
    there = paper.versions.filter(issued_at__lte=line.noted_at).order_by("-version")
    return line if there.values_list("version", flat=True).first() == version else None


def _later(paper: Paper, version: PaperVersion) -> Mapping[str, str]:
    """Where nobody of the receivers signed: who confirmed the arrival in the letter, and when."""
    line = _taken_over(paper, version.version)
    if line is None:
        return {}
    at = f"{clock.local(line.noted_at):%Y年%m月%d日%H:%M}"
    return {TAKER: f"{line.noted_org} {line.noted_by} {at} 在本系统函中确认到达，作为签收"}


def _said_signed(plan_id: UUID) -> bool:
    """Whether the arrival was confirmed by the sheet that the other side signed."""
    return ReturnLine.objects.filter(plan__public_id=plan_id, heard="sheet").exists()


def is_signed_by_both(plan_id: UUID) -> bool:
    """Whether giver and taker have signed the sheet in force."""
    sheet = sheet_of(plan_id)
    return sheet is not None and sheet.giver and sheet.taker


def route_words(legs: Iterable[Leg]) -> str:
    """The way in one line: means, number, from, to."""
    return "；".join(
        f"{stored(Means(leg.means).label)}{leg.number} {leg.origin}—{leg.goal}" for leg in legs
    )


def _legs(plan: ReturnPlan) -> list[Leg]:
    return list(plan.legs.filter(dropped_at=None).order_by("leaves_at"))


def plan_values(actor: Actor, plan: ReturnPlan, at: datetime) -> Values:
    """What the plan tells: who, where to, by what, who goes along, what it costs."""
    escorts = plan.escorts.filter(dropped_at=None).order_by("pk")
    return of_person(plan.person, at) | {
        "return_way": stored(Way(plan.way).label),
        "destination": opened(plan.destination),
        "taker": " ".join(filter(None, [plan.taker, plan.taker_relation])),
        "receiver_phone": opened(plan.taker_phone),
        "cleared_by": plan.cleared_by,
        "escort_staff": "、".join(one.name for one in escorts),
        "legs": [_leg_row(leg) for leg in _legs(plan)],
        "costs": [_cost_row(cost) for cost in plan.costs.order_by("pk")],
    }


def _leg_row(leg: Leg) -> Row:
    return {
        "transport": f"{stored(Means(leg.means).label)} {leg.number}".strip(),
        "origin": leg.origin,
        "goal": leg.goal,
        "leaves_at": moment(leg.leaves_at),
        "due_at": moment(leg.due_at),
        "voucher": leg.ticket_number,
        "transfer": leg.station_words,
    }


def _cost_row(cost: ReturnCost) -> Row:
    return {
        "head": stored(Head(cost.head).label),
        "amount": yuan(Fen(cost.amount_fen)),
        "payer": stored(Payer(cost.payer).label),
    }


def sheet_values(actor: Actor, plan: ReturnPlan, at: datetime) -> Values:
    """F-13: whom, who goes along, by what, with which papers, medicines and things, to whom."""
    stay = Stay.objects.filter(case_id=plan.case_id).order_by("-entered_at").first()
    escorts = list(plan.escorts.filter(dropped_at=None).order_by("pk"))
    known = on_the_way(stay) if stay else of_person(plan.person, at)
    return known | {
        "escort_staff": "、".join(one.name for one in escorts if not one.is_medical),
        "female_escorts": str(sum(one.sex == "female" for one in escorts)),
        "medical_staff": "、".join(one.name for one in escorts if one.is_medical),
        "transport": route_words(_legs(plan)),
        "departed_at": moment(plan.departed_at),
        "arrived_at": moment(plan.arrived_at),
        "costs": [_cost_row(cost) for cost in plan.costs.order_by("pk")],
        "receiver_unit": opened(plan.destination),
        "receiver_name": plan.taker,
        "receiver_phone": opened(plan.taker_phone),
    }
