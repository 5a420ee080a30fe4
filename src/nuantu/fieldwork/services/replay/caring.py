"""Care of residents, by the services of `stays`: what a carer told without a line.

It is judged by when it happened. Where somebody had left by then, or another tablet told of the same
dose, it lies before the desk; where a later word stands, the later word holds.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.fieldwork.rules.commands import moment_of, uuid_of
from nuantu.fieldwork.services.replay.deeds import Contrary, Deed, Done, NotWhole, filled
from nuantu.stays import access
from nuantu.stays.forms.care import CareForm
from nuantu.stays.forms.medicine import HealthForm
from nuantu.stays.models import BeddingChange, CareEntry, Dose, HealthNote, Stay
from nuantu.stays.rules.care import SLOTS
from nuantu.stays.services import care

MEAL = CareEntry.Kind.MEAL


def must_be_here(stay: Stay, deed: Deed) -> Stay:
    """Raises NotWhole where the resident had left when it happened."""
    if not stay.is_here_at(deed.at):
        said = {"number": stay.number, "at": f"{clock.local(stay.left_at or deed.at):%m-%d %H:%M}"}
        raise NotWhole(_("%(number)s已于%(at)s离站，这条登记在离站之后。") % said)
    return stay


def log(deed: Deed) -> Done:
    """One line about one resident. Raises Contrary where a later word about the same meal stands."""
    stay = must_be_here(access.care_of(deed.actor, deed.subject), deed)
    said = filled(CareForm(dict(deed.body), sex=stay.sex)).cleaned_data
    slot = said["slot"] if said["kind"] == MEAL else ""
    later = _later_meals([stay], slot, deed).get(stay.pk)
    if later is not None:
        if later.outcome == said["outcome"]:
            return Done(_("已由%(who)s登记") % {"who": later.noted_by})
        words = _("这一餐后来由%(who)s登记为“%(what)s”，这条登记更早，说的不一样。")
        raise Contrary(words % {"who": later.noted_by, "what": later.get_outcome_display()})
    care.note_care(
        actor=deed.actor,
        at=deed.at,
        stay=stay,
        deed=care.Deed(said["kind"], slot, bool(said.get("is_by_woman"))),
        outcome=said["outcome"],
        note_text=said["note_text"],
    )
    return Done()


def _later_meals(stays: Iterable[Stay], slot: str, deed: Deed) -> dict[int, CareEntry]:
    """What stands of this meal and was told of a later moment; nothing for what is no meal."""
    if not slot:
        return {}
    rows = CareEntry.objects.filter(
        stay__in=list(stays),
        kind=MEAL,
        slot=slot,
        on_date=clock.local(deed.at).date(),
        happened_at__gt=deed.at,
    )
    return {row.stay_id: row for row in rows}


def chosen(deed: Deed, name: str) -> dict[Stay, str]:
    """For whom what was chosen; an empty choice is none. Raises NotWhole, Http404."""
    said = deed.body.get(name)
    pairs = said.items() if isinstance(said, Mapping) else ()
    wanted = {uuid_of(key): str(value) for key, value in pairs if value}
    ids: list[UUID] = [key for key in wanted if key is not None]
    if len(ids) != len(wanted) or not ids:
        raise NotWhole(_("还没有选人。"))
    return {stay: wanted[stay.public_id] for stay in access.cared_for(deed.actor, ids)}


def left_out(stays: Iterable[Stay], words: str) -> str:
    """Whom it could not be written down for, told to the tablet; empty where for all."""
    numbers = "、".join(sorted(stay.number for stay in stays))
    return words % {"numbers": numbers} if numbers else ""


def make_round(deed: Deed) -> Done:
    """One round for many. Who had left by then, or of whom a later word stands, is left out and named."""
    what = str(deed.body.get("what") or "")
    slot, kind = (what, str(MEAL)) if what in SLOTS else ("", what)
    outcomes = chosen(deed, "outcomes")
    if kind not in CareEntry.Kind.values or set(outcomes.values()) - set(CareEntry.Outcome.values):
        raise NotWhole(_("内容不完整。"))
    gone = [stay for stay in outcomes if not stay.is_here_at(deed.at)]
    later = _later_meals(outcomes, slot, deed)
    overtaken = [stay for stay in outcomes if stay.pk in later]
    held = {one: word for one, word in outcomes.items() if one not in (*gone, *overtaken)}
    if held:
        did = care.Deed(kind, slot, bool(deed.body.get("is_by_woman")))
        care.log_round(actor=deed.actor, at=deed.at, deed=did, outcomes=held)
    elif gone:
        must_be_here(gone[0], deed)
    return Done(
        " ".join(
            filter(
                None,
                (
                    left_out(gone, _("已离站，没有记入：%(numbers)s")),
                    left_out(overtaken, _("后来已另行登记，没有改动：%(numbers)s")),
                ),
            )
        )
    )


def dose(deed: Deed) -> Done:
    """A dose at its time. Raises Contrary where it was put down already: two who say that they gave
    it may have given it twice, and that is for somebody to find out."""
    row = access.medication_for(deed.actor, deed.subject)
    due_at, outcome = moment_of(deed.body.get("due_at")), deed.body.get("outcome")
    if due_at is None or outcome not in Dose.Outcome.values:
        raise NotWhole(_("内容不完整。"))
    stands = Dose.objects.filter(medication=row, due_at=due_at, taken_back_at=None).first()
    if stands is not None:
        return _dose_again(stands, str(outcome))
    care.give_dose(actor=deed.actor, at=deed.at, row=row, due_at=due_at, outcome=str(outcome))
    return Done()


def _dose_again(stands: Dose, outcome: str) -> Done:
    given = Dose.Outcome.GIVEN
    said = {
        "who": stands.given_by,
        "at": f"{clock.local(stands.given_at):%m-%d %H:%M}",
        "what": stands.get_outcome_display(),
    }
    if stands.outcome == outcome == given:
        words = _("%(who)s已于%(at)s登记这一次“已服”，这部平板也说给了：请马上核实有没有服两次。")
        raise Contrary(words % said)
    if stands.outcome != outcome:
        words = _("%(who)s已于%(at)s登记这一次“%(what)s”，这部平板说的不一样。")
        raise Contrary(words % said)
    return Done(_("已由%(who)s登记") % said)


def vital(deed: Deed) -> Done:
    """Vital signs, sealed as on the page."""
    stay = must_be_here(access.health_of(deed.actor, deed.subject), deed)
    kind = str(HealthNote.Kind.VITAL)
    form = filled(HealthForm({**deed.body, "kind": kind}))
    care.note_health(
        actor=deed.actor,
        at=deed.at,
        stay=stay,
        kind=kind,
        text=form.cleaned_data["text"],
        figures=form.figures(),
    )
    return Done()


def bedding(deed: Deed) -> Done:
    """Fresh bedding on a bed; once it was changed later, nothing is left to say."""
    bed = access.care_bed_for(deed.actor, deed.subject)
    later = BeddingChange.objects.filter(bed=bed, changed_at__gte=deed.at).first()
    if later is not None:
        return Done(_("已由%(who)s登记") % {"who": later.changed_by})
    care.change_bedding(actor=deed.actor, at=deed.at, beds=[bed])
    return Done()
