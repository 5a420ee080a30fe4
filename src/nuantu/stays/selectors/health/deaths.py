"""A death as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.models import Case
from nuantu.persons.selectors import Card
from nuantu.stays.models import Death, DeathStep, HospitalCare
from nuantu.stays.selectors.health.record import patient_card, words_of


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step with its clock, while it is owed."""

    row: DeathStep
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class DeathPage:
    """Everything the page of a death shows."""

    death: Death
    case: Case
    card: Card
    is_open: bool
    story: str
    conclusion: str
    steps: list[StepLine]

    @property
    def is_ready(self) -> bool:
        """Whether every step was taken."""
        return all(line.row.done_at for line in self.steps)


def death_page(actor: Actor, death: Death, case: Case, at: datetime, *, is_open: bool) -> DeathPage:
    """Read the page; the caller has authorised the reader and says whether words are open."""
    steps = list(death.steps.order_by("pk"))
    duties = {
        duty.public_id: duty
        for duty in Duty.objects.filter(
            public_id__in=[row.duty_id for row in steps], state=Duty.State.OPEN
        )
    }
    return DeathPage(
        death=death,
        case=case,
        card=patient_card(actor, case, at),
        is_open=is_open,
        story=words_of(death.story, is_open=is_open),
        conclusion=words_of(death.conclusion, is_open=is_open),
        steps=[
            StepLine(row, duties[row.duty_id].clock(at) if row.duty_id in duties else None)
            for row in steps
        ],
    )


def open_deaths(actor: Actor) -> list[Death]:
    """Deaths of the station that are not closed."""
    rows = Death.objects.filter(owner_org=actor.org_code, closed_at=None)
    return list(rows.order_by("registered_at"))


def care_of(case: Case) -> HospitalCare | None:
    """The treatment that goes on."""
    return HospitalCare.objects.filter(case_id=case.case_id).exclude(state="ended").first()
