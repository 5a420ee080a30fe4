"""Consent to a wristband: given for each purpose by itself, renewed, taken back; collection ends with it at once."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, scans
from nuantu.core.actors import Actor
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.core.retention import keep_until
from nuantu.core.sentences import stored
from nuantu.homeward.models import (
    BarredGiver,
    Consent,
    Giver,
    HowEnded,
    KeyEnd,
    Purpose,
    Wearer,
)
from nuantu.homeward.services.alarms import end_open
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.homeward.services.owing import owe_renewal, owe_return
from nuantu.homeward.services.purging import purge_wearer
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import PersonClass
from nuantu.persons.rules.classes import HARMED_BY_SOMEBODY

CHILD = 14
SCAN = "homeward.consent"


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed to what, on which paper, from when until when; no last day is the usual term. `checked` is how it
    was made sure that a guardian is not who harms the wearer, `scan` the signed paper."""

    purposes: Sequence[str]
    given_by: str
    giver_name: str
    paper: str
    given_date: date
    until_date: date | None = None
    relation: str = ""
    giver_phone: str = ""
    checked: str = ""
    scan: "UploadedFile[bytes] | None" = None


def give_consent(*, actor: Actor, at: datetime, wearer: Wearer, agreed: Agreed) -> list[Consent]:
    """Put down a consent for each purpose; the one before of the same purpose is renewed. Raises HomewardRefused."""
    until = _checked(wearer, agreed, at)
    made = []
    with transaction.atomic():
        scan = _scanned(actor, at, wearer, agreed)
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
                    checked=agreed.checked.strip()[:200],
                    scan=scan,
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
        if Purpose.LOCATE in agreed.purposes:
            owe_renewal(wearer=wearer, until=until, actor=actor, at=at)
    return made


def _scanned(actor: Actor, at: datetime, wearer: Wearer, agreed: Agreed) -> StoredFile | None:
    if agreed.scan is None or wearer.case_id is None:
        return None
    return scans.store(
        upload=agreed.scan,
        division_code=wearer.division_code,
        owner_org=wearer.owner_org,
        case_id=wearer.case_id,
        purpose=SCAN,
        actor=actor,
        at=at,
    )


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
    _may_agree(wearer, agreed, today)
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


def _may_agree(wearer: Wearer, agreed: Agreed, today: date) -> None:
    """Whether this one may agree for the wearer: no child for himself, nobody who harms him. Raises HomewardRefused."""
    if agreed.given_by == Giver.SELF:
        age = wearer.person.age_on(today)
        if age is not None and age.low < CHILD:
            raise HomewardRefused(_("不满14周岁的人要由监护人同意。"), field="given_by")
        return
    if is_barred(wearer, agreed.giver_name):
        raise HomewardRefused(
            _("这个人已登记为不能代为同意。请找本人、其他监护人或居委会、民政部门。"),
            field="giver_name",
        )
    if is_harmed(wearer) and not agreed.checked.strip():
        raise HomewardRefused(
            _("他有家庭暴力或被拐卖标记：请写怎样核实同意人不是加害人。"), field="checked"
        )


def is_harmed(row: ScopedModel) -> bool:
    """Whether the case of the row says that somebody harmed or sold him."""
    marks = PersonClass.objects.filter(case_id=row.case_id, withdrawn_at=None)
    return marks.filter(code__in=HARMED_BY_SOMEBODY).exists()


def is_barred(wearer: Wearer, name: str) -> bool:
    """Whether somebody of this name may not agree for him; spaces make no other name."""
    wanted = "".join(name.split())
    return any("".join(one.name.open().split()) == wanted for one in wearer.barred_givers.all())


def bar_giver(*, actor: Actor, at: datetime, wearer: Wearer, name: str, reason: str) -> int:
    """Somebody may not agree for the wearer any more, because he harms him: what rests on his word ends in this
    moment, tracks included; how many consents. Raises HomewardRefused."""
    name, reason = " ".join(name.split())[:60], " ".join(reason.split())[:200]
    if not name or not reason:
        raise HomewardRefused(
            _("请写谁不能代为同意，和为什么。"), field="reason" if name else "name"
        )
    with transaction.atomic():
        held = Wearer.objects.select_for_update(of=("self",)).get(pk=wearer.pk)
        BarredGiver.objects.create(
            wearer=held, name=name, reason=reason, barred_at=at, barred_by=actor.name
        )
        given = held.consents.filter(ended_at=None, given_by=Giver.GUARDIAN)
        ended = [one for one in given if is_barred(held, one.giver_name.open())]
        given.filter(pk__in=[one.pk for one in ended]).update(
            ended_at=at, ended_how=HowEnded.BARRED
        )
        note(
            held,
            "wearer.bar",
            actor=actor,
            at=at,
            summary=f"登记不能代为同意的人，结束同意 {len(ended)} 项",
            changes={"count": len(ended), "reason": reason},
        )
        _stop(held, {one.purpose for one in ended}, actor, at)
    return len(ended)


def _stop(wearer: Wearer, purposes: AbstractSet[str], actor: Actor, at: datetime) -> int:
    """What rested on these consents ends; how many fixes were destroyed."""
    if purposes - {Purpose.SHARE}:
        end_open(wearer=wearer, at=at)
    if Purpose.LOCATE not in purposes:
        return 0
    owe_return(wearer=wearer, actor=actor, at=at)
    return purge_wearer(wearer=wearer, actor=actor, at=at, why=KeyEnd.WITHDRAWN)


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
        return _stop(wearer, {purpose}, actor, at)
