"""What is known of a resident that decides on his clocks and ways out."""

from datetime import datetime

from nuantu.core import clock
from nuantu.persons.models import Certainty, FactKind, Person, PersonClass, PersonFact
from nuantu.persons.selectors import age_lines
from nuantu.stays.models import Reception, Stay
from nuantu.stays.rules.clocks import Known

_TELLING = (FactKind.NAME, FactKind.ID_NUMBER)


def is_identified(person: Person) -> bool:
    """Whether somebody verified who he is, and nobody found it false since."""
    corrected = PersonFact.objects.filter(person=person, corrects__isnull=False)
    return (
        PersonFact.objects.filter(person=person, kind__in=_TELLING, certainty=Certainty.VERIFIED)
        .exclude(pk__in=corrected.values("corrects_id"))
        .exists()
    )


def known_of(stay: Stay, at: datetime) -> Known:
    """Identity, age and signs of a resident; a guess that may lie below the line counts below."""
    age = stay.person.age_on(clock.local(at).date())
    line = age_lines(stay.division_code, at).must_be_collected
    codes = PersonClass.objects.filter(case_id=stay.case_id, withdrawn_at=None)
    return Known(
        is_identified=is_identified(stay.person),
        may_be_child=age is not None and age.low < line,
        classes=tuple(codes.values_list("code", flat=True)),
        has_told=_has_told(stay),
    )


def _has_told(stay: Stay) -> bool:
    """Whether he told his details at the door, his name among them."""
    tells = stay.reception is not None and stay.reception.telling == Reception.Telling.TELLS
    return tells and bool(stay.person.name)
