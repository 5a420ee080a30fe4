"""Who reported: sealed, shown for a purpose, forgotten when nobody needs him any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.words import one_line
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.dispatch.services.rows import subject_of, write_line


class PurposeMissing(Refusal):
    """A look at the reporter needs its purpose."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """The opened values; they go to one page and nowhere else."""

    name: str
    callback: str


def reveal_reporter(*, actor: Actor, at: datetime, tip: Tip, purpose: str) -> Reporter:
    """Open who reported, and write down who looked and what for. Raises PurposeMissing."""
    words = one_line(purpose)[:300]
    if len(words) < 2:
        raise PurposeMissing(_("请写明查看目的，例如：找不到人，回电问路。"), field="purpose")
    journal.record(
        verb="dispatch.reporter.reveal",
        actor=actor,
        at=at,
        subjects=[subject_of(tip)],
        division_code=tip.division_code,
        owner_org=tip.owner_org,
        case_id=tip.case_id,
        summary="查看了报告人",
        basis=words,
        is_basis_typed=True,
    )
    return Reporter(name=tip.reporter_name.open(), callback=tip.callback.open())


def record_reply(*, actor: Actor, at: datetime, tip: Tip) -> Tip:
    """The reporter was told what came of it (F-01 回复报告人时间)."""
    Tip.objects.filter(pk=tip.pk).update(replied_at=at, changed_at=at)
    tip.refresh_from_db()
    write_line(verb="dispatch.tip.reply", actor=actor, at=at, tip=tip, summary="已回复报告人")
    return tip


def forget_reporters(*, at: datetime) -> int:
    """Empty name and number of tips closed longer ago than receipts are kept; how many.

    The search hash goes too and the key is destroyed; the journal says only that it was done.
    """
    count = 0
    waiting = Tip.objects.filter(state=Tip.State.CLOSED).exclude(
        callback="", reporter_name="", callback_hash=""
    )
    for tip in waiting.order_by("closed_at")[:500]:
        days = rulings_at(tip.division_code, at).book.need("tip.receipt_keep").number
        if tip.closed_at is None or at - tip.closed_at < timedelta(days=days):
            continue
        Tip.objects.filter(pk=tip.pk).update(callback="", reporter_name="", callback_hash="")
        # The row's earlier versions hold the ciphertext too: without the key nobody reads them.
        journal.erase(
            key_ref=tip.public_id,
            actor=SYSTEM,
            at=at,
            reason=f"办结满 {int(days)} 天",
            division_code=tip.division_code,
            owner_org=tip.owner_org,
        )
        count += 1
    return count
