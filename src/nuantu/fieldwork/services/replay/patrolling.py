"""Steps of a patrol, by the services of `patrols`.

Two phones go out with one team: what the other has told already is done, and not refused again.
"""

from functools import partial
from typing import Any

from django.http import Http404
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from nuantu.fieldwork.rules.commands import uuid_of
from nuantu.fieldwork.services.replay.deeds import Contrary, Deed, Done, NotWhole, filled
from nuantu.patrols import access, services
from nuantu.patrols.forms import walking as forms
from nuantu.patrols.forms.joint import CameForm
from nuantu.patrols.models import PatrolRun, PatrolVisit, RunPartner
from nuantu.patrols.services.register_rows import run_of
from nuantu.places.forms import ToldForm

Visit = PatrolVisit.State


def _run_of(deed: Deed) -> PatrolRun:
    """The run that a command names by its own id or by that of its route. Raises Http404."""
    try:
        return access.walked_run_for(deed.actor, deed.subject)
    except Http404:
        route = access.own_route_for(deed.actor, deed.subject)
    try:
        return run_of(route)
    except PatrolRun.DoesNotExist as error:
        raise Http404 from error


def _visit_of(deed: Deed) -> PatrolVisit:
    return access.walked_visit_for(deed.actor, deed.subject)


def _told_by_other() -> Done:
    return Done(_("同队已登记"))


def begin(deed: Deed) -> Done:
    """Set out. A second phone that sets out with the same team is on the same run."""
    form = filled(forms.BeginForm(dict(deed.body)))
    route = access.own_route_for(deed.actor, deed.subject)
    run = PatrolRun.objects.filter(
        team=route.team, first_day=route.week.first_day, half=route.half
    ).first()
    if run is not None and run.begun_at is not None:
        _same(run.vehicle, form.cleaned_data["vehicle"].strip()[:20], _("车牌"))
        _same(run.km_out, form.cleaned_data["km_out"], _("出巡里程"))
        return _told_by_other()
    services.begin_run(actor=deed.actor, at=deed.at, route=route, **form.cleaned_data)
    return Done()


def _same(stands: Any, said: Any, what: str) -> None:
    """Raises Contrary where both phones told it, and not the same."""
    if stands not in ("", None) and said not in ("", None) and stands != said:
        words = _("同队另一部手机登记的%(what)s是“%(stands)s”，这部手机是“%(said)s”。")
        raise Contrary(words % {"what": what, "stands": stands, "said": said})


def all_well(deed: Deed) -> Done:
    """The team says that it is well; after the end of the run it changes nothing."""
    run = _run_of(deed)
    if run.state == PatrolRun.State.FINISHED:
        return _told_by_other()
    services.all_well(actor=deed.actor, at=deed.at, run=run)
    return Done()


def finish(deed: Deed) -> Done:
    """Report back, with the checklist by its numbers."""
    run = _run_of(deed)
    form = filled(forms.FinishForm(_checklist(deed), run=run))
    data = form.cleaned_data
    if run.state == PatrolRun.State.FINISHED:
        _same(run.km_in, data.get("km_in"), _("收队里程"))
        return _told_by_other()
    services.finish_run(
        actor=deed.actor,
        at=deed.at,
        run=run,
        checks=form.checks(),
        skip_reason=data["skip_reason"],
        km_in=data.get("km_in"),
        note=data["note"],
    )
    return Done()


def _checklist(deed: Deed) -> dict[str, Any]:
    """The answers under the names that the form gives them."""
    data = dict(deed.body)
    checks = data.pop("checks", None)
    for check in checks if isinstance(checks, list) else ():
        if isinstance(check, dict) and isinstance(check.get("number"), int):
            place = check["number"] - 1
            data[f"done_{place}"] = check.get("is_done") is True
            data[f"remark_{place}"] = check.get("remark") or ""
    return data


def hand_over(deed: Deed) -> Done:
    """The end of the shift: who goes on."""
    run = _run_of(deed)
    form = filled(forms.HandOverForm(dict(deed.body)))
    services.hand_over(actor=deed.actor, at=deed.at, run=run, **form.cleaned_data)
    return Done()


def partner(deed: Deed) -> Done:
    """Whether a partner of the joint patrol came; a later word of another phone stands."""
    run, own_id = _run_of(deed), uuid_of(deed.body.get("partner"))
    if own_id is None:
        raise Http404
    found = access.along_for(run, own_id)
    has_come = filled(CameForm(dict(deed.body))).cleaned_data["came"] == "yes"
    stands = RunPartner.objects.filter(run=run, partner=found).first()
    if stands is not None and (stands.noted_at > deed.at or stands.has_come is has_come):
        return _told_by_other()
    services.note_partner(actor=deed.actor, at=deed.at, run=run, partner=found, has_come=has_come)
    return Done()


def add_stop(deed: Deed) -> Done:
    """A stop that no plan foresaw, under the id that the phone gave it."""
    run = _run_of(deed)
    form = filled(forms.AddForm(dict(deed.body)))
    services.add_stop(
        actor=deed.actor,
        at=deed.at,
        run=run,
        place=form.cleaned_data["place"],
        told=form.told(),
        public_id=deed.stop_id,
    )
    return Done()


def arrive(deed: Deed) -> Done:
    """The team is there; whichever phone tells it first."""
    visit = _visit_of(deed)
    if visit.arrived_at is not None and visit.state != Visit.SKIPPED:
        return _told_by_other() if visit.is_done else Done()
    form = filled(ToldForm(dict(deed.body)))
    services.arrive(actor=deed.actor, at=deed.at, visit=visit, told=form.told())
    return Done()


def nobody(deed: Deed) -> Done:
    """Nobody was there. Raises Contrary where the other phone met somebody."""
    visit = _visit_of(deed)
    if visit.state == Visit.MET:
        _contrary(visit)
    form = filled(forms.NoteForm(dict(deed.body)))
    services.nobody_here(actor=deed.actor, at=deed.at, visit=visit, **form.cleaned_data)
    return Done()


def met(deed: Deed) -> Done:
    """People were there. Raises Contrary where the other phone found nobody, or counted others."""
    visit = _visit_of(deed)
    form = filled(forms.MetForm(dict(deed.body)))
    count = form.cleaned_data["count"]
    if visit.state == Visit.NOBODY or (visit.state == Visit.MET and visit.people_count != count):
        _contrary(visit)
    services.met_people(actor=deed.actor, at=deed.at, visit=visit, **form.cleaned_data)
    return Done()


def _contrary(visit: PatrolVisit) -> None:
    stands = f"{visit.get_state_display()} {visit.people_count or ''}".strip()
    words = _("“%(place)s”已由%(who)s登记为“%(stands)s”，这部手机说的不一样。")
    said = {"place": visit.place, "who": visit.recorded_by, "stands": stands}
    raise Contrary(words % said)


def pass_by(deed: Deed) -> Done:
    """A stop is not visited, for a reason. Raises Contrary where the other phone was there."""
    visit = _visit_of(deed)
    if visit.is_done:
        _contrary(visit)
    form = filled(forms.ReasonForm(dict(deed.body)))
    services.pass_by(actor=deed.actor, at=deed.at, visit=visit, **form.cleaned_data)
    return Done()


def take_back(deed: Deed) -> Done:
    """Undo a result; the team enters it anew. Raises Contrary where it was entered anew meanwhile."""
    visit = _visit_of(deed)
    if visit.left_at is not None and visit.left_at > deed.at:
        _contrary(visit)
    services.take_back_visit(actor=deed.actor, at=deed.at, visit=visit)
    return Done()


def photo(deed: Deed) -> Done:
    """Photos of a stop. Raises NotWhole where none came with it."""
    visit = _visit_of(deed)
    if not deed.files:
        raise NotWhole(_("照片没有随指令送到。"))
    for upload in deed.files:
        form = filled(forms.PhotoForm(dict(deed.body), MultiValueDict({"photo": [upload]})))
        add = partial(services.add_photo, actor=deed.actor, at=deed.at, visit=visit)
        add(upload=form.cleaned_data["photo"], hidden_for=form.cleaned_data["hidden_for"])
    return Done()
