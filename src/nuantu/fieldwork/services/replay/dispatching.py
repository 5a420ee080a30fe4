"""Steps of a dispatch, by the services of `dispatch`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.dispatch import access, services
from nuantu.dispatch.forms.actions import ReasonForm, StepForm
from nuantu.dispatch.models import Dispatch
from nuantu.dispatch.rules.phones import PhoneSaid
from nuantu.fieldwork.services.replay.deeds import Deed, Done, filled

# Which moment says that the step was taken already, by this phone or another one of the team.
_TAKEN: Final[Mapping[str, str]] = {
    "accept": "accepted_at",
    "depart": "departed_at",
    "arrive": "arrived_at",
}
_WITH_PHONE: Final[Mapping[str, Callable[..., Dispatch]]] = {
    "accept": services.accept,
    "depart": services.depart,
    "arrive": services.arrive,
    "check_in": services.check_in,
}
_WITH_REASON: Final[Mapping[str, Callable[..., Dispatch]]] = {
    "not_found": services.not_found,
    "decline": services.decline,
}


def step(deed: Deed) -> Done:
    """One button of the team's phone. A step that was taken already is done."""
    name = deed.kind.removeprefix("dispatch.")
    run = access.carried_run_for(deed.actor, deed.subject)
    if _is_taken(run, name):
        return Done(_("同队已登记"))
    at = max(deed.at, run.assigned_at)  # a wrong clock comes before the order it answers
    if name in _WITH_PHONE:
        _WITH_PHONE[name](actor=deed.actor, at=at, run=run, phone=_phone(deed))
    elif name in _WITH_REASON:
        form = filled(ReasonForm({"reason": deed.body.get("reason") or deed.body.get("note")}))
        _with_reason(name, deed.actor, at, run, form.cleaned_data["reason"])
    else:
        note = str(deed.body.get("note") or "")
        services.finish(actor=deed.actor, at=at, run=run, note=note)
    return Done()


def _with_reason(name: str, actor: Actor, at: datetime, run: Dispatch, reason: str) -> None:
    _WITH_REASON[name](actor=actor, at=at, run=run, reason=reason)


def _is_taken(run: Dispatch, name: str) -> bool:
    """Whether there is nothing left to do: a step that was taken, a check-in of an ended run."""
    if name == "check_in":
        return not run.is_live
    moment = _TAKEN.get(name)
    is_off = run.state in (Dispatch.State.RECALLED, Dispatch.State.DECLINED)
    return moment is not None and getattr(run, moment) is not None and not is_off


def _phone(deed: Deed) -> PhoneSaid:
    """What the phone said of time and place, read as the page reads it."""
    data: dict[str, Any] = {**deed.body, "phone_at": deed.made_at.isoformat()}
    return filled(StepForm(data)).phone()
