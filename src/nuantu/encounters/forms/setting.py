"""What a contact form starts from: the run, tip, person, visit, stop of a patrol, find of a sweep or
entry that the address names; and what comes of it, from the page or from a phone that tells it
later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict

from nuantu.core.actors import Actor
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.dispatch.selectors.runs import run_past
from nuantu.encounters import access, services
from nuantu.encounters.forms.contact import ContactForm, age_of, moment_text
from nuantu.encounters.models import Encounter, Revisit
from nuantu.encounters.rules.contact import Place
from nuantu.encounters.rules.refusals import latest_revisit
from nuantu.encounters.selectors.choices import houses, met_near_by
from nuantu.encounters.selectors.judging import (
    Judgement,
    judge,
    known_classes,
    reported_classes,
)
from nuantu.encounters.selectors.placing import place_of
from nuantu.patrols.models import PatrolVisit, SweepFind
from nuantu.persons.models import ClassCode, Person
from nuantu.persons.selectors import Card, card_of
from nuantu.places.selectors import type_choices

# Marks of a tip, seen by somebody else, as chips the team confirms or takes away.
CHIPS_OF_FLAGS: Mapping[str, str] = {
    "injured": "bleeding",
    "critical": "unconscious",
    "drunk": "drunk",
    "immobile": "immobile",
    "mental": "confused",
    "thin_clothes": "thin_clothes",
    "danger": "violent",
    "trafficked": "coerced",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """The rows a contact belongs to."""

    run: Dispatch | None = None
    tip: Tip | None = None
    person: Person | None = None
    revisit: Revisit | None = None
    corrects: Encounter | None = None
    stop: PatrolVisit | SweepFind | None = None

    @property
    def home(self) -> tuple[str, str, float | None, float | None]:
        """Words, division and point to begin with."""
        source = self.corrects or self.tip or (self.revisit.encounter if self.revisit else None)
        if source is None and self.stop is not None:
            return _home_of(self.stop)
        if source is None:
            return "", "", None, None
        words = source.place_text if isinstance(source, Tip) else source.place
        return words, source.division_code, source.lat, source.lon


def _home_of(stop: PatrolVisit | SweepFind) -> tuple[str, str, float | None, float | None]:
    if isinstance(stop, SweepFind):
        return stop.place, stop.report.area.division_code, stop.lat, stop.lon
    place = stop.key_location
    division = place.division_code if place else stop.run.division_code
    return stop.place, division, stop.lat, stop.lon


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error


def setting_of(actor: Actor, query: QueryDict) -> Setting:
    """The rows named in the address, each through its door."""
    run_id, tip_id = _uuid(query.get("run")), _uuid(query.get("tip"))
    person_id, visit_id = _uuid(query.get("person")), _uuid(query.get("revisit"))
    stop_id, find_id = _uuid(query.get("stop")), _uuid(query.get("find"))
    run = access.run_met(actor, run_id) if run_id else None
    tip = run.tip if run else access.tip_met(actor, tip_id) if tip_id else None
    revisit = access.revisit_for(actor, visit_id) if visit_id else None
    person = access.met_by(actor, person_id) if person_id else None
    if revisit is not None:
        person = revisit.encounter.person
    stop = access.stop_met(actor, stop_id) if stop_id else None
    if stop is not None and run is None and tip is None:
        run = run_past(stop.spot_id)
        tip = run.tip if run else None
    find = access.find_met(actor, find_id) if find_id else None
    return Setting(run, tip, person, revisit, stop=stop or find)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: its fields and files. `data` is None while it is only shown."""

    data: QueryDict | None = None
    files: "MultiValueDict[str, UploadedFile[Any]] | None" = None

    @property
    def fields(self) -> QueryDict:
        """The fields, none while nothing was sent."""
        return self.data if self.data is not None else QueryDict()


def place_said(actor: Actor, setting: Setting, sent: Sent) -> Place:
    """Where it is, from what stands in the form, else from what the form starts with."""
    words, home, lat, lon = setting.home
    if sent.data is not None:
        data = sent.data
        words = data.get("place", words)
        is_moved = words != setting.home[0]
        lat = _number(data.get("lat")) if data.get("lat") else None if is_moved else lat
        lon = _number(data.get("lon")) if data.get("lon") else None if is_moved else lon
    return place_of(actor, words=words, lat=lat, lon=lon, fallback=home)


def judgement_said(
    actor: Actor, setting: Setting, sent: Sent, place: Place, at: datetime
) -> Judgement:
    """The judgement on what stands in the form so far, valid or not."""
    data = sent.fields
    years = data.get("age", "")
    age = age_of(
        {
            "age": int(years) if years.isdigit() and int(years) <= 125 else None,
            "is_age_known": bool(data.get("is_age_known")),
        }
    )
    person = setting.person
    if age is None and person is not None:
        age = person.age_on(at.date())
    return judge(
        division_code=place.division_code,
        at=at,
        seen=data.getlist("conditions"),
        classes=data.getlist("classes"),
        capacity=data.get("capacity", ""),
        age=age,
        known_classes=known_classes(person, actor.org_code),
        reported=() if setting.corrects else reported_classes(setting.tip),
    )


def form_of(
    actor: Actor, setting: Setting, sent: Sent, place: Place, judgement: Judgement, at: datetime
) -> ContactForm:
    """The form for this place and moment, bound when it was sent."""
    near = [] if setting.person else _near(actor, sent, place, at)
    return ContactForm(
        sent.data,
        sent.files,
        initial=_initial(actor, setting, place, judgement, at),
        judgement=judgement,
        houses=houses(place.division_code),
        near=near,
        place_types=type_choices(),
    )


def write(
    *, actor: Actor, at: datetime, setting: Setting, place: Place, form: ContactForm, key: str
) -> services.Recorded:
    """Write down what a valid form says; `key` makes of the same form sent twice one contact.

    Raises what the services raise.
    """
    contact = form.contact(at=at, place=place)
    photos = form.cleaned_data["photos"]
    if setting.corrects is not None:
        return services.correct_encounter(
            actor=actor,
            at=at,
            encounter=setting.corrects,
            contact=contact,
            reason=form.cleaned_data["correction_reason"],
            is_other_person=form.cleaned_data["is_other_person"],
            photos=photos,
            idempotency_key=key,
        )
    chosen = form.cleaned_data["person"]
    person = access.met_by(actor, UUID(chosen)) if chosen else setting.person
    return services.record_encounter(
        actor=actor,
        at=at,
        contact=contact,
        person=person,
        tip=setting.tip,
        run=setting.run,
        revisit=setting.revisit,
        stop=setting.stop,
        photos=photos,
        idempotency_key=key,
    )


def _near(actor: Actor, sent: Sent, place: Place, at: datetime) -> list[Card]:
    """People met around here, and whoever was chosen before the words of the place changed."""
    found = met_near_by(actor, lat=place.lat, lon=place.lon, place=place.words, at=at)
    chosen = _uuid(sent.fields.get("person"))
    if chosen is not None and chosen not in {card.public_id for card in found}:
        found.append(card_of(access.met_by(actor, chosen), at))
    return found


def _initial(
    actor: Actor, setting: Setting, place: Place, judgement: Judgement, at: datetime
) -> dict[str, Any]:
    latest = latest_revisit(at, judgement.revisit_days)
    start: dict[str, Any] = {
        "place": place.words,
        "lat": place.lat,
        "lon": place.lon,
        "happened_at": moment_text(at),
        "revisit_at": moment_text(latest),
        "escort_name": actor.name,
        "closes_tip": setting.tip is None or setting.tip.person_count <= 1,
    }
    if setting.person is not None:
        start |= {"sex": setting.person.sex, "looks": setting.person.looks}
    if setting.tip is not None:
        flags = setting.tip.urgent_flags
        start["conditions"] = [CHIPS_OF_FLAGS[f] for f in flags if f in CHIPS_OF_FLAGS]
        start["classes"] = [f for f in flags if f == ClassCode.NON_LOCAL]
    if setting.corrects is not None:
        start |= _as_it_was(setting.corrects, at)
    return start


def _as_it_was(encounter: Encounter, at: datetime) -> dict[str, Any]:
    """The entry to be corrected, field by field; a visit whose time is over is set anew."""
    comes_again = (
        encounter.revisit_at if encounter.revisit_at and encounter.revisit_at > at else None
    )
    goods = {f"goods_{line.item_code}": line.quantity for line in encounter.goods.all()}
    offers = {f"offer_{line.code}": line.answer for line in encounter.offers.all()}
    field = {"to_station": "to_station", "hospital": "to_hospital", "police": "to_police"}
    return {
        **goods,
        **offers,
        "conditions": encounter.conditions,
        "classes": encounter.classes,
        "capacity": encounter.capacity,
        "outcome": encounter.outcome,
        field.get(encounter.outcome, "guardian"): encounter.to_org or encounter.guardian,
        "is_informed": encounter.is_informed,
        "refusal_words": encounter.refusal_reason,
        "has_card": encounter.has_card,
        "card_reason": encounter.card_reason,
        "evidence": encounter.evidence,
        "evidence_reason": encounter.evidence_reason,
        "revisit_at": moment_text(comes_again) if comes_again else "",
        "witness": encounter.witness,
        "note": encounter.note,
        "place_type": encounter.place_type,
        "happened_at": moment_text(encounter.happened_at),
    }
