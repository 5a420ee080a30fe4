"""A model of the phone's outbox and of a bad line, to be run against the real inbox.

The phone keeps a command until its id comes back as kept. The line loses requests, loses answers,
holds requests back and delivers them late, brings them twice; the server is killed between keeping
and applying, or half-way through applying. Whatever it does, the phone sends again.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from nuantu.core import clock
from nuantu.fieldwork import services
from nuantu.fieldwork.models import FieldDevice
from nuantu.fieldwork.rules.moments import Heard
from nuantu.fieldwork.services import Delivery
from nuantu.fieldwork.services.applying import _apply_next
from tests.encounters.conftest import photo

Made = dict[str, Any]
PICTURE = photo().read()
# A phone that was told no time gives a request up before it would look like a clock that was set.
LONGEST_WAY = timedelta(minutes=2)
FRESH = timedelta(minutes=1)
FATES = ("whole", "request lost", "answer lost", "held back", "twice", "killed", "half applied")


def a_picture() -> SimpleUploadedFile:
    """A photo, the same bytes whenever it is sent."""
    return SimpleUploadedFile("photo.jpg", PICTURE, "image/jpeg")


class Dice(random.Random):
    """Chance that can be thrown again by its seed."""


@dataclass
class Outbox:
    """One phone: what it made and still holds, and how wrong its clock is."""

    device: FieldDevice
    rng: Dice
    ahead_by: timedelta = timedelta()
    boot: UUID = field(default_factory=lambda: UUID(int=0))
    started_at: datetime = field(default_factory=clock.now)
    made: list[Made] = field(default_factory=list)
    held: list[Made] = field(default_factory=list)
    limbo: list[Delivery] = field(default_factory=list)
    heard: Heard | None = None

    def now(self) -> datetime:
        """The phone's own clock."""
        return clock.now() + self.ahead_by

    def tick(self) -> int:
        """Milliseconds since the app was started."""
        return round((clock.now() - self.started_at).total_seconds() * 1000)

    def make(self, kind: str, about: UUID | None, body: dict[str, Any]) -> Made:
        """A command is made and lies in the outbox."""
        command = {
            "id": str(UUID(int=self.rng.getrandbits(128))),
            "seq": len(self.made) + 1,
            "kind": kind,
            "about": str(about) if about else None,
            "made_at": self.now().isoformat(),
            "tick": self.tick(),
            "boot": str(self.boot),
            "body": body,
        }
        self.made.append(command)
        self.held.append(command)
        return command

    def tell_clock(self) -> None:
        """The app's first word after it was enrolled, while there is signal."""
        self.make("clock.tell", None, {})
        self.drain()

    def greet(self) -> None:
        """Before the phone sends it asks what time it is, unless it heard so a moment ago; one time
        in five there is no answer."""
        if self.heard and self.now() - self.heard.here < FRESH:
            return
        if self.rng.random() < 0.8:
            self.heard = Heard(clock.now(), self.now(), self.tick())

    def delivery(self, commands: list[Made]) -> Delivery:
        self.greet()
        return Delivery(
            commands=commands,
            sent_at=self.now(),
            tick=self.tick(),
            heard=self.heard,
            boot=self.boot,
            unsent=len(self.held) - len(commands),
            files={
                UUID(one["id"]): [a_picture()] for one in commands if one["kind"] == "photo.add"
            },
        )

    def sync(self) -> None:
        """Try once to send something, over a line that does what it likes."""
        if not self.held:
            return
        first = self.rng.randrange(len(self.held)) if self.rng.random() < 0.3 else 0
        some = self.held[first : first + self.rng.randint(1, 6)]
        if self.rng.random() < 0.2:
            self.rng.shuffle(some)
        delivery = self.delivery(some)
        fate = self.rng.choice(FATES)
        if fate == "held back":
            self.limbo.append(delivery)
        if fate in ("request lost", "held back"):
            return
        arrive(
            self.device,
            delivery,
            is_killed=fate == "killed",
            most=1 if fate == "half applied" else None,
        )
        if fate == "twice":
            arrive(self.device, delivery)
        if fate in ("whole", "twice"):
            self.told(delivery)

    def told(self, delivery: Delivery) -> None:
        """The answer came: what is kept there is not held here any longer."""
        ids = {one["id"] for one in delivery.commands}
        self.held = [one for one in self.held if one["id"] not in ids]

    def late(self) -> None:
        """One of the requests that were held back arrives, if the phone has not given it up."""
        if not self.limbo:
            return
        delivery = self.limbo.pop(self.rng.randrange(len(self.limbo)))
        sent_at = delivery.sent_at
        if delivery.heard or (sent_at and self.now() - sent_at <= LONGEST_WAY):
            arrive(self.device, delivery)

    def drain(self) -> None:
        """In the end there is signal: everything arrives, in its order, and once more what was
        held back."""
        while self.held:
            delivery = self.delivery(self.held[:50])
            arrive(self.device, delivery)
            self.told(delivery)
        while self.limbo:
            self.late()


def arrive(
    device: FieldDevice, delivery: Delivery, *, is_killed: bool = False, most: int | None = None
) -> None:
    """A request reaches the server; killed after keeping, or after applying `most` commands."""
    at = clock.now()
    services.keep(at=at, device=device, delivery=delivery)
    if is_killed:
        return
    if most is None:
        services.apply_due(at=at, device_id=device.public_id)
        return
    for _one in range(most):
        _apply_next(at, device.public_id)
