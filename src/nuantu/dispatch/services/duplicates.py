"""Possible duplicates are proposed by a job and decided by a person; nothing is ever deleted."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nuantu.core import live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.dispatch.models import Notice, Tip, TipLink
from nuantu.dispatch.rules.duplicates import SUGGEST_FROM, likeness
from nuantu.dispatch.selectors.duplicates import sighting_of, tips_around
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.dispatch.services.closing import close_as_duplicate, reopen_tip
from nuantu.dispatch.services.rows import write_for, write_line
from nuantu.dispatch.services.telling import give_on


class LinkRefused(Refusal):
    """The two tips cannot be joined like this."""


def propose_links(*, at: datetime, tip: Tip) -> int:
    """Propose the tips that may be about the same person; how many pairs are new.

    Runs in a job after intake, under the system scope; a pair that stands or was decided is left.
    """
    bounds = rulings_at(tip.division_code, at).duplicate_bounds
    mine = sighting_of(tip)
    fresh = []
    window = timedelta(minutes=bounds.window_minutes)
    for other in tips_around(tip, since=tip.received_at - window, until=tip.received_at + window):
        like = likeness(mine, sighting_of(other), bounds)
        if like.score < SUGGEST_FROM:
            continue
        earlier, later = sorted((tip, other), key=lambda t: (t.received_at, t.pk))
        fresh.append(
            TipLink(
                earlier=earlier,
                later=later,
                score=like.score,
                metres=like.metres,
                reasons=",".join(like.reasons),
                proposed_at=at,
            )
        )
    known = TipLink.objects.count
    before = known()
    TipLink.objects.bulk_create(fresh, ignore_conflicts=True)
    count = known() - before
    if count:
        live.hint("tips", tip.division_code, tip.owner_org)
    return count


def confirm_same(*, actor: Actor, at: datetime, link: TipLink) -> TipLink:
    """Two tips are about one person: the later one follows the earlier one and its clock ends.

    The one that is closed already never leads. Raises LinkRefused.
    """
    with write_for(actor, link.earlier.owner_org, link.later.owner_org):
        _decide(actor, at, link, TipLink.State.SAME)
        locked = Tip.objects.select_for_update().in_bulk([link.earlier_id, link.later_id])
        main, follower = locked[link.earlier_id], locked[link.later_id]
        if main.state == Tip.State.CLOSED:
            main, follower = follower, main
        if main.state == Tip.State.CLOSED or follower.follows_id:
            raise LinkRefused(_("两条线索都已办结，不能再合并办理；可以先重新打开其中一条。"))
        if follower.state != Tip.State.CLOSED:
            _give_on(follower, main, actor, at)
            close_as_duplicate(actor=actor, at=at, tip=follower, main=main)
        _write(actor, at, follower, main, "same", f"与「{main.place_text}」是同一人，一并办理")
    return link


def _give_on(follower: Tip, main: Tip, actor: Actor, at: datetime) -> None:
    """What is urgent and who must still be told goes over to the tip that is worked on."""
    main.urgent_flags = [f for f in Tip.Flag.values if f in main.flags | follower.flags]
    main.changed_at = at
    main.save(update_fields=["urgent_flags", "changed_at"])
    give_on(actor=actor, at=at, follower=follower, main=main)
    due = follower.notices.filter(state=Notice.State.DUE)
    Notice.objects.bulk_create(
        [Notice(tip=main, recipient=n.recipient, basis=n.basis, asked_at=at) for n in due],
        ignore_conflicts=True,
    )
    due.update(
        state=Notice.State.NOT_NEEDED,
        recorded_at=at,
        by=actor.name,
        reason=f"与「{main.place_text}」是同一人，按该线索通知"[:300],
    )


def decide_different(*, actor: Actor, at: datetime, link: TipLink) -> TipLink:
    """Two tips are about different people; the pair is never proposed again."""
    with write_for(actor, link.earlier.owner_org, link.later.owner_org):
        _decide(actor, at, link, TipLink.State.DIFFERENT)
        _write(actor, at, link.later, link.earlier, "different", "不是重复线索")
    return link


def separate(*, actor: Actor, at: datetime, link: TipLink, reason: str) -> TipLink:
    """Take back a join: the follower waits again with a clock of its own. Raises LinkRefused."""
    follower = link.later if link.later.follows_id == link.earlier_id else link.earlier
    if link.state != TipLink.State.SAME:
        raise LinkRefused(_("这两条线索没有合并。"))
    with write_for(actor, link.earlier.owner_org, link.later.owner_org):
        if follower.follows_id:
            reopen_tip(actor=actor, at=at, tip=follower, reason=reason)
        TipLink.objects.filter(pk=link.pk).update(
            state=TipLink.State.DIFFERENT, decided_at=at, decided_by=actor.name
        )
        link.refresh_from_db()
        _write(actor, at, link.later, link.earlier, "separate", f"分开办理：{reason}")
    return link


def _decide(actor: Actor, at: datetime, link: TipLink, state: str) -> None:
    changed = TipLink.objects.filter(pk=link.pk, state=TipLink.State.PROPOSED).update(
        state=state, decided_at=at, decided_by=actor.name
    )
    link.refresh_from_db()
    if not changed:
        raise LinkRefused(
            _("%(name)s 已经判断过：%(state)s。")
            % {"name": link.decided_by, "state": link.get_state_display()}
        )


def _write(actor: Actor, at: datetime, tip: Tip, other: Tip, verb: str, summary: str) -> None:
    write_line(
        verb=f"dispatch.link.{verb}",
        actor=actor,
        at=at,
        tip=tip,
        also=[Subject("tip", other.public_id)],
        summary=summary,
    )
