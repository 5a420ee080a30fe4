"""Files read in: the answer to a letter of ours, and a letter of another installation.

A file is a stranger's until its key, its signature, its receiver and its term are checked; nothing of it is kept before.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nuantu.core import vault
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.throttle import allow
from nuantu.core.together import together
from nuantu.letters.models import (
    ANSWERS_TO,
    ASK,
    TAKING,
    Direction,
    Event,
    Kind,
    Letter,
    LetterFile,
    Means,
    State,
)
from nuantu.letters.rules import envelope
from nuantu.letters.rules.envelope import Fault, FileFaulty
from nuantu.letters.rules.facts import packed
from nuantu.letters.rules.received import Received, as_received
from nuantu.letters.selectors.files import own_fingerprint, sent_file
from nuantu.letters.services import owing
from nuantu.letters.services.answering import Said, held, put_asked_back
from nuantu.letters.services.filing import keep_file
from nuantu.letters.services.following import put_answer
from nuantu.letters.services.hearing import tell_owner
from nuantu.letters.services.knowing import Sender, know
from nuantu.letters.services.lines import LONGEST, LetterRefused, note, put_line, put_told, told

READS, READS_SECONDS = 20, 600
LONGEST_BY: Final = 60
_FAULTS: Final = {
    Fault.NOT_OURS: _("这不是暖途的函或答复文件。"),
    Fault.TOO_LARGE: _("文件太大，不是函或答复文件。"),
    Fault.ALTERED: _("文件不完整或被改动过，没有读入。请对方重发。"),
    Fault.WRONG_KEY: _("口令不对，或者文件被改动过。请打电话核对口令。"),
}


@dataclass(frozen=True, slots=True)
class FromFile:
    """An answer, or a question, as a file says it, before it counts."""

    letter: Letter
    file_id: UUID
    said: Said


def read_file(file: bytes) -> envelope.Opened:
    """The envelope of a file. Raises LetterRefused."""
    try:
        return envelope.read(file)
    except FileFaulty as error:
        raise _refused(error, "file") from error


def _refused(error: FileFaulty, field: str) -> LetterRefused:
    is_passphrase = error.fault == Fault.WRONG_KEY
    return LetterRefused(_FAULTS[error.fault], field="passphrase" if is_passphrase else field)


def count_reading(*, actor: Actor) -> None:
    """Count one more try. Raises LetterRefused where passphrases are being guessed."""
    if not allow(f"letter-file:{actor.public_id}", READS, READS_SECONDS):
        raise LetterRefused(_("读入次数太多，请10分钟后再试。"))


def read_answer(*, actor: Actor, at: datetime, found: envelope.Opened) -> FromFile:
    """What an answer file says about which letter of ours; nothing counts yet. Raises LetterRefused."""
    file = sent_file(actor.org_code, _uuid(found.fields.get("file")))
    if file is None or found.fields.get("number") != file.letter.number:
        raise LetterRefused(_("这不是我们发出的函的答复。"), field="file")
    letter = file.letter
    if letter.state == State.WITHDRAWN:
        raise LetterRefused(_("这封函已经撤回，答复不再登记。"), field="file")
    try:
        inside = envelope.opened_answer(found, envelope.decoded(file.answer_key.open()))
    except FileFaulty as error:
        raise _refused(error, "file") from error
    said = _new_of(letter, file, _said(letter, inside))
    note(letter, "file", actor=actor, at=at, summary=f"函 {letter.number}：读入答复文件")
    return FromFile(letter, file.file_id, said)


def _said(letter: Letter, inside: dict[str, Any]) -> Said:
    by = " ".join(str(inside.get("by", "")).split())
    words, waits = (told(str(inside.get(one, "")), LONGEST + 1) for one in ("words", "waits"))
    answers = (*ANSWERS_TO[Kind(letter.kind)], ASK)
    is_fit = inside.get("answer") in answers and by.isprintable() and 0 < len(by) <= LONGEST_BY
    if not is_fit or not 0 < len(words) <= LONGEST or len(waits) > LONGEST:
        raise LetterRefused(_("答复文件里的答复不完整，请对方重写。"), field="file")
    taken = waits if letter.kind in TAKING else ""
    return Said(str(inside["answer"]), words, by, letter.partner_name, Means.FILE, taken)


def _new_of(letter: Letter, file: LetterFile, said: Said) -> Said:
    """What of a file is not put down yet. Raises LetterRefused where that is nothing."""
    rest = replace(said, waits="" if _is_noted(letter, said.waits) else said.waits)
    if letter.is_open and said.answer == ASK:
        if letter.state == State.ASKS_BACK:
            raise LetterRefused(_("对方在等我们回复，先回复。"), field="file")
        if file.asked_back_at is not None:
            raise LetterRefused(
                _("这个文件里的反问已经登记过。回复后重新存成文件，再发给对方。"), field="file"
            )
        return rest
    if letter.is_open:
        return rest
    if not rest.waits:
        raise LetterRefused(_("这封函已经有答复，不再登记第二次。"), field="file")
    return replace(rest, answer="", words="")


def _is_noted(letter: Letter, waits: str) -> bool:
    return waits in [opened(one.words) for one in letter.lines.filter(event=Event.WAITS)]


def _uuid(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise LetterRefused(_FAULTS[Fault.ALTERED], field="file") from error


def carried(*, actor: Actor, answer: FromFile) -> str:
    """The answer that a page carries, sealed, until the same account says that it counts."""
    ids = {"letter": str(answer.letter.public_id), "file": str(answer.file_id)}
    said = {**ids, **asdict(answer.said)}
    return vault.seal_passing(json.dumps(said), f"letter-file:{actor.public_id}")


def count_answer(*, actor: Actor, at: datetime, letter: Letter, token: str) -> Letter:
    """Let the answer of a file count, once. Raises LetterRefused."""
    text = vault.unseal_passing(token, f"letter-file:{actor.public_id}")
    said = json.loads(text) if text else {}
    if said.pop("letter", "") != str(letter.public_id):
        raise LetterRefused(_("页面已经过期，请重新读入文件。"))
    file_id, counted = UUID(said.pop("file")), Said(**said)
    with together():
        if counted.answer == ASK:
            _ask_back(actor, at, letter, file_id, counted)
        elif counted.answer:
            put_answer(actor=actor, at=at, letter=letter, said=counted)
        if counted.waits:
            _wait(actor, at, letter, counted)
    return letter


def _ask_back(actor: Actor, at: datetime, letter: Letter, file_id: UUID, said: Said) -> None:
    row = held(letter)
    file = LetterFile.objects.select_for_update().get(letter=row, file_id=file_id)
    _new_of(row, file, said)
    file.asked_back_at = at
    file.save(update_fields=["asked_back_at"])
    by = (said.by, row.partner_name)
    tell_owner(actor, at, row, put_asked_back(actor, at, row, said.words, by))


def _wait(actor: Actor, at: datetime, letter: Letter, said: Said) -> None:
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    if row.state == State.WITHDRAWN:
        raise LetterRefused(_("这封函已经撤回。"))
    if _is_noted(row, said.waits):
        raise LetterRefused(_("这封函已经有答复，不再登记第二次。"))
    by = (said.by, row.partner_name)
    tell_owner(actor, at, row, put_told(actor, at, row, Event.WAITS, said.waits, by=by))


def read_letter(
    *, actor: Actor, at: datetime, found: envelope.Opened, passphrase: str, heard: str
) -> Letter:
    """A letter of another installation becomes a received one. `heard` is the fingerprint as it was read out on the
    telephone, needed where its key is not known or has changed. Raises LetterRefused."""
    try:
        signed = envelope.opened_letter(found, passphrase.strip())
        letter = as_received(signed.content)
    except FileFaulty as error:
        raise _refused(error, "file") from error
    _must_be_for(actor, signed.public_key, letter, at)
    with together():
        before = _read_before(actor, letter)
        know(actor, at, Sender(letter.from_name, letter.from_place), signed.public_key, heard)
        return _replied(actor, at, before, letter) if before else _received(actor, at, letter)


def _must_be_for(actor: Actor, public_key: bytes, letter: Received, at: datetime) -> None:
    if envelope.fingerprint(public_key) == own_fingerprint(actor.org_code):
        raise LetterRefused(_("这是我们自己发出的函。"), field="file")
    if "".join(letter.to.split()) != "".join(actor.org_name.split()):
        raise LetterRefused(
            _("这封函是发给%(name)s的，不是发给我们的。要办的，用浏览器打开文件答复。")
            % {"name": letter.to},
            field="file",
        )
    if letter.valid_until < at:
        raise LetterRefused(_("文件过了有效期，请对方重发。"), field="file")


def _read_before(actor: Actor, said: Received) -> Letter | None:
    """The letter, where the file answers what we asked back. Raises LetterRefused where it tells nothing new."""
    rows = Letter.objects.select_for_update().filter(
        owner_org=actor.org_code, direction=Direction.IN, letter_id=said.letter_id
    )
    letter = rows.first()
    if letter is None:
        return None
    heard = letter.lines.filter(event=Event.REPLIED).count()
    is_reply = letter.state == State.ASKS_BACK and len(said.replies) > heard
    is_same = (letter.partner_name, letter.means) == (said.from_name, Means.FILE)
    if not is_same or not is_reply:
        raise LetterRefused(_("这封函已经读入过。"), field="file")
    return letter


def _replied(actor: Actor, at: datetime, letter: Letter, said: Received) -> Letter:
    letter.state, letter.due_at = State.WAITING, said.due_at
    letter.save(update_fields=["state", "due_at"])
    keep_file(letter, said.file_id, said.answer_key, actor, at)
    last = said.replies[-1]
    _owe_answer(actor, at, letter)
    put_told(actor, at, letter, Event.REPLIED, told(last.words), by=(last.by, last.org))
    note(letter, "file", actor=actor, at=at, summary=f"函 {letter.number}：读入文件")
    return letter


def _owe_answer(actor: Actor, at: datetime, letter: Letter) -> None:
    basis = owing.answer_due(letter.kind, letter.division_code, at)[1]
    owing.owe(actor, at, letter, owing.ANSWER, letter.due_at, basis)


def _received(actor: Actor, at: datetime, said: Received) -> Letter:
    letter = Letter.objects.create(
        division_code=actor.division_code,
        owner_org=actor.org_code,
        recorded_at=at,
        letter_id=said.letter_id,
        direction=Direction.IN,
        kind=said.kind,
        number=said.number,
        means=Means.FILE,
        partner_name=said.from_name,
        partner_phones=said.from_phone,
        words=told(said.words),
        facts=packed(said.facts),
        asked_at=said.asked_at,
        asked_by=said.asked_by,
        due_at=said.due_at,
    )
    keep_file(letter, said.file_id, said.answer_key, actor, at)
    put_line(letter, Event.SENT, actor=actor, at=at, by=(said.asked_by, said.from_name))
    for one in said.talk:
        put_line(
            letter,
            one.event,
            actor=actor,
            at=at,
            words=told(one.words),
            happened_at=min(one.at, at),
            by=(one.by, one.org),
        )
    _owe_answer(actor, at, letter)
    note(letter, "file", actor=actor, at=at, summary=f"函 {letter.number}：读入文件")
    return letter
