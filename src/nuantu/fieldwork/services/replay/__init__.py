"""A command becomes the deed that the same button online would have done."""

from collections.abc import Callable, Mapping
from typing import Final

from nuantu.fieldwork.rules import commands as kinds
from nuantu.fieldwork.services.replay import (
    calling,
    caring,
    contacts,
    dispatching,
    errands,
    patrolling,
)
from nuantu.fieldwork.services.replay.deeds import Contrary, Deed, Done, NotWhole

__all__ = ["Contrary", "Deed", "Done", "NotWhole", "replay"]


def _clock(_deed: Deed) -> Done:
    """Nothing but the clock, which was read when it came."""
    return Done()


_REPLAYS: Final[Mapping[str, Callable[[Deed], Done]]] = {
    kinds.RUN_BEGIN: patrolling.begin,
    kinds.RUN_ALL_WELL: patrolling.all_well,
    kinds.RUN_FINISH: patrolling.finish,
    kinds.RUN_HAND_OVER: patrolling.hand_over,
    kinds.RUN_PARTNER: patrolling.partner,
    kinds.STOP_ADD: patrolling.add_stop,
    kinds.ARRIVE: patrolling.arrive,
    kinds.NOBODY: patrolling.nobody,
    kinds.MET: patrolling.met,
    kinds.PASS_BY: patrolling.pass_by,
    kinds.TAKE_BACK: patrolling.take_back,
    kinds.PHOTO_ADD: patrolling.photo,
    kinds.CONTACT: contacts.record,
    **dict.fromkeys(kinds.DISPATCH, dispatching.step),
    kinds.CARE_LOG: caring.log,
    kinds.CARE_ROUND: caring.make_round,
    kinds.CARE_DOSE: caring.dose,
    kinds.CARE_VITAL: caring.vital,
    kinds.CARE_BEDDING: caring.bedding,
    kinds.CARE_ROLL: calling.roll,
    kinds.CARE_MISSING: calling.missing,
    kinds.REVISIT: errands.revisit,
    kinds.ESCORT: errands.escort,
    kinds.CLOCK: _clock,
}


def replay(deed: Deed) -> Done:
    """Do it through the services of its package. Raises their refusals, Http404 where its subject
    is not the actor's, Contrary where another phone of the team said something else."""
    return _REPLAYS[deed.kind](deed)
