"""Consent to a wristband: given for each purpose by itself, renewed, taken back; collection ends with it at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.retention import keep_until
from nuantu.core.sentences import stored
from nuantu.homeward.models import Consent, Giver, HowEnded, KeyEnd, Purpose, Wearer
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.homeward.services.purging import purge_wearer
from nuantu.operations.selectors import rules_at

CHILD = 14


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed to what, on which paper, from when until when; no last day is the usual term."""

    purposes: Sequence[str]
    given_by: str
    giver_name: str
    paper: str
    given_date: date
    until_date: date | None = None
    relation: str = ""
    giver_phone: str = ""


def give_consent(*, actor: Actor, at: datetime, wearer: Wearer, agreed: Agreed) -> list[Consent]:
    """Put down a consent for each purpose; the one before of the same purpose is renewed. Raises HomewardRefused."""
    until = _checked(wearer, agreed, at)
    made = []
    with transaction.atomic():
        for purpose in dict.fromkeys(agreed.purposes):
            wearer.consents.filter(purpose=purpose, ended_at=None).update(
                ended_at=at, ended_how=HowEnded.RENEWED
            )
            made.append(
                Consent.objects.create(
                    wearer=wearer,
                    purpose=purpose,
                    given_by=agreed.given_by,
                    giver_name=agreed.giver_name.strip()[:60],
                    giver_phone=agreed.giver_phone.strip()[:40],
                    relation=agreed.relation.strip()[:40],
                    paper=agreed.paper.strip()[:120],
                    given_date=agreed.given_date,
                    until_date=until,
                    recorded_at=at,
                    recorded_by=actor.name,
                )
            )
            said = stored(Purpose(purpose).label)
            note(
                wearer,
                "wearer.agree",
                actor=actor,
                at=at,
                summary=f"登记同意：{said}，到 {until}",
                changes={"use": purpose, "given_by": agreed.given_by, "until": until},
            )
    return made


def _checked(wearer: Wearer, agreed: Agreed, at: datetime) -> date:
    """The last day of a consent that can be. Raises HomewardRefused."""
    today, book = clock.local(at).date(), rules_at(wearer.division_code, at)
    if not agreed.purposes or set(agreed.purposes) - set(Purpose.values):
        raise HomewardRefused(_("请选同意用在哪里，至少一项。"), field="purposes")
    if agreed.given_by not in Giver.values or not agreed.giver_name.strip():
        raise HomewardRefused(_("请写是谁同意的：本人或监护人，和姓名。"), field="giver_name")
    if not agreed.paper.strip():
        raise HomewardRefused(
            _("请写同意书的编号或存放处；没有书面同意不能收集位置。"), field="paper"
        )
    age = wearer.person.age_on(today)
    if agreed.given_by == Giver.SELF and age is not None and age.low < CHILD:
        raise HomewardRefused(_("不满14周岁的人要由监护人同意。"), field="given_by")
    if agreed.given_date > today:
        raise HomewardRefused(_("同意的日期不能是以后的日期。"), field="given_date")
    usual = keep_until(agreed.given_date, int(book.need("wristband.consent").number))
    last = keep_until(agreed.given_date, int(book.need("wristband.consent_longest").number))
    until = agreed.until_date or usual
    if until < today:
        raise HomewardRefused(_("同意已经到期，请重新征求同意。"), field="until_date")
    if until > last:
        raise HomewardRefused(
            _("同意最迟到 %(day)s，更长的请到期前再问。") % {"day": last.isoformat()},
            field="until_date",
        )
    return until


def withdraw_consent(
    *, actor: Actor, at: datetime, wearer: Wearer, purpose: str, reason: str
) -> int:
    """Take a consent back: what rests on it ends in this moment; how many fixes were destroyed.

    Without consent to locating, the tracks go at once, with their proof. Raises HomewardRefused.
    """
    if not reason.strip():
        raise HomewardRefused(_("请写是谁、怎样撤回的。"), field="reason")
    with transaction.atomic():
        Wearer.objects.select_for_update().get(pk=wearer.pk)
        changed = wearer.consents.filter(purpose=purpose, ended_at=None).update(
            ended_at=at, ended_how=HowEnded.WITHDRAWN, ended_reason=reason.strip()[:200]
        )
        if not changed:
            raise HomewardRefused(_("这一项没有有效的同意，不用撤回。"), field="purpose")
        said = stored(Purpose(purpose).label)
        note(
            wearer,
            "wearer.withdraw",
            actor=actor,
            at=at,
            summary=f"撤回同意：{said}",
            changes={"use": purpose, "reason": reason.strip()},
        )
        if purpose != Purpose.LOCATE:
            return 0
        return purge_wearer(wearer=wearer, actor=actor, at=at, why=KeyEnd.WITHDRAWN)
