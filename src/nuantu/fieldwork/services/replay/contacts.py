"""A contact, through the very form and services of the page online."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.encounters.forms.contact import ContactForm, MomentField
from nuantu.encounters.forms.setting import (
    Sent,
    form_of,
    judgement_said,
    place_said,
    setting_of,
    write,
)
from nuantu.fieldwork.services.replay.deeds import Deed, Done, NotWhole

MOMENT = "happened_at"


def record(deed: Deed) -> Done:
    """Write a contact down as it was filled in. Raises what the form and the rules say, all at once."""
    actor, at = deed.actor, deed.at
    setting = setting_of(actor, _setting(deed))
    sent = Sent(_fields(deed), MultiValueDict({"photos": list(deed.files)}))
    place = place_said(actor, setting, sent)
    judgement = judgement_said(actor, setting, sent, place, at)
    form = form_of(actor, setting, sent, place, judgement, at)
    if not form.is_valid():
        raise NotWhole(_said(form))
    try:
        done = write(actor=actor, at=at, setting=setting, place=place, form=form, key=str(deed.key))
    except Refusal as refusal:
        others = getattr(refusal, "others", ())
        raise NotWhole(" ".join(str(one) for one in (refusal, *others))) from refusal
    return Done(done.left_open)


def _setting(deed: Deed) -> QueryDict:
    """The stop or the dispatch it belongs to, named as the address of the page names them."""
    query = QueryDict(mutable=True)
    if isinstance(stop := deed.body.get("visit"), str):
        query["stop"] = stop
    if isinstance(run := deed.body.get("dispatch"), str):
        query["run"] = run
    return query


def _fields(deed: Deed) -> QueryDict:
    """The fields in their order; a moment that was read off the phone's clock is put right."""
    data = deed.fields
    if told := data.get(MOMENT):
        data[MOMENT] = _put_right(str(told), deed)
    return data


def _put_right(text: str, deed: Deed) -> str:
    """The moment in the form, by as much as the moment of the command; never after it."""
    try:
        typed: datetime = MomentField().clean(text)
    except ValidationError:
        return text
    moment = min(typed + (deed.at - deed.made_at), deed.at)
    return f"{clock.local(moment):%Y-%m-%dT%H:%M:%S}"


def _said(form: ContactForm) -> str:
    """Every error of the form with the field it belongs to."""
    found: list[str] = []
    for name, errors in form.errors.items():
        label: Any = form.fields[name].label if name in form.fields else ""
        found += [f"{label}：{one}" if label else str(one) for one in errors]
    return " ".join(found)
