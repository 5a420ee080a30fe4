"""What a station owes around a wristband: to ask again before a consent ends, to fetch one that nobody may use."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.subjects import Subject
from nuantu.homeward.models import Consent, Purpose, Wearer, Wearing
from nuantu.homeward.services.lines import WEARER
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.planbook import deadlines

ASK: Final = "wristband.consent"
FETCH: Final = "wristband.return"


def owe_renewal(*, wearer: Wearer, until: date, actor: Actor, at: datetime) -> None:
    """Somebody asks again, `wristband.consent_ask` days before the consent ends; what was owed so far is done, and the
    wristband stays."""
    for duty in _open(wearer, ASK):
        complete_duty(actor=actor, at=at, duty=duty, evidence=wearer.public_id)
    for duty in _open(wearer, FETCH):
        cancel_duty(actor=actor, at=at, duty=duty, reason="已重新同意")
    ruling = rules_at(wearer.division_code, at).need("wristband.consent_ask")
    asked = max(until - timedelta(days=int(ruling.number)), clock.local(at).date())
    _owe(
        wearer,
        actor,
        at,
        kind=ASK,
        titles=("续办手环同意，或收回手环", "Renew the consent to the wristband, or take it back"),
        day=asked,
        basis=ruling.source,
    )


def owe_return(*, wearer: Wearer, actor: Actor, at: datetime) -> None:
    """Nothing is collected any more: the question is off, and a wristband that is still worn is fetched."""
    for duty in _open(wearer, ASK):
        cancel_duty(actor=actor, at=at, duty=duty, reason="手环同意已结束")
    if _open(wearer, FETCH) or not wearer.wearings.filter(taken_at=None).exists():
        return
    ruling = rules_at(wearer.division_code, at).need("wristband.return")
    _owe(
        wearer,
        actor,
        at,
        kind=FETCH,
        titles=("收回手环：同意已结束", "Take the wristband back: the consent has ended"),
        day=clock.local(at).date() + timedelta(days=int(ruling.number)),
        basis=ruling.source,
    )


def owe_expired(*, at: datetime) -> int:
    """Whose consent to locating ran out and who still wears a wristband: it is fetched; how many. May run twice."""
    with scope.system("a wristband whose consent ran out is fetched"):
        asked = Consent.objects.filter(wearer=OuterRef("pk"), purpose=Purpose.LOCATE, ended_at=None)
        today = clock.local(at).date()
        rows = Wearer.objects.filter(
            Exists(asked.filter(until_date__lt=today)),
            Exists(Wearing.objects.filter(wearer=OuterRef("pk"), taken_at=None)),
            ended_at=None,
        )
        found = [wearer for wearer in rows.order_by("pk") if not _open(wearer, FETCH)]
        for wearer in found:
            owe_return(wearer=wearer, actor=SYSTEM, at=at)
    return len(found)


def note_returned(*, wearer: Wearer, actor: Actor, at: datetime) -> None:
    """The wristband is back."""
    for duty in _open(wearer, FETCH):
        complete_duty(actor=actor, at=at, duty=duty, evidence=wearer.public_id)


def note_ended(*, wearer: Wearer, actor: Actor, at: datetime) -> None:
    """Nobody is asked for somebody who is not looked after any more."""
    for duty in [*_open(wearer, ASK), *_open(wearer, FETCH)]:
        cancel_duty(actor=actor, at=at, duty=duty, reason="佩戴服务已结束")


def _open(wearer: Wearer, kind: str) -> list[Duty]:
    owed = Duty.objects.filter(subject_kind=WEARER, subject_id=wearer.public_id, kind=kind)
    return list(owed.filter(state=Duty.State.OPEN))


def _owe(
    wearer: Wearer,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    titles: tuple[str, str],
    day: date,
    basis: str,
) -> None:
    open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=titles[0],
        title_en=titles[1],
        subject=Subject(WEARER, wearer.public_id),
        owner_org=wearer.owner_org,
        division_code=wearer.division_code,
        case_id=wearer.case_id,
        due_at=deadlines.end_of(day),
        basis=basis[:200],
    )
