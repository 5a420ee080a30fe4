"""Fragments: put down as they were heard, withdrawn with a reason, never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, files
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.retention import keep_until
from nuantu.core.sentences import stored
from nuantu.core.together import together
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Case, Certainty, FactKind, PersonFact
from nuantu.persons.services import add_fact, withdraw_fact
from nuantu.places.selectors import match_words
from nuantu.tracing.models import CandidatePlace, Fragment, FragmentKind, SaidBy
from nuantu.tracing.services.search_lines import note
from nuantu.tracing.services.searching import SearchRefused, plain
from nuantu.tracing.services.waking import wake

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SOUND: Final = "tracing.sound"
MOST_PLACES: Final = 5
# What of a fragment is put down on the page of the person, so that nobody types it again.
FACTS: Final = {
    FragmentKind.OWN_NAME: FactKind.ALIAS,
    FragmentKind.NICKNAME: FactKind.ALIAS,
    FragmentKind.HOME: FactKind.ORIGIN,
    FragmentKind.ACCENT: FactKind.ACCENT,
}
# Which fragments may name a place.
PLACED: Final = (FragmentKind.HOME, FragmentKind.PLACE, FragmentKind.SCHOOL, FragmentKind.WORK)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard: from whom, by whom, when, where, in which words."""

    kind: str
    words: str
    said_by: str
    certainty: str
    heard_at: datetime
    heard_by: str = ""
    heard_where: str = ""


def add_fragment(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    heard: Heard,
    sound: "UploadedFile[bytes] | None" = None,
    replaces: Fragment | None = None,
) -> Fragment:
    """Put down what was heard. A name, a home and an accent stand on his page at once, and the places it
    may mean on the map. Raises SearchRefused with the field to mend."""
    words = _checked(heard, at)
    if not case.is_open:
        raise SearchRefused(_("个案已结案，不能再记。"))
    with together():
        row = Fragment(
            division_code=case.division_code,
            owner_org=case.owner_org,
            case_id=case.case_id,
            recorded_at=at,
            person=case.person,
            kind=heard.kind,
            words=words,
            said_by=heard.said_by,
            certainty=heard.certainty,
            heard_at=heard.heard_at,
            heard_by=heard.heard_by.strip()[:120] or actor.name,
            heard_where=heard.heard_where.strip()[:120],
            noted_at=at,
            noted_by=actor.name,
            replaces=replaces,
        )
        row.fact = _fact(actor, at, case, row, replaces)
        if sound is not None:
            _record(actor, at, row, sound)
        row.save()
        wake()
        _place(row, actor)
        label = stored(FragmentKind(row.kind).label)
        note(
            verb="tracing.fragment.add",
            actor=actor,
            at=at,
            row=row,
            person=case.person,
            kind="",
            summary=f"记下片段：{label}",
            changes={"kind": row.kind, "said_by": row.said_by},
            sealed={"value": row.words},
            happened_at=row.heard_at,
        )
    return row


def _checked(heard: Heard, at: datetime) -> str:
    words = plain(heard.words, "words", 400)
    if heard.kind not in FragmentKind.values:
        raise SearchRefused(_("请选听到的是哪一类。"), field="kind")
    if heard.said_by not in SaidBy.values:
        raise SearchRefused(_("请选是谁说的。"), field="said_by")
    if heard.certainty not in Certainty.values:
        raise SearchRefused(_("请选有多确定。"), field="certainty")
    if heard.heard_at > at:
        raise SearchRefused(_("听到的时间不能是以后。"), field="heard_at")
    return words


def _fact(
    actor: Actor, at: datetime, case: Case, row: Fragment, before: Fragment | None
) -> PersonFact | None:
    kind = FACTS.get(FragmentKind(row.kind))
    if kind is None or (kind == FactKind.ORIGIN and case.person.is_restricted):
        return None  # where somebody comes from is not masked among facts; it stays a fragment then
    corrects = before.fact if before is not None and before.kind == row.kind else None
    return add_fact(
        actor=actor,
        at=at,
        person=case.person,
        case=case,
        kind=kind,
        value=row.words,
        certainty=row.certainty,
        source=f"片段：{stored(SaidBy(row.said_by).label)}，{row.heard_by}听到",
        corrects=corrects,
    )


def _record(actor: Actor, at: datetime, row: Fragment, sound: "UploadedFile[bytes]") -> None:
    """Keep the recording with its digest and its last day, `keep.fragment_sound` months on."""
    book = rules_at(row.division_code, at)
    if row.case_id is None:
        return
    kept = files.store_sound(
        upload=sound,
        division_code=row.division_code,
        owner_org=row.owner_org,
        case_id=row.case_id,
        purpose=SOUND,
        actor=actor,
        at=at,
        most_bytes=int(book.need("sound.size").number) * 1_000_000,
    )
    months = int(book.need("keep.fragment_sound").number)
    row.sound, row.sound_digest = kept, kept.original_digest
    row.keep_until_date = keep_until(clock.local(at).date(), months)


def forget_sounds(*, at: datetime) -> int:
    """Once a night: recordings whose last day is over are deleted, their words stay; how many.

    Call it under the system scope.
    """
    past = Fragment.objects.filter(keep_until_date__lt=clock.local(at).date(), sound__isnull=False)
    rows = list(past.select_related("sound", "person").order_by("pk")[:500])
    for row in rows:
        sound = row.sound
        if sound is None:
            continue
        row.sound = None
        row.save(update_fields=["sound"])
        files.discard(file=sound)
        note(
            verb="tracing.fragment.forget_sound",
            actor=SYSTEM,
            at=at,
            row=row,
            person=row.person,
            kind="",
            summary="片段的录音保存期满，已删除",
            changes={"digest": row.sound_digest},
        )
    return len(rows)


def _place(row: Fragment, actor: Actor) -> None:
    """Keep the divisions that the words may mean, the likeliest first."""
    if row.kind not in PLACED:
        return
    found = match_words(row.words, actor.division_code[:6], limit=2 * MOST_PLACES)
    places: dict[str, CandidatePlace] = {}
    for one in found:
        if one.public_id or not one.division_code:
            continue
        places.setdefault(
            one.label[:120],
            CandidatePlace(
                fragment=row,
                division_code=one.division_code,
                label=one.label[:120],
                lat=one.lat,
                lon=one.lon,
                percent=min(100, max(1, one.percent)),
            ),
        )
    CandidatePlace.objects.bulk_create(list(places.values())[:MOST_PLACES])


def withdraw_fragment(*, actor: Actor, at: datetime, fragment: Fragment, reason: str) -> Fragment:
    """What was put down was not so: it stays to be read, struck out, with the reason, and what it put down on
    the page of the person is taken back with it. Raises SearchRefused."""
    text = plain(reason, "reason", 200)
    with together():
        held = Fragment.objects.select_for_update(of=("self",)).select_related("person", "fact")
        row = held.get(pk=fragment.pk)
        if row.is_withdrawn:
            raise SearchRefused(_("这一条已经撤回。"))
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, actor.name, text
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        if row.fact is not None:
            withdraw_fact(actor=actor, at=at, fact=row.fact, reason=text)
        wake()
        note(
            verb="tracing.fragment.withdraw",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="",
            summary=f"撤回片段：{stored(FragmentKind(row.kind).label)}",
            changes={"kind": row.kind, "reason": text},
        )
    return row


def dismiss_place(
    *, actor: Actor, at: datetime, place: CandidatePlace, reason: str
) -> CandidatePlace:
    """He cannot mean this place; it leaves the map and keeps the reason. Raises SearchRefused."""
    text = plain(reason, "reason", 200)
    with transaction.atomic():
        held = CandidatePlace.objects.select_for_update(of=("self",))
        row = held.select_related("fragment__person").get(pk=place.pk)
        if row.dismissed_at is not None:
            raise SearchRefused(_("这个地点已经排除。"))
        row.dismissed_at, row.dismissed_by, row.dismissed_reason = at, actor.name, text
        row.save()
        note(
            verb="tracing.place.dismiss",
            actor=actor,
            at=at,
            row=row.fragment,
            person=row.fragment.person,
            kind="",
            summary="候选地点已排除",
            changes={"reason": text, "division": row.division_code},
        )
    return row
