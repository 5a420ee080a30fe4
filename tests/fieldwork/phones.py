"""A phone as a test holds it: it makes commands and sends them over HTTP."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.test import Client

from nuantu.core import clock, scope
from nuantu.fieldwork import services
from nuantu.fieldwork.models import FieldDevice
from nuantu.patrols.models import PatrolStop
from tests.cast import Player

Made = dict[str, Any]
# A man under the south bridge who takes what he is given and stays.
FIELDS = [
    ["conditions", "thin_clothes"],
    ["sex", "male"],
    ["age", "50"],
    ["looks", "灰大衣"],
    ["capacity", "capable"],
    ["is_informed", "on"],
    ["outcome", "refused"],
    ["goods_food", "1"],
    ["goods_drink", "1"],
    ["goods_padded_clothes", "1"],
    ["goods_quilt", "1"],
    ["refusal_choice", "要等人、要做事"],
    ["has_card", "on"],
    ["evidence", "declined"],
    ["evidence_reason", "本人不让拍"],
    ["place", "南桥桥洞"],
    ["closes_tip", "on"],
]
Answer = Any  # the test client's response: Django's with `json()`


@dataclass
class Phone:
    """An enrolled phone: its token, its place in the queue, its clock's error."""

    player: Player
    route: Any
    device: UUID
    token: str
    slow_by: timedelta = timedelta()
    seq: int = 0
    client: Client = field(default_factory=Client)

    @property
    def header(self) -> dict[str, str]:
        return {"Authorization": f"Field {self.token}"}

    def now(self) -> str:
        """The phone's own clock."""
        return (clock.now() - self.slow_by).isoformat()

    def make(self, kind: str, about: UUID | str | None = None, /, **body: Any) -> Made:
        """A command, made now."""
        self.seq += 1
        return {
            "id": str(uuid4()),
            "seq": self.seq,
            "kind": kind,
            "about": str(about) if about else None,
            "made_at": self.now(),
            "tick": None,
            "boot": None,
            "body": body,
        }

    def send(
        self,
        *made: Made,
        unsent: int = 0,
        ask: Sequence[str] = (),
        files: Mapping[str, "UploadedFile[bytes]"] | None = None,
    ) -> Answer:
        """Deliver commands."""
        said = json.dumps(
            {
                "sent_at": self.now(),
                "unsent": unsent,
                "app": "test",
                "commands": list(made),
                "ask": list(ask),
            }
        )
        if files is None:
            data: Any = said
            return self.client.post(
                "/field/commands", data, content_type="application/json", headers=self.header
            )
        return self.client.post("/field/commands", {"commands": said, **files}, headers=self.header)

    def bundle(self, **headers: str) -> Answer:
        return self.client.get("/field/bundle", headers=self.header | headers)

    @property
    def stop(self) -> UUID:
        """The south bridge, by the id of the plan."""
        with scope.system("a test looks"):
            return PatrolStop.objects.get(route=self.route).public_id


def enrolled(player: Player, route: Any = None) -> Phone:
    """A phone that its user enrolled on the page."""
    answer = player.browser().post(
        "/field/devices/", json.dumps({"label": "红米"}), content_type="application/json"
    )
    assert answer.status_code == 201, answer.content
    said = answer.json()
    return Phone(player, route, UUID(said["device"]), said["token"])


def device_of(player: Player) -> FieldDevice:
    """A phone of somebody, without its token."""
    with scope.enter(scope.of_actor(player.actor)):
        found, _token = services.enrol(actor=player.actor, at=clock.now(), label="红米")
    return found


def states(answer: Answer) -> list[str]:
    """The states that an answer tells, in the order of its commands."""
    said: dict[str, Any] = json.loads(answer.content)
    return [said["states"][own_id]["state"] for own_id in said["kept"]]
