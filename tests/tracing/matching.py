"""Residents whom nobody can name and the reports that may be theirs; everybody is invented."""

from typing import Any

from nuantu.core import clock, scope
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.tracing import services
from nuantu.tracing.models import Match, MatchState, MissingReport
from tests.cast import Cast
from tests.stays import house
from tests.tracing import missing

OTHERS = (
    ("样春来", "male", 22, "剑河县"), ("样玉莲", "female", 60, "榕江县"), ("样长贵", "male", 64, "从江县"),
    ("样翠翠", "female", 31, "黎平县"), ("样石头", "male", 30, "三穗县"), ("样巧云", "female", 42, "麻江县"),
)  # fmt: skip


def a_register(cast: Cast) -> MissingReport:
    """Six people who are missed elsewhere, and the man without a finger; returns his report."""
    for name, sex, years, home in OTHERS:
        missing.a_report(cast, name=name, sex=sex, age_low=years, age_high=years, home_words=home)
    return missing.a_report(cast, marks=("missing_finger",))


def a_resident(cast: Cast, **facts: str) -> Case:
    """A man of 44 who stays at the station of 凯里 and has told these things."""
    stay = house.a_stay(cast, years=44)
    with scope.system("a test reads a case"):
        case = Case.objects.select_related("person").get(case_id=stay.case_id)
    tell(cast, case, **facts)
    return case


def tell(cast: Cast, case: Case, **facts: str) -> None:
    """What he has told, by kind."""
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        for kind, value in facts.items():
            persons.add_fact(
                actor=actor, at=clock.now(), person=case.person, case=case, kind=kind, value=value,
                certainty="claimed", source="本人",
            )  # fmt: skip


def a_match(cast: Cast, *, report: MissingReport | None = None, **more: Any) -> Match:
    """A suspected match as a run of the engine leaves it, without the engine."""
    case = a_resident(cast, name="大山", features="左手缺一指")
    report = report or missing.a_report(cast, marks=("missing_finger",))
    values: dict[str, Any] = {
        "division_code": case.division_code, "owner_org": case.owner_org, "case_id": case.case_id,
        "person": case.person, "report": report, "holder_org": report.owner_org, "posterior": 0.93, "score": 9.5,
        "parts": ["given:4.200:same", "marks:3.100:marks_shared", "county:-0.400:elsewhere"],
        "words": '[{"field": "given", "zh": "名：听到“大山”", "en": "given name: heard “大山”"}]',
        "generation": 1, "compared_at": clock.now(), "shown_at": clock.now(), "state": MatchState.OPEN,
    }  # fmt: skip
    with scope.system("a run of the engine leaves it"):
        return Match.objects.create(**values | more)


def compared() -> int:
    """A run of the job."""
    return services.compare_all(at=clock.now())


def states() -> dict[str, str]:
    """The state of each pair by the number of its report."""
    with scope.system("a test looks"):
        return dict(Match.objects.values_list("report__number", "state"))
