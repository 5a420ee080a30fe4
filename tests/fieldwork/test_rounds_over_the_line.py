"""Random evenings in the house over a bad line, told by the tablets of a carer and a medic: what arrives
equals what the same buttons online would have done."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db.models import Model
from django.http import Http404

from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.stays.models import (
    BeddingChange,
    CareEntry,
    Dose,
    HealthNote,
    Medication,
    RollMark,
    Search,
    Stay,
)
from nuantu.stays.services import care
from tests.builders import PATROL
from tests.examples import seeds
from tests.fieldwork.deeds import Deed
from tests.fieldwork.nights import each_once, moments_of, undone
from tests.fieldwork.outbox import Dice, Outbox
from tests.fieldwork.phones import device_of
from tests.fieldwork.tablets import SUPPER, a_medicine, a_woman, in_bed

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast, Player

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOUSE = UUID(int=0)
VITAL = {"temperature": "36.6"}
Told = tuple[bool, Deed]  # whether the medic tells it


class House:
    """Two residents, a bed and a medicine; the buttons as the pages press them."""

    def __init__(self, cast: "Cast") -> None:
        with clock.frozen(SUPPER):
            self.man, self.woman = in_bed(cast), a_woman(cast)
            self.medicine = a_medicine(cast, self.man)
        with scope.system("a test looks"):
            self.bed = self.man.beds.select_related("bed").get().bed
        self.players: tuple[Player, Player] = (cast.carer, cast.medic)
        with clock.frozen(SUPPER):
            self.devices = [device_of(player) for player in self.players]

    def evening(self, rng: Dice) -> list[Told]:
        """What may be told: rounds, single lines, bedding, the roll; doses and vital signs."""
        both = [str(stay.public_id) for stay in (self.man, self.woman)]
        marks = {one: rng.choice(("present", "present", "out")) for one in both}
        meals = {one: rng.choice(("given", "refused")) for one in both[: rng.randint(1, 2)]}
        due = clock.local(SUPPER).replace(hour=17, minute=0).isoformat()
        one = rng.choice((self.man, self.woman)).public_id
        found: list[Told] = [
            (False, ("care.round", HOUSE, {"what": "supper", "outcomes": meals})),
            (False, ("care.log", one, {"kind": "meal", "slot": "supper", "outcome": "refused"})),
            (False, ("care.log", one, {"kind": "activity", "outcome": "given"})),
            (False, ("care.bedding", self.bed.public_id, {})),
            (False, ("care.roll", HOUSE, {"found": marks})),
            (False, ("care.missing", one, {})),
            (True, ("care.dose", self.medicine.public_id, {"due_at": due, "outcome": "given"})),
            (True, ("care.vital", self.man.public_id, VITAL)),
        ]
        chosen = rng.sample(found, rng.randint(3, len(found)))
        return [*chosen, rng.choice(chosen)] if rng.random() < 0.3 else chosen

    def press(self, at: "datetime", told: Told) -> None:
        """The same button online, without the inbox."""
        is_medic, (kind, about, body) = told
        actor = self.players[is_medic].actor
        with clock.frozen(at), scope.enter(scope.of_actor(actor)):
            self._deeds[kind](self, {"actor": actor, "at": at}, about, body)

    def _round(self, who: dict[str, Any], _about: UUID, body: dict[str, Any]) -> None:
        outcomes = {self._stay(one): word for one, word in body["outcomes"].items()}
        care.log_round(**who, deed=care.Deed("meal", "supper", False), outcomes=outcomes)

    def _log(self, who: dict[str, Any], about: UUID, body: dict[str, Any]) -> None:
        did = care.Deed(body["kind"], body.get("slot", ""), False)
        care.note_care(
            **who, stay=self._stay(about), deed=did, outcome=body["outcome"], note_text=""
        )

    def _bedding(self, who: dict[str, Any], _about: UUID, _body: dict[str, Any]) -> None:
        care.change_bedding(**who, beds=[self.bed])

    def _roll(self, who: dict[str, Any], _about: UUID, body: dict[str, Any]) -> None:
        found = {self._stay(one): mark for one, mark in body["found"].items()}
        care.call_roll(**who, found=found, photo=None)

    def _missing(self, who: dict[str, Any], about: UUID, _body: dict[str, Any]) -> None:
        stay = self._stay(about)
        if not Search.objects.filter(stay=stay, end="").exists():
            care.raise_search(**who, stay=stay)

    def _dose(self, who: dict[str, Any], _about: UUID, body: dict[str, Any]) -> None:
        row = Medication.objects.get(pk=self.medicine.pk)
        due = clock.local(SUPPER).replace(hour=17, minute=0)
        care.give_dose(**who, row=row, due_at=due, outcome=body["outcome"])

    def _vital(self, who: dict[str, Any], _about: UUID, _body: dict[str, Any]) -> None:
        care.note_health(
            **who, stay=self._stay(self.man.public_id), kind="vital", text="", figures=FIGURES
        )

    def _stay(self, one: UUID | str) -> Stay:
        return Stay.objects.get(public_id=one)

    _deeds: "dict[str, Callable[..., None]]" = {
        "care.round": _round,
        "care.log": _log,
        "care.bedding": _bedding,
        "care.roll": _roll,
        "care.missing": _missing,
        "care.dose": _dose,
        "care.vital": _vital,
    }


FIGURES = {"temperature": 36.6}


def _rows() -> dict[str, Any]:
    """What the house holds afterwards, and which lines say so."""

    def plain(model: type[Model], *names: str) -> list[Any]:
        manager: Any = model._default_manager
        return sorted(manager.values_list(*names), key=str)

    lines = JournalEntry.objects.filter(verb__startswith="stays.", happened_at__gt=SUPPER)
    return {
        "care": plain(CareEntry, "stay_id", "kind", "slot", "outcome", "happened_at", "noted_by"),
        "doses": plain(Dose, "medication_id", "due_at", "outcome", "given_at"),
        "health": plain(HealthNote, "stay_id", "kind"),
        "bedding": plain(BeddingChange, "bed_id", "changed_at"),
        "marks": plain(RollMark, "stay_id", "found"),
        "searches": plain(Search, "stay_id", "end"),
        "lines": sorted(lines.values_list("verb", "happened_at", "actor_id")),
    }


def _over_the_line(rng: Dice, house: House, told: list[Told], moments: Any) -> dict[str, Any]:
    with undone(), clock.frozen(SUPPER):
        boxes = [Outbox(one, rng, ahead_by=timedelta(minutes=rng.choice((0, -47, 180))))
                 for one in house.devices]  # fmt: skip
        for box in boxes:
            box.tell_clock()
        for at, (is_medic, (kind, about, body)) in zip(moments, told, strict=True):
            box = boxes[is_medic]
            with clock.frozen(at):
                box.make(kind, None if about == HOUSE else about, body)
                if rng.random() < 0.35:
                    box.sync()
                if rng.random() < 0.15:
                    box.late()
        with clock.frozen(moments[-1] + timedelta(seconds=30)):
            for box in rng.sample(boxes, 2):
                box.drain()
        each_once(*boxes)
        return _rows()


def test_random_evenings_in_the_house_end_as_they_would_have_online(cast: "Cast") -> None:
    house = House(cast)
    for seed in seeds(6):
        rng = Dice(f"house {seed}")
        told = house.evening(rng)
        moments = [SUPPER + (at - PATROL) for at, _deed in moments_of(rng, [d for _m, d in told])]
        with undone():
            for at, one in zip(moments, told, strict=True):
                with suppress(Refusal, Http404):
                    house.press(at, one)
            online = _rows()
        found = _over_the_line(rng, house, told, moments)
        assert found == online, f"seed {seed}"
