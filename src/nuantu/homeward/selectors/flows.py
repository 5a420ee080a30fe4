"""Inflow and outflow (P10-13): where those who were taken in are from, and where people from here were taken in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.core import scope
from nuantu.persons.models import FactKind, PersonFact
from nuantu.planbook.deadlines import start_of
from nuantu.stays.models import Stay
from nuantu.tracing.selectors.places import codes_of

# Fewer people than this elsewhere are not told: a village would know who is meant.
FEWEST = 3
UNKNOWN = "unknown"
WHY = "how many people from here were taken in elsewhere is counted; nobody is named"


@dataclass(frozen=True, slots=True)
class Flow:
    """People from one place, or at one place: its code of 2, 4 or 6 digits, its name, how many, the height of its bar.

    `count` is None where so few are not told.
    """

    code: str
    name: str
    count: int | None
    height: float


def inflow(orgs: Sequence[str], reach: str, since: date, until: date) -> list[Flow]:
    """Where the people taken in by these stations in the period are from, most first; whom nobody can place last."""
    people = _people(orgs, reach, since, until)
    return _told({code: len(rows) for code, rows in people.items()})


def behind(orgs: Sequence[str], reach: str, since: date, until: date, code: str) -> list[Stay]:
    """The stays behind one place of the inflow, one a person, the latest first."""
    found = _people(orgs, reach, since, until).get(code, {})
    rows = Stay.objects.filter(pk__in=found.values()).select_related("person__photo")
    return list(rows.order_by("-entered_at", "-pk"))


def outflow(reach: str, since: date, until: date) -> list[Flow]:
    """Where people from this area were taken in outside it in the period; fewer than FEWEST are not told."""
    with scope.system(WHY):
        rows = _entered(since, until).exclude(division_code__startswith=reach)
        held = list(rows.values_list("person_id", "division_code"))
        homes = _homes({person for person, _place in held})
    at: defaultdict[str, set[int]] = defaultdict(set)
    for person, place in held:
        if homes.get(person, "").startswith(reach):
            at[_near(place, reach)].add(person)
    return _told({code: len(people) for code, people in at.items()}, fewest=FEWEST)


def _entered(since: date, until: date) -> QuerySet[Stay]:
    return Stay.objects.filter(
        entered_at__gte=start_of(since), entered_at__lt=start_of(until + timedelta(days=1))
    )


def _people(orgs: Sequence[str], reach: str, since: date, until: date) -> dict[str, dict[int, int]]:
    """By place of origin the people taken in, each with his last stay."""
    rows = _entered(since, until).filter(owner_org__in=list(orgs)).order_by("entered_at", "pk")
    held = list(rows.values_list("pk", "person_id"))
    homes = _homes({person for _pk, person in held})
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for pk, person in held:
        home = homes.get(person, "")
        found[_near(home, reach) if home else UNKNOWN][person] = pk
    return found


def _near(code: str, reach: str) -> str:
    """A place as exactly as matters: the county at home, the prefecture in the province, else the province."""
    if code.startswith(reach):
        return code[:6]
    return code[:4] if code[:2] == reach[:2] else code[:2]


def _homes(people: set[int]) -> dict[int, str]:
    """The division that the last words about where each is from mean; three queries."""
    facts = PersonFact.objects.filter(person__in=people, kind=FactKind.ORIGIN)
    words = dict(facts.order_by("noted_at", "pk").values_list("person_id", "value"))
    texts = {text.strip() for text in words.values()} - {""}
    codes = codes_of(texts)
    provinces = {
        name[:2]: code[:2]
        for code, name in Division.objects.filter(code__endswith="0" * 10).values_list(
            "code", "name"
        )
    }
    known = {text: codes.get(text) or provinces.get(text[:2], "") for text in texts}
    return {person: known.get(text.strip(), "") for person, text in words.items()}


def _told(counts: Mapping[str, int], fewest: int = 0) -> list[Flow]:
    names = dict(
        Division.objects.filter(
            code__in=[code.ljust(12, "0") for code in counts if code != UNKNOWN]
        ).values_list("code", "name")
    )
    most = max(counts.values(), default=0) or 1
    order = sorted(counts.items(), key=lambda item: (item[0] == UNKNOWN, -item[1], item[0]))
    return [
        Flow(
            code,
            _("无法查明") if code == UNKNOWN else names.get(code.ljust(12, "0"), code),
            count if count >= fewest else None,
            100 * max(count, fewest) / max(most, fewest),
        )
        for code, count in order
    ]
