"""What a phone may send: one command, read from JSON as it came."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

RUN_BEGIN, RUN_ALL_WELL, RUN_FINISH = "run.begin", "run.all_well", "run.finish"
RUN_HAND_OVER, STOP_ADD, PHOTO_ADD = "run.hand_over", "stop.add", "photo.add"
RUN_PARTNER = "run.partner"
ARRIVE, NOBODY, MET = "visit.arrive", "visit.nobody", "visit.met"
PASS_BY, TAKE_BACK = "visit.pass_by", "visit.take_back"
CONTACT, CLOCK = "contact.record", "clock.tell"
DISPATCH: Final = (
    "dispatch.accept",
    "dispatch.depart",
    "dispatch.arrive",
    "dispatch.finish",
    "dispatch.not_found",
    "dispatch.decline",
    "dispatch.check_in",
)
# Care in a station. A round and a roll-call are about many, a dose about the medicine.
CARE_LOG, CARE_ROUND, CARE_ROLL = "care.log", "care.round", "care.roll"
CARE_DOSE, CARE_VITAL = "care.dose", "care.vital"
CARE_BEDDING, CARE_MISSING = "care.bedding", "care.missing"
CARE: Final = (
    CARE_LOG,
    CARE_ROUND,
    CARE_ROLL,
    CARE_DOSE,
    CARE_VITAL,
    CARE_BEDDING,
    CARE_MISSING,
)
# What somebody is sent out for by himself, told away from the desk: a revisit, an escort home.
REVISIT, ESCORT = "errand.revisit", "errand.escort"
# What a medic looks at and nobody else at the desk.
MEDICAL: Final = (CARE_DOSE, CARE_VITAL)
KINDS: Final = (
    RUN_BEGIN,
    RUN_ALL_WELL,
    RUN_FINISH,
    RUN_HAND_OVER,
    RUN_PARTNER,
    STOP_ADD,
    ARRIVE,
    NOBODY,
    MET,
    PASS_BY,
    TAKE_BACK,
    PHOTO_ADD,
    CONTACT,
    *DISPATCH,
    *CARE,
    REVISIT,
    ESCORT,
    CLOCK,
)
# How a stop ended; the later of two may take the place of the other.
RESULTS: Final = (NOBODY, MET, PASS_BY)
# About nothing that the server knows beforehand.
WITHOUT_SUBJECT: Final = (CONTACT, CLOCK, CARE_ROUND, CARE_ROLL)
MOST_IN_ONE: Final = 50
MOST_SEQ: Final = 2**53

UNREADABLE, UNKNOWN = "unreadable", "unknown"


@dataclass(frozen=True, slots=True)
class Command:
    """One command as the phone made it.

    `seq` counts 1, 2, 3 … on its device; `made_at` is the phone's clock; `tick` is milliseconds
    since the app start that `boot` names, None where the phone told none. `trouble` says why it is
    no command that can be applied (UNREADABLE, UNKNOWN), empty for a good one.
    """

    id: UUID
    kind: str
    body: Mapping[str, Any]
    seq: int | None = None
    about: UUID | None = None
    made_at: datetime | None = None
    tick: int | None = None
    boot: UUID | None = None
    trouble: str = ""

    def told(self, files: Iterable[str] = ()) -> str:
        """What was said, in one form: the same for a second copy, whenever and however it comes.

        `files` are the digests of its files in their order. Neither the place in the queue nor
        the app's running time is part of it: a phone that is enrolled anew counts anew.
        """
        content = {
            "kind": self.kind,
            "about": str(self.about or ""),
            "made_at": self.made_at.isoformat() if self.made_at else "",
            "body": self.body,
            "files": list(files),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(raw: Any) -> Command | None:
    """A command from JSON; None where not even an id can be read, so that nothing can be kept.

    What is wrong otherwise stays with the command as its `trouble`.
    """
    found = raw if isinstance(raw, Mapping) else {}
    own_id = uuid_of(found.get("id"))
    if own_id is None:
        return None
    kind, body = found.get("kind"), found.get("body", {})
    is_text, is_body = isinstance(kind, str), isinstance(body, Mapping)
    command = Command(
        id=own_id,
        kind=str(kind)[:24] if is_text else "",
        body=body if is_body else {"": body},
        seq=_whole(found.get("seq"), least=1),
        about=uuid_of(found.get("about")),
        made_at=moment_of(found.get("made_at")),
        tick=_whole(found.get("tick"), least=0),
        boot=uuid_of(found.get("boot")),
    )
    return _with_trouble(command, is_readable=is_text and is_body)


def _with_trouble(command: Command, *, is_readable: bool) -> Command:
    lacks_subject = command.about is None and command.kind not in WITHOUT_SUBJECT
    is_whole = is_readable and command.made_at is not None and command.seq is not None
    if not is_whole:
        trouble = UNREADABLE
    elif command.kind not in KINDS:
        trouble = UNKNOWN
    else:
        trouble = UNREADABLE if lacks_subject else ""
    values = {name: getattr(command, name) for name in Command.__slots__}
    return Command(**{**values, "trouble": trouble})


def storable(value: Any) -> Any:
    """JSON without what no table takes: half a letter (a lone surrogate) and the null character."""
    if isinstance(value, str):
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\0", " ")
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {storable(name): storable(one) for name, one in value.items()}
    return value


def uuid_of(value: Any) -> UUID | None:
    """An id as JSON holds it."""
    try:
        return UUID(value) if isinstance(value, str) and len(value) <= 36 else None
    except ValueError:
        return None


def moment_of(value: Any) -> datetime | None:
    """A moment in ISO 8601 with its zone, between the years 2000 and 2100."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo and 2000 < moment.year < 2100 else None


def _whole(value: Any, *, least: int) -> int | None:
    """A whole number; JavaScript tells ticks with a fraction."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if least <= value <= MOST_SEQ else None
