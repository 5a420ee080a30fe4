"""What a phone sent is kept before anything is done with it."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from nuantu.accounts.selectors import actor_for
from nuantu.core import reference, scope, vault
from nuantu.core.fields import keyed_hash
from nuantu.core.models import DataKey
from nuantu.dispatch.models import Dispatch
from nuantu.fieldwork.models import CommandFile, FieldCommand, FieldDevice, ReviewCard
from nuantu.fieldwork.rules import commands as rules
from nuantu.fieldwork.rules.commands import Command
from nuantu.fieldwork.rules.moments import Heard, Moment, Receipt, clock_offset, happened, left_at
from nuantu.fieldwork.selectors.devices import minutes
from nuantu.fieldwork.services.cards import open_card
from nuantu.fieldwork.services.devices import told_of
from nuantu.operations.selectors import rules_at

log = logging.getLogger(__name__)
Why = ReviewCard.Why
Upload = "UploadedFile[bytes]"
CLOCK_DOUBT = "clock"
MOST_ELAPSED = timedelta(days=400)
_WHY = {rules.UNKNOWN: Why.UNKNOWN, rules.UNREADABLE: Why.UNREADABLE}


class NotKept(Exception):
    """The database refused the row, and not because it is here already."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of a phone: its clock and running time when it sent, what it had last heard of the
    server's clock in the same run of the app, how much it still holds, the app's version, the commands as they came (JSON), the files of each, and further ids of which it asks
    what became of them."""

    commands: Sequence[Any]
    sent_at: datetime | None = None
    tick: int | None = None
    heard: Heard | None = None
    boot: UUID | None = None
    unsent: int = 0
    app: str = ""
    ask: Sequence[UUID] = ()
    files: Mapping[UUID, "Sequence[UploadedFile[bytes]]"] = field(default_factory=dict)


@dataclass(slots=True)
class Kept:
    """What came of a delivery: ids that are safe now, those that were no command, and whether the
    phone had ended, so that all of it lies in review."""

    ids: list[UUID] = field(default_factory=list)
    refused: list[UUID | None] = field(default_factory=list)
    fresh: list[FieldCommand] = field(default_factory=list)
    is_quarantined: bool = False


def keep(*, at: datetime, device: FieldDevice, delivery: Delivery) -> Kept:
    """Keep every command of a delivery, each once; nothing is applied yet.

    The same id with the same content is known already; with other content it becomes a review
    card beside the first. So do commands of a phone that has ended, and what cannot be read.
    """
    with scope.system("a phone delivers without a session"), reference.steady():
        held = _held(device)
        kept = Kept(is_quarantined=held.has_ended(at))
        read = [(rules.read(raw), raw) for raw in delivery.commands]
        found = [command for command, _raw in read if command is not None]
        kept.refused += [None for command, _raw in read if command is None]
        known = _known(found)
        clock = _Clock.of(held, delivery, found, at)
        for command in found:
            _keep_or_leave(held, command, delivery, clock, known, kept)
        _note(held, delivery, clock, kept, at)
    return kept


def _held(device: FieldDevice) -> FieldDevice:
    rows = FieldDevice.objects.select_for_update(of=("self",))
    return rows.select_related("user__organisation__division").get(pk=device.pk)


def _known(found: Sequence[Command]) -> dict[UUID, set[str]]:
    """Which contents are here under each id already."""
    rows = FieldCommand.objects.filter(command_id__in={command.id for command in found})
    known: dict[UUID, set[str]] = {}
    for own_id, digest in rows.values_list("command_id", "digest"):
        known.setdefault(own_id, set()).add(digest)
    return known


def _keep_or_leave(
    device: FieldDevice,
    command: Command,
    delivery: Delivery,
    clock: "_Clock",
    known: dict[UUID, set[str]],
    kept: Kept,
) -> None:
    """Keep one; where that fails it stays on the phone, and holds up none of the others."""
    try:
        with transaction.atomic():
            _keep_one(device, command, delivery, clock, known, kept)
    except Exception:
        log.exception("command %s of a phone could not be kept", command.id)


def _keep_one(
    device: FieldDevice,
    command: Command,
    delivery: Delivery,
    clock: "_Clock",
    known: dict[UUID, set[str]],
    kept: Kept,
) -> None:
    files = delivery.files.get(command.id, ())
    digest = keyed_hash(command.told([_digest_of(one) for one in files]))
    here = known.setdefault(command.id, set())
    if digest not in here:
        write = partial(_write, device, command, digest, clock.moment_of(command), len(files))
        row = write(is_copy=bool(here))
        if row is None:  # another phone brought the same id in this very moment
            here |= _known([command]).get(command.id, set())
            if digest not in here:
                row = write(is_copy=True)
                if row is None and digest not in _known([command]).get(command.id, set()):
                    raise NotKept(command.id)
        if row is not None:
            _write_files(row, files)
            _card_of(row, command, kept.is_quarantined, clock.receipt.received_at)
            kept.fresh.append(row)
    here.add(digest)
    kept.ids.append(command.id)
    if command.trouble:
        kept.refused.append(command.id)


def _digest_of(upload: "UploadedFile[bytes]") -> str:
    upload.seek(0)
    digest = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    return digest


def _write(
    device: FieldDevice,
    command: Command,
    digest: str,
    moment: Moment,
    file_count: int,
    *,
    is_copy: bool,
) -> FieldCommand | None:
    """The row; None where another transaction was first."""
    row = FieldCommand(
        division_code=device.division_code,
        owner_org=device.owner_org,
        case_id=_case_of(device, command),
        recorded_at=moment.received_at,
        device=device,
        command_id=command.id,
        is_copy=is_copy,
        seq=command.seq,
        kind=command.kind,
        about=command.about,
        made_at=command.made_at,
        received_at=moment.received_at,
        happened_at=moment.happened_at,
        body=json.dumps(command.body, ensure_ascii=False),
        digest=digest,
        file_count=file_count,
        doubts=[CLOCK_DOUBT] if moment.is_doubtful else [],
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _case_of(device: FieldDevice, command: Command) -> UUID | None:
    """The case of the tip that a contact answers, so that an erasure reaches what was said of it;
    never a case of another organisation, whose key and journal are not the phone's to use."""
    run = rules.uuid_of(command.body.get("dispatch")) if command.kind == rules.CONTACT else None
    if run is None:
        return None
    sent = Dispatch.objects.filter(public_id=run, owner_org=device.owner_org)
    found = sent.values_list("case_id", "tip__case_id").first()
    case_id = next((one for one in found or () if one), None)
    if case_id and DataKey.objects.filter(key_ref=case_id, destroyed_at__isnull=False).exists():
        return None
    return case_id


def _write_files(row: FieldCommand, files: "Sequence[UploadedFile[bytes]]") -> None:
    for number, upload in enumerate(files, 1):
        content = upload.read()
        CommandFile.objects.create(
            command=row,
            number=number,
            name=(upload.name or "")[:80],
            media_type=rules.storable(upload.content_type or "")[:60],
            size_bytes=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            content=vault.seal_bytes(row.case_id or row.public_id, content),
        )


def _card_of(row: FieldCommand, command: Command, is_quarantined: bool, at: datetime) -> None:
    if row.is_copy:
        open_card(at=at, command=row, why=Why.COPY)
    elif command.trouble:
        open_card(at=at, command=row, why=_WHY[command.trouble])
    elif is_quarantined:
        open_card(at=at, command=row, why=Why.ENDED)


class _Clock:
    """When the commands of one delivery happened."""

    def __init__(
        self, receipt: Receipt, delivery: Delivery, known: dict[int, datetime], doubt: timedelta
    ) -> None:
        self.receipt, self._delivery, self._known, self.doubt = receipt, delivery, known, doubt

    @classmethod
    def of(
        cls, device: FieldDevice, delivery: Delivery, found: Sequence[Command], at: datetime
    ) -> "_Clock":
        before = device.clock_offset_seconds
        doubt = minutes(rules_at(device.division_code, at), "field.clock_doubt")
        receipt = Receipt(
            received_at=at,
            sent_at=delivery.sent_at,
            offset_before=timedelta(seconds=before) if before is not None else None,
            left_at=_left_at(delivery, at, doubt),
        )
        return cls(receipt, delivery, _around(device, found), doubt)

    def moment_of(self, command: Command) -> Moment:
        """When a command happened; those of its phone before and after it are known afterwards."""
        seq, received_at = command.seq, self.receipt.received_at
        made_at = command.made_at or received_at
        floor = max((at for known, at in self._known.items() if seq and known < seq), default=None)
        latest = min((at for known, at in self._known.items() if seq and known > seq), default=None)
        moment = happened(
            made_at,
            self.receipt,
            floor=floor,
            latest=latest,
            elapsed=self._elapsed(command),
            doubt_from=self.doubt,
        )
        if seq:
            self._known[seq] = moment.happened_at
        return moment

    def _elapsed(self, command: Command) -> timedelta | None:
        now, boot = self._delivery.tick, self._delivery.boot
        if now is None or command.tick is None or boot is None or command.boot != boot:
            return None
        return min(max(timedelta(milliseconds=now - command.tick), timedelta()), MOST_ELAPSED)


def _left_at(delivery: Delivery, at: datetime, doubt: timedelta) -> datetime | None:
    heard, sent_at, tick = delivery.heard, delivery.sent_at, delivery.tick
    if heard is None or sent_at is None or tick is None:
        return None
    return left_at(heard, sent_at, tick, at, doubt)


def _around(device: FieldDevice, found: Sequence[Command]) -> dict[int, datetime]:
    """The moments of the phone's neighbouring commands by their places; its enrolment is place 0."""
    known = {0: device.recorded_at}
    places = [command.seq for command in found if command.seq]
    if places:
        rows = FieldCommand.objects.filter(device=device, is_copy=False, seq__isnull=False)
        near = rows.filter(seq__gte=min(places) - 1).values_list("seq", "happened_at")
        known |= {seq: at for seq, at in near if seq}
        if min(places) - 1 not in known:
            before = rows.filter(seq__lt=min(places)).order_by("-seq").first()
            known |= {before.seq: before.happened_at} if before and before.seq else {}
    return known


def _note(device: FieldDevice, delivery: Delivery, clock: _Clock, kept: Kept, at: datetime) -> None:
    """What the phone told of itself, and the line of the delivery."""
    offset, left = clock_offset(clock.receipt, clock.doubt), clock.receipt.left_at
    is_overtaken = left is not None and device.seen_at is not None and left < device.seen_at
    device.seen_at, device.unsent_count = at, max(0, min(delivery.unsent, 2**31 - 1))
    device.app_version = delivery.app[:20]
    if offset is not None and not is_overtaken:
        device.clock_offset_seconds = offset.total_seconds()
    if kept.is_quarantined and device.closed_at is None and not delivery.unsent:
        device.closed_at = at
    device.save(
        update_fields=[
            "seen_at", "unsent_count", "app_version", "clock_offset_seconds", "closed_at",
        ]
    )  # fmt: skip
    if kept.fresh:
        count: dict[str, object] = {
            "count": len(kept.fresh),
            "is_quarantined": kept.is_quarantined,
        }
        said = f"收到手机补送 {len(kept.fresh)} 条"
        told_of(device, "deliver", actor_for(device.user), at, said, count)
