"""A medic looks at somebody at the door or in the house; a sign sends him to a hospital first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.together import together
from nuantu.operations.selectors import rules_at
from nuantu.persons import services as persons
from nuantu.persons.models import Case, ClassCode
from nuantu.stays.models import Health, Reception, Screening, Stay
from nuantu.stays.rules import health
from nuantu.stays.selectors.health import packs
from nuantu.stays.services.care.alarms import follow_screening
from nuantu.stays.services.lines import note


class HealthRefused(Refusal):
    """This cannot be put down so; the sentence says what to mend."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the medic found; temperature in tenths of a degree Celsius."""

    result: str
    temperature_tenths: int | None = None
    signs: tuple[str, ...] = ()
    words: str = ""
    has_mask: bool = False
    health_code: str = ""
    test: str = ""

    @property
    def measured(self) -> health.Measured:
        """What of it is sealed together."""
        return health.Measured(self.temperature_tenths, self.signs, self.test)


def screen(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    found: Findings,
    reception: Reception | None = None,
    stay: Stay | None = None,
) -> Screening:
    """Put a screening down. At the door it decides the zone, or hospital first (P1-11).

    Raises HealthRefused where the result is milder than the findings, or the epidemic pack asks for
    a temperature that is missing.
    """
    least = _check(case, found, at)
    with together():
        row = Screening.objects.create(
            division_code=case.division_code,
            owner_org=actor.org_code,
            case_id=case.case_id,
            recorded_at=at,
            person=case.person,
            reception=reception,
            stay=stay,
            screened_at=at,
            screened_by=actor.name,
            measured=found.measured.written(),
            least=least,
            findings=found.words.strip()[:600],
            result=found.result,
            has_mask=found.has_mask,
            health_code=found.health_code,
        )
        _mark(actor, at, case, found.signs)
        looked_at = stay or reception
        if looked_at is not None and found.temperature_tenths is not None:
            figures = {"temperature": found.temperature_tenths / 10}
            follow_screening(actor=actor, at=at, row=looked_at, figures=figures)
        if reception is not None and reception.state == Reception.State.OPEN:
            _tell_the_door(reception, row, found)
        note(
            verb="stays.screening.add",
            actor=actor,
            at=at,
            row=row,
            person=case.person,
            kind="case",
            summary="医务初筛",
            basis="民发〔2014〕132号 第7条(IN-01)",
            sealed={"result": row.result, "signs": found.signs},
        )
    return row


def _check(case: Case, found: Findings, at: datetime) -> str:
    """The mildest result that the findings allow."""
    if not found.measured.is_of_a_person:
        raise HealthRefused(_("体温要在20到45℃之间，请核对。"), field="temperature")
    fever = int(rules_at(case.division_code, at).need("health.fever").number)
    pack = packs.epidemic(case.division_code, at)
    if pack.is_on and found.temperature_tenths is None:
        raise HealthRefused(_("疫情防控启用期间要量体温。"), field="temperature")
    least = health.least_result(
        found.signs, found.temperature_tenths, found.test, fever=fever, is_on=pack.is_on
    )
    if health.is_mild(found.result, least):
        label = Screening.Result(least).label
        raise HealthRefused(
            _("按查到的情况至少是「%(result)s」。先救治、后救助。") % {"result": label},
            field="result",
        )
    return least


def _mark(actor: Actor, at: datetime, case: Case, signs: Sequence[str]) -> None:
    """What protects him from being turned away stands as a class on the case."""
    codes = [code for code in signs if code in ClassCode.values]
    if codes and case.owner_org == actor.org_code:
        persons.assign_classes(actor=actor, at=at, case=case, codes=codes, source="医务初筛")


def _tell_the_door(reception: Reception, row: Screening, found: Findings) -> None:
    """The reception reads where to put him, not what he has."""
    reception.is_hospital_needed = row.result == Screening.Result.HOSPITAL
    if row.result in Health.values:
        reception.health = row.result
    elif row.result == Screening.Result.FIT:
        reception.health = Health.GENERAL
    reception.is_protected = reception.is_protected or bool(found.signs)
    reception.save(update_fields=["is_hospital_needed", "health", "is_protected"])
