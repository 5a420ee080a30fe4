"""Two records of one human: proposed, decided by a person, undone when wrong; never merged (TR-09)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.persons.models import Person, PersonLink

LIVE = (PersonLink.State.PROPOSED, PersonLink.State.CONFIRMED, PersonLink.State.REJECTED)


class LinkRefused(Refusal):
    """The two records cannot be linked as asked."""


def propose_link(
    *, actor: Actor, at: datetime, first: Person, second: Person, reasons: list[str]
) -> PersonLink:
    """Say that two records may be one human. An opinion that stands already is returned as it is."""
    if first.pk == second.pk:
        raise LinkRefused(_("这是同一条记录。"))
    older, newer = sorted((first, second), key=lambda person: person.pk)
    with transaction.atomic():
        link, is_new = PersonLink.objects.get_or_create(
            first=older,
            second=newer,
            state__in=LIVE,
            defaults={
                "first": older,
                "second": newer,
                "state": PersonLink.State.PROPOSED,
                "reasons": reasons,
                "proposed_by": actor.name,
                "proposed_at": at,
            },
        )
        if is_new:
            _note(actor, at, link, "persons.link.propose", "提出：可能是同一人", "")
    return link


def link_persons(
    *, actor: Actor, at: datetime, first: Person, second: Person, reasons: list[str], note: str = ""
) -> PersonLink:
    """Decide that two records are one human; cases stay where they are, the pages show both."""
    link = propose_link(actor=actor, at=at, first=first, second=second, reasons=reasons)
    return decide_link(actor=actor, at=at, link=link, is_same=True, note=note)


def decide_link(
    *, actor: Actor, at: datetime, link: PersonLink, is_same: bool, note: str = ""
) -> PersonLink:
    """Confirm or reject a proposal; a decision that stands is changed only by undoing it first."""
    wanted = PersonLink.State.CONFIRMED if is_same else PersonLink.State.REJECTED
    with transaction.atomic():
        changed = PersonLink.objects.filter(pk=link.pk, state=PersonLink.State.PROPOSED).update(
            state=wanted, decided_by=actor.name, decided_at=at, note=note.strip()[:200]
        )
        link.refresh_from_db()
        if not changed and link.state != wanted:
            raise LinkRefused(_("已经有人作了决定，请先撤销再改。"))
        if changed:
            verb = "persons.link.confirm" if is_same else "persons.link.reject"
            _note(actor, at, link, verb, "确认为同一人" if is_same else "确认不是同一人", note)
        if changed and is_same:
            events.announce("persons.link_confirmed", person=str(link.first.public_id))
    return link


def undo_link(*, actor: Actor, at: datetime, link: PersonLink, reason: str) -> PersonLink:
    """Take a decision back: both records are as they were, because nothing was rewritten."""
    with transaction.atomic():
        changed = PersonLink.objects.filter(pk=link.pk, state__in=LIVE).update(
            state=PersonLink.State.UNDONE,
            decided_by=actor.name,
            decided_at=at,
            note=reason.strip()[:200],
        )
        link.refresh_from_db()
        if changed:
            _note(actor, at, link, "persons.link.undo", "撤销同一人的认定", reason)
    return link


def _note(
    actor: Actor, at: datetime, link: PersonLink, verb: str, summary: str, reason: str
) -> None:
    """One line on each record: a reader of one must not learn of the other through a shared line."""
    for person in (link.first, link.second):
        journal.record(
            verb=verb,
            actor=actor,
            at=at,
            subjects=[Subject("person", person.public_id), Subject("person_link", link.public_id)],
            division_code=person.division_code,
            owner_org=person.owner_org,
            summary=summary,
            changes={"reasons": link.reasons, "reason": reason.strip()},
        )
