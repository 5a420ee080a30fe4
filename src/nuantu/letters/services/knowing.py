"""Keys of organisations elsewhere: known once somebody typed the fingerprint that was read out on the telephone."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.letters.models import KnownKey
from nuantu.letters.rules import envelope
from nuantu.letters.services.lines import LetterRefused

Entries = Callable[[str, str, str], Collection[UUID]]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed, as the file says: its name and division code (GB/T 2260; empty in a file of before)."""

    name: str
    place_code: str = ""


def _no_book(_org_code: str, _name: str, _place_code: str) -> Collection[UUID]:
    return ()


_books: list[Entries] = [_no_book]


def register_book(entries: Entries) -> None:
    """Say which entries of a house's own contact book carry a name at a place: a key hangs on the entry, so that a
    station that the house renames there keeps it."""
    _books[0] = entries


def know(actor: Actor, at: datetime, sender: Sender, public_key: bytes, heard: str) -> None:
    """Let a key be known that somebody heard, or already knew. Raises LetterRefused where it has to be heard first."""
    entries = _books[0](actor.org_code, sender.name, sender.place_code)
    key = envelope.encoded(public_key)
    known = _known(actor.org_code, sender, entries, key)
    is_same = known is not None and known.public_key == key
    if not is_same:
        _must_be_heard(actor, sender, public_key, heard, known)
    row = known or KnownKey(
        owner_org=actor.org_code, division_code=actor.division_code, recorded_at=at
    )
    row.name, row.place_code = sender.name, sender.place_code
    if row.entry_id not in entries:
        row.entry_id = next(iter(entries), None)
    if not is_same:
        row.public_key, row.confirmed_at, row.confirmed_by = key, at, actor.name[:120]
    row.save()
    if not is_same:
        _say(actor, at, row)


def _known(org_code: str, sender: Sender, entries: Collection[UUID], key: str) -> KnownKey | None:
    """By the entry of the contact book, else by name and place; a key of before has no place yet."""
    rows = KnownKey.objects.select_for_update().filter(owner_org=org_code)
    unbound = rows.filter(entry_id=None, name=sender.name)
    return (
        rows.filter(entry_id__in=entries).first()
        or unbound.filter(place_code=sender.place_code).first()
        or unbound.filter(place_code="", public_key=key).first()
    )


def _must_be_heard(
    actor: Actor, sender: Sender, public_key: bytes, heard: str, known: KnownKey | None
) -> None:
    digits = "".join(one for one in heard if one in "0123456789")
    if digits == envelope.fingerprint(public_key).replace(" ", ""):
        return
    owned = KnownKey.objects.filter(
        owner_org=actor.org_code, public_key=envelope.encoded(public_key)
    )
    under = owned.exclude(name=sender.name).values_list("name", flat=True).first() or ""
    if digits:
        words = _("指纹不符：文件不是%(name)s用这把钥匙签的，不要办理；用公开的电话再核实。")
    elif known is not None:
        words = _("%(name)s的签名钥匙变了。用公开的电话打过去，请对方读出指纹，填在这里再读入。")
    elif under:
        words = _(
            "%(name)s的文件是用%(known)s的钥匙签的。用公开的电话打过去核实，请对方读出指纹，填在这里再读入。"
        )
    else:
        words = _("第一次收到%(name)s的文件。用公开的电话打过去，请对方读出指纹，填在这里再读入。")
    raise LetterRefused(words % {"name": sender.name, "known": under}, field="heard")


def _say(actor: Actor, at: datetime, row: KnownKey) -> None:
    journal.record(
        verb="letters.key.confirm",
        actor=actor,
        at=at,
        subjects=[Subject("letter_key", row.public_id)],
        division_code=row.division_code,
        owner_org=row.owner_org,
        summary=f"电话核对{row.name}的签名指纹",
        changes={"public_key": row.public_key},
    )
