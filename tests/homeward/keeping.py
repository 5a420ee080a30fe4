"""People of the prevention ledger for the tests; everybody is invented."""

from datetime import UTC, datetime
from typing import Any

from nuantu.core import clock, scope
from nuantu.core.fields import keyed_hash
from nuantu.homeward.models import LedgerAlert, LedgerEntry, LedgerHelp
from nuantu.homeward.services import ledger
from nuantu.persons.models import Case, FactKind, PersonFact
from tests.cast import Cast, Player
from tests.stays import house

NOON = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
NUMBER = "52260119600101001X"


def assessed(*grounds: str, **more: Any) -> ledger.Assessed:
    """He wandered off twice; his brother cannot look after him."""
    values: dict[str, Any] = {
        "cause": "和哥哥争吵后离家，不记得回家的路",
        "needs": "按时服药，有人照看",
        "family": "weak",
        "card": "missing",
    }
    return ledger.Assessed(grounds=grounds or ("mental_illness",), **values | more)


def an_entry(
    cast: Cast, *grounds: str, name: str = "样阿贵", who: Player | None = None, **more: Any
) -> LedgerEntry:
    """A man of 三棵树镇 for whom its officer answers."""
    player = who or cast.township
    with scope.enter(scope.of_actor(player.actor)):
        return ledger.begin_entry(
            actor=player.actor,
            at=clock.now(),
            who=ledger.Newcomer(name, "male", 46),
            keeper=player.account,
            assessed=assessed(*grounds, **more),
        )


def known_by_number(case: Case) -> None:
    """His ID number is known in a case; it is invented and fails its checksum, so it is put in as a row."""
    with scope.system("a test knows a number"):
        PersonFact.objects.create(
            person=case.person,
            case_id=case.case_id,
            division_code=case.division_code,
            owner_org=case.owner_org,
            recorded_at=clock.now(),
            kind=FactKind.ID_NUMBER,
            secret=NUMBER,
            secret_hash=keyed_hash(NUMBER),
            certainty="verified",
            source="身份证",
            noted_at=clock.now(),
            noted_by="样",
        )


def case_of(entry: LedgerEntry) -> Case:
    """The case of an entry."""
    with scope.system("a test looks"):
        return Case.objects.select_related("person").get(case_id=entry.case_id)


def found_again(cast: Cast, name: str = "样阿贵") -> tuple[LedgerEntry, Case]:
    """He is in the ledger of 三棵树镇 and stands at the door of the station of 凯里."""
    entry = an_entry(cast, name=name)
    known_by_number(case_of(entry))
    case = house.a_case_of(cast, years=46, name=name)
    known_by_number(case)
    alerted(case)
    return entry, case


def alerted(case: Case, seen: str = "taken_in") -> int:
    """The job that follows the stay."""
    return ledger.alert(
        at=clock.now(), person=case.person, case=case, seen=seen, seen_at=clock.now()
    )


def the_alert() -> LedgerAlert:
    """The newest alert."""
    with scope.system("a test looks"):
        return LedgerAlert.objects.order_by("-pk")[0]


def a_help(cast: Cast, entry: LedgerEntry, kind: str = "card") -> LedgerHelp:
    """The federation was asked for his card."""
    actor = cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        return ledger.begin_help(
            actor=actor, at=clock.now(), entry=entry, kind=kind, body="凯里市残联"
        )
