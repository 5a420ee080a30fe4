"""A letter and its answer saved as files that travel by themselves."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.letters.models import (
    ASK,
    Direction,
    Event,
    Letter,
    LetterFile,
    Means,
    OrganisationKey,
    State,
)
from nuantu.letters.rules import envelope
from nuantu.letters.rules.page import page, with_sealed
from nuantu.letters.selectors.files import content_of, page_words
from nuantu.letters.selectors.papers import told_of
from nuantu.letters.services.answering import held
from nuantu.letters.services.lines import LetterRefused, note, put_line

# what our file says to the sender, by how far the letter is
_SAID: Final[Mapping[str, str]] = {
    State.ANSWERED: Event.ANSWERED,
    State.ASKS_BACK: Event.ASKED_BACK,
}


@dataclass(frozen=True, slots=True)
class Saved:
    """A file as it is handed to whoever saves it."""

    name: str
    content: bytes


def save_file(
    *, actor: Actor, at: datetime, letter: Letter, passphrase: str, purpose: str
) -> Saved:
    """The letter as one page that opens anywhere, sealed by a passphrase that is told by telephone and kept nowhere.
    Raises LetterRefused."""
    why, secret = " ".join(purpose.split()), passphrase.strip()
    if len(why) < SHORTEST_PURPOSE:
        raise LetterRefused(_("请写明存成文件的目的，至少4个字。"), field="purpose")
    if not envelope.is_strong(secret):
        raise LetterRefused(_("口令至少8个字符；只用数字的至少12位。"), field="passphrase")
    if not letter.is_out or letter.means == Means.NUANTU:
        raise LetterRefused(_("对方在本系统，由对方答复。"))
    with together():
        row, key = held(letter), own_key(actor, at)
        if row.state == State.ASKS_BACK:
            raise LetterRefused(_("对方在等我们回复，先回复。"))
        answer_key, file_id = envelope.encoded(secrets.token_bytes(envelope.KEY_BYTES)), new_id()
        sender = Organisation.objects.get(code=row.owner_org)
        content = content_of(row, told_of(row), sender, file_id, answer_key, at)
        keep_file(row, file_id, answer_key, actor, at)
        row.means = Means.FILE
        row.save(update_fields=["means"])
        put_line(row, Event.FILED, actor=actor, at=at, words=why[:200], means=Means.FILE)
        said = f"函 {row.number}：已存成文件"
        note(row, "file", actor=actor, at=at, summary=said, basis=why[:200])
    words = page_words()
    empty = page(words["title"][0], words)
    sealed = envelope.sealed_letter(
        content, signer=key, passphrase=secret, page_digest=envelope.page_digest(empty)
    )
    return Saved(f"{row.number}.html", with_sealed(empty, sealed).encode())


def keep_file(letter: Letter, file_id: UUID, answer_key: str, actor: Actor, at: datetime) -> None:
    """Keep the key under which the answer of one file comes or goes."""
    LetterFile.objects.create(
        letter=letter, file_id=file_id, answer_key=answer_key, made_at=at, made_by=actor.name[:120]
    )


def own_key(actor: Actor, at: datetime) -> Ed25519PrivateKey:
    """The key of the actor's house, made with its first file."""
    row = OrganisationKey.objects.filter(owner_org=actor.org_code).first()
    if row is None:
        row = _made_key(actor, at)
    return Ed25519PrivateKey.from_private_bytes(envelope.decoded(row.private_key.open()))


def _made_key(actor: Actor, at: datetime) -> OrganisationKey:
    key = Ed25519PrivateKey.generate()
    made, is_new = OrganisationKey.objects.get_or_create(
        owner_org=actor.org_code,
        defaults={
            "division_code": actor.division_code,
            "recorded_at": at,
            "public_key": envelope.encoded(key.public_key().public_bytes_raw()),
            "private_key": envelope.encoded(key.private_bytes_raw()),
        },
    )
    if is_new:
        journal.record(
            verb="letters.key.make",
            actor=actor,
            at=at,
            subjects=[Subject("letter_key", made.public_id)],
            division_code=made.division_code,
            owner_org=made.owner_org,
            summary="生成本单位的签名钥匙",
            changes={"public_key": made.public_key},
        )
    return made


def save_answer(*, actor: Actor, at: datetime, letter: Letter) -> Saved:
    """Our answer to a letter that came as a file, or what we ask back, sealed for its sender alone.
    Raises LetterRefused."""
    file = LetterFile.objects.filter(letter=letter).order_by("-pk").first()
    event = _SAID.get(letter.state)
    if letter.direction != Direction.IN or event is None or file is None:
        raise LetterRefused(_("先答复或反问，再存成答复文件。"))
    lines = letter.lines.filter(event__in=(event, Event.WAITS)).order_by("pk")
    last = {one.event: one for one in lines}
    with together():
        note(letter, "file", actor=actor, at=at, summary=f"函 {letter.number}：已存成答复文件")
    said = {
        "answer": letter.answer or ASK,
        "by": last[event].noted_by[:60],
        "words": opened(last[event].words),
    }
    if Event.WAITS in last:
        said["waits"] = opened(last[Event.WAITS].words)
    sealed = envelope.sealed_answer(
        said,
        file_id=str(file.file_id),
        number=letter.number,
        answer_key=envelope.decoded(file.answer_key.open()),
    )
    return Saved(f"{letter.number}-answer.json", sealed.encode())
