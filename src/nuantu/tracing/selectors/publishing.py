"""What must be looked at before a notice about somebody may be published."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from nuantu.core import clock
from nuantu.persons.models import Case, ClassCode, PersonClass
from nuantu.persons.rules.ages import is_treated_as_minor
from nuantu.persons.selectors import age_lines
from nuantu.persons.selectors.same import same_human
from nuantu.stays.models import Death, Stay
from nuantu.stays.rules.clocks import is_unknown
from nuantu.stays.selectors.known import is_identified, known_of

MINOR, DANGER, CONSENT = "minor", "danger", "consent"
DANGEROUS: Final = (ClassCode.DOMESTIC_VIOLENCE, ClassCode.TRAFFICKED, ClassCode.DANGER)


def needs_of(case: Case, at: datetime) -> list[str]:
    """What a notice about this person must rest on besides the approval.

    `minor`: his guardian agreed to the photo (PIPL Art. 31, 未成年人保护法 Art. 103); `danger`: somebody
    weighed that publishing does not help whoever harmed him; `consent`: he can tell who he is and agrees.
    """
    found = []
    age = case.person.age_on(clock.local(at).date())
    if is_treated_as_minor(age, age_lines(case.division_code, at)):
        found.append(MINOR)
    if dangers_of(case).exists():
        found.append(DANGER)
    stay = stay_of(case)
    if stay is not None and not is_unknown(known_of(stay, at)):
        found.append(CONSENT)
    return found


def dangers_of(case: Case) -> QuerySet[PersonClass]:
    """Marks of danger on the person of a case, in force."""
    return PersonClass.objects.filter(
        person__in=same_human(case.person), withdrawn_at=None, code__in=DANGEROUS
    )


def stay_of(case: Case) -> Stay | None:
    """The stay of a case that goes on."""
    here = Stay.objects.select_related("person", "reception")
    return here.filter(case_id=case.case_id, left_at=None).first()


def is_known(case: Case) -> bool:
    """Whether somebody verified who he is, in this record or in another that is the same human."""
    return any(is_identified(person) for person in same_human(case.person))


def is_dead(case: Case) -> bool:
    """Whether his death is registered, or the case was closed by it."""
    died = Death.objects.filter(person__in=same_human(case.person)).exists()
    return died or case.closing == Case.Closing.DECEASED
