"""What a team does on its phone beside the stops: tips, contacts, photos, the end of the shift.

Each is pressed online by the call of its page, and compared by the rows that it leaves.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Model
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.dispatch import access as dispatch_access
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.dispatch.rules.phones import PhoneSaid
from nuantu.encounters.forms.setting import (
    Sent,
    form_of,
    judgement_said,
    place_said,
    setting_of,
    write,
)
from nuantu.encounters.models import Encounter, GoodsLine, Revisit
from nuantu.patrols import access, services
from nuantu.patrols.models import PatrolContact, PatrolPhoto
from tests.builders import PATROL
from tests.fieldwork.outbox import Dice, a_picture
from tests.fieldwork.phones import FIELDS

Deed = tuple[str, UUID, dict[str, Any]]
ON_SPOT = [
    ["sex", "male"],
    ["looks", "灰大衣"],
    ["outcome", "helped_on_spot"],
    ["closes_tip", "on"],
]
TIP_STOP = UUID(int=103)  # the stop of a patrol that was sent past a tip
HERE = {"lat": 26.56, "lon": 108.066, "accuracy": 12}


def on_a_tip(rng: Dice, run: UUID) -> list[Deed]:
    """What may be told of a dispatch: met, not found, done, sent back, with a step too early."""
    go: list[Deed] = [(f"dispatch.{step}", run, HERE) for step in ("accept", "depart", "arrive")]
    place = ["place", "三棵树镇东门"]
    return rng.choice(
        [
            [*go, ("dispatch.not_found", run, {"reason": "桥下、涵洞都看过"})],
            [*go, ("contact.record", run, {"dispatch": str(run), "fields": [*ON_SPOT, place]})],
            [*go, ("dispatch.check_in", run, HERE), ("dispatch.finish", run, {"note": "已劝离"})],
            [go[0], ("dispatch.decline", run, {"reason": "车坏了"}), go[1]],
            [go[2], *go],
        ]
    )


def beside(rng: Dice, route: UUID, stop: UUID, run: UUID) -> list[list[Deed]]:
    """What a night may hold beside its stops, in pieces that belong together."""
    found: list[list[Deed]] = []
    if rng.random() < 0.4:
        found.append(on_a_tip(rng, run))
    if rng.random() < 0.35:
        fields = rng.choice((FIELDS, [*ON_SPOT, ["place", "南桥桥洞"]], FIELDS[1:4]))
        found.append([("contact.record", stop, {"visit": str(stop), "fields": fields})])
    if rng.random() < 0.3:
        found.append([("photo.add", stop, {})])
    if rng.random() < 0.2:
        found.append([("run.hand_over", route, {"to": "白班", "note": "毯子剩两条"})])
    return found


def press(actor: Actor, at: datetime, deed: Deed) -> bool:
    """The same button online; False where the kind is none of these. Raises what the page raises."""
    kind, about, body = deed
    who: dict[str, Any] = {"actor": actor, "at": at}
    if kind == "contact.record":
        _contact(actor, at, body)
    elif kind == "photo.add":
        visit = access.walked_visit_for(actor, about)
        services.add_photo(**who, visit=visit, upload=a_picture())
    elif kind == "run.hand_over":
        run = access.walked_run_for(actor, about)
        services.hand_over(**who, run=run, **body)
    elif kind.startswith("dispatch."):
        run_met = dispatch_access.carried_run_for(actor, about)
        _STEPS[kind](who | {"run": run_met}, body)
    else:
        return False
    return True


def _told(who: dict[str, Any]) -> dict[str, Any]:
    said = PhoneSaid(HERE["lat"], HERE["lon"], int(HERE["accuracy"]), at=who["at"])
    return who | {"phone": said}


_STEPS: dict[str, Callable[[dict[str, Any], dict[str, Any]], object]] = {
    "dispatch.accept": lambda who, _body: dispatch.accept(**_told(who)),
    "dispatch.depart": lambda who, _body: dispatch.depart(**_told(who)),
    "dispatch.arrive": lambda who, _body: dispatch.arrive(**_told(who)),
    "dispatch.check_in": lambda who, _body: dispatch.check_in(**_told(who)),
    "dispatch.finish": lambda who, body: dispatch.finish(**who, note=body["note"]),
    "dispatch.not_found": lambda who, body: dispatch.not_found(**who, reason=body["reason"]),
    "dispatch.decline": lambda who, body: dispatch.decline(**who, reason=body["reason"]),
}


def _contact(actor: Actor, at: datetime, body: dict[str, Any]) -> None:
    data, query = QueryDict(mutable=True), QueryDict(mutable=True)
    for name, value in body["fields"]:
        data.appendlist(name, value)
    if "visit" in body:
        query["stop"] = body["visit"]
    if "dispatch" in body:
        query["run"] = body["dispatch"]
    setting = setting_of(actor, query)
    sent = Sent(data, MultiValueDict())
    place = place_said(actor, setting, sent)
    judgement = judgement_said(actor, setting, sent, place, at)
    form = form_of(actor, setting, sent, place, judgement, at)
    if not form.is_valid():
        raise Refusal("the form says no")
    write(actor=actor, at=at, setting=setting, place=place, form=form, key=str(uuid4()))


def rows(deeds: Sequence[Deed]) -> dict[str, Any]:
    """What these left behind, without keys; asked only where the night holds any."""
    kinds = {kind for kind, _about, _body in deeds}
    found: dict[str, Any] = {}
    is_told = any(about == TIP_STOP for _kind, about, _body in deeds)
    if is_told or any(kind.startswith("dispatch.") for kind in kinds):
        steps = ("accepted_at", "departed_at", "arrived_at", "checked_in_at", "ended_at")
        found["dispatches"] = _of(Dispatch, "state", "reason", "note", "outcome", *steps)
        found["tips"] = _of(Tip, "state", "outcome")
    if "contact.record" in kinds:
        found["contacts"] = _of(Encounter, "outcome", "place", "happened_at", "recorded_by")
        found["goods"] = _of(GoodsLine, "item_code", "quantity", "missing_reason")
        found["revisits"] = _of(Revisit, "due_at")
        found["met"] = _of(PatrolContact, "visit__number", "noted_at")
    if "photo.add" in kinds:
        digest = F("file__original_digest")
        found["photos"] = _of(PatrolPhoto, "visit__number", "taken_at", digest=digest)
    if found:
        lines = JournalEntry.objects.filter(happened_at__gt=PATROL)
        said = lines.filter(verb__regex=r"^(dispatch|encounters|persons)\.")
        found["further lines"] = sorted(said.values_list("verb", "happened_at", "actor_id"))
    return found


def _of(model: type[Model], *names: str, **more: Any) -> list[Any]:
    manager: Any = model._default_manager
    return sorted(manager.values_list(*names, *more.values()), key=str)
