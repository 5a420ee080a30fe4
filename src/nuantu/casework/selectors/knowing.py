"""What is known of a person that decides in casework."""

from datetime import datetime
from uuid import UUID

from nuantu.core import clock
from nuantu.persons.models import Case, PersonClass
from nuantu.persons.rules.ages import is_treated_as_minor
from nuantu.persons.selectors import age_lines


def classes_of_case(case_id: UUID | None) -> frozenset[str]:
    """Class codes in force in a case."""
    rows = PersonClass.objects.filter(case_id=case_id, withdrawn_at=None)
    return frozenset(rows.values_list("code", flat=True))


def is_minor(case: Case, at: datetime) -> bool:
    """Whether he is treated as a minor today."""
    age = case.person.age_on(clock.local(at).date())
    return is_treated_as_minor(age, age_lines(case.division_code, at))
