"""Somebody who is stranded and whom nobody knows, for the tests; everybody is invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from nuantu.core import clock, scope
from nuantu.homeward.models import Settlement, SettlementClaim
from nuantu.homeward.services import claims, settling
from nuantu.persons import services as persons
from nuantu.persons.models import Case, ClassCode
from nuantu.stays.models import Stay
from nuantu.tracing import services as tracing
from tests.cast import Cast, Player
from tests.stays import house

ENTERED = datetime(2026, 5, 8, 4, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
STATION_STEPS = ("compare", "letter")
BUREAU_STEPS = ("review", "plan", "approve")


def stranded(cast: Cast, *, entered: datetime = ENTERED, years: int | None = 50) -> Stay:
    """A man whom nobody knows, in the station of 凯里 since May."""
    with clock.frozen(entered):
        stay = house.a_stay(cast, years=years)
        actor = cast.leader.actor
        with scope.enter(scope.of_actor(actor)):
            case = Case.objects.select_related("person").get(case_id=stay.case_id)
            persons.assign_classes(
                actor=actor,
                at=entered,
                case=case,
                codes=[ClassCode.UNIDENTIFIED],
                source="满期身份不明",
            )
    return stay


def named(**more: Any) -> settling.Named:
    """The station names him."""
    values: dict[str, Any] = {
        "assigned_name": "凯安民",
        "assigned_birth_date": date(1976, 5, 8),
        "naming": "站务会决定；州医院骨龄鉴定约50岁",
        "placed": "welfare",
        "house": "凯里市社会福利院",
    }
    return settling.Named(**values | more)


def a_settlement(cast: Cast, **more: Any) -> Settlement:
    """His settlement has begun."""
    stay, actor = stranded(cast), cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        return settling.begin_settlement(
            actor=actor, at=clock.now(), stay=stay, named=named(**more)
        )


def told(answer: str = "done", **more: Any) -> settling.Told:
    """A step with its number."""
    values: dict[str, Any] = {"paper": "样函〔2026〕7号", "done_date": clock.today()}
    return settling.Told(answer=answer, **values | more)


def step(cast: Cast, row: Settlement, answer: str = "done", **more: Any) -> None:
    """Whoever it is put the step down."""
    with scope.system("a test looks"):
        row.refresh_from_db()
    actor = (cast.section_head if row.step in BUREAU_STEPS else cast.tracing_officer).actor
    with scope.enter(scope.of_actor(actor)):
        settling.take_step(actor=actor, at=clock.now(), row=row, told=told(answer, **more))
    with scope.system("a test looks"):
        row.refresh_from_db()


def claimed(
    cast: Cast, row: Settlement, claimant: str = "样阿芳", who: Player | None = None
) -> SettlementClaim:
    """A family claims him; the head notes it unless somebody else is said."""
    actor = (who or cast.station_head).actor
    told = claims.Claimed(claimant, "妹妹", "08550000333", "说他左手有烫伤，十年前走失")
    with scope.enter(scope.of_actor(actor)):
        return claims.claim(actor=actor, at=clock.now(), row=row, claimed=told)


def approved(cast: Cast) -> Settlement:
    """The government approved, police have accepted the papers."""
    row = a_settlement(cast)
    for _turn in ("compare", "letter", "review", "plan", "approve", "accept"):
        step(cast, row)
    return row


def registered(cast: Cast) -> Settlement:
    """He is registered and receives assistance."""
    row = approved(cast)
    step(cast, row, household="福利院集体户1", id_number="52260119760508001X")
    step(cast, row, benefits=("tekun", "insurance"))
    return row


def searched(cast: Cast, row: Settlement) -> None:
    """His papers were looked through, and police compared his portrait and found nothing."""
    actor, at = cast.tracing_officer.actor, clock.now()
    with scope.enter(scope.of_actor(actor)):
        case = Case.objects.select_related("person").get(case_id=row.case_id)
        search = tracing.begin_search(actor=actor, at=at, case=case)
        tracing.take_step(
            actor=actor, at=at, search=search, code="documents", answer="nothing", words="没有证件"
        )
        asked = tracing.Asked("portrait", "police", "凯里市公安局", "请做人像比对", "paper")
        request = tracing.send_request(actor=actor, at=at, search=search, asked=asked)
        answer = tracing.Told("nothing", "phone", "", clock.local(at).date())
        tracing.put_answer(actor=actor, at=at, request=request, told=answer)


def days_later(days: int) -> datetime:
    """So many days after noon."""
    return NOON + timedelta(days=days)
