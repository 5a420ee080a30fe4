"""Taking a missing-person report and putting it right."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, files
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.fields import keyed_hash
from nuantu.core.ids import RECEIPT_ALPHABET
from nuantu.core.together import together
from nuantu.persons.rules import sounds
from nuantu.persons.rules.ages import is_treated_as_minor
from nuantu.persons.selectors import age_lines
from nuantu.persons.services.people import UNDER_AGE
from nuantu.tracing.models import DangerMark, Mark, MissingReport, Source, State
from nuantu.tracing.rules.places import simple
from nuantu.tracing.rules.said import PLAIN, Consent, Danger, Said, age_of, faults_of
from nuantu.tracing.rules.same import sound_key
from nuantu.tracing.selectors.places import with_divisions
from nuantu.tracing.services.consent import (
    ReportRefused,
    agreed,
    held_open,
    owe_question,
    put_consent,
)
from nuantu.tracing.services.lines import note
from nuantu.tracing.services.waking import wake

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PHOTO: Final = "tracing.photo"
FAULTS: Final[dict[str, str | Promise]] = {
    "nothing": _("请至少写一样能认出他的：姓名、年龄、家乡、走失时间地点、衣着或特征。"),
    "future": _("不能是以后的日期。"),
    "age": _("年龄写两头，从小到大，0到125岁。"),
    "height": _("身高写两头，从矮到高，30到250厘米。"),
    "before_birth": _("走失日期在出生日期之前。"),
}
_BODIES: Final = (Source.POLICE, Source.STATION)


def take_report(
    *,
    actor: Actor,
    at: datetime,
    said: Said,
    consent: Consent | None,
    danger: Danger | None = None,
    photo: "UploadedFile[bytes] | None" = None,
) -> MissingReport:
    """Enter what somebody told of a person he misses. Raises ReportRefused.

    A family must have agreed; the police and another station search by their own right. A minor, and
    whoever may be in danger, is a restricted record.
    """
    _check(said, at)
    if consent is None and said.source not in _BODIES:
        raise ReportRefused(_("请登记寻亲人的同意。"), field="consent_date")
    with together():
        report = MissingReport(
            number=_number(actor.division_code, at),
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=at,
            taken_at=at,
            taken_by=actor.name,
        )
        _put(report, with_divisions(said), danger or Danger(), at)
        if consent is not None:
            put_consent(report, agreed(consent, actor.division_code, at))
        if photo is not None:
            report.photo = _stored(photo, report, actor, at)
        report.save()
        note(
            report,
            "take",
            actor=actor,
            at=at,
            summary="收到寻人登记",
            changes={"source": said.source},
        )
        owe_question(report, actor, at)
        wake()
    return report


def correct_report(
    *,
    actor: Actor,
    at: datetime,
    report: MissingReport,
    said: Said,
    danger: Danger,
    photo: "UploadedFile[bytes] | None" = None,
) -> MissingReport:
    """Put a report right; the version before is kept. Raises ReportRefused.

    An empty ID number, searcher or word on danger leaves what lies sealed as it is.
    """
    _check(said, at, has_number=bool(report.id_hash))
    with transaction.atomic():
        held = held_open(report)
        before = {name: getattr(held, name) for name in PLAIN}
        _put(held, with_divisions(said), danger, at)
        old = held.photo if photo is not None else None
        if photo is not None:
            held.photo = _stored(photo, held, actor, at)
        held.save()
        if old is not None:
            files.discard(file=old)
        changed = [name for name in PLAIN if getattr(held, name) != before[name]]
        note(
            held, "correct", actor=actor, at=at, summary="改正寻人登记", changes={"fields": changed}
        )
        wake()
    return held


def _number(division_code: str, at: datetime) -> str:
    """County, day, four letters: can be read over the phone and counts nothing."""
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _place in range(4))
    return f"XR{division_code[:6]}-{clock.local(at):%y%m%d}-{tail}"


def _check(said: Said, at: datetime, *, has_number: bool = False) -> None:
    if said.source not in Source.values:
        raise ReportRefused(_("请选谁来登记。"), field="source")
    if said.source != Source.FAMILY and not said.source_name.strip():
        raise ReportRefused(_("请写来源单位的名称。"), field="source_name")
    if set(said.marks) - set(Mark.values):
        raise ReportRefused(_("特征里有不认识的选项。"), field="marks")
    for field, code in faults_of(said, clock.local(at).date()):
        if code == "nothing" and has_number:
            continue
        raise ReportRefused(str(FAULTS[code]), field=field)


def _put(report: MissingReport, said: Said, danger: Danger, at: datetime) -> None:
    """Write what was told into the row; the caller saves it."""
    if set(danger.marks) - set(DangerMark.values):
        raise ReportRefused(_("特征里有不认识的选项。"), field="dangers")
    for name in PLAIN:
        value: Any = getattr(said, name)
        setattr(report, name, value.strip() if isinstance(value, str) else value)
    report.marks = list(said.marks)
    if said.id_number:
        report.id_number, report.id_hash = said.id_number, keyed_hash(said.id_number)
    if said.searcher_name:
        report.searcher_name = said.searcher_name
    if said.searcher_phone:
        report.searcher_phone = said.searcher_phone
        report.phone_hash = keyed_hash(said.searcher_phone)
    report.dangers = list(danger.marks)
    if danger.words:
        report.danger_words = danger.words
    report.name_sound = sound_key(report.name)
    report.search_text = sounds.search_text(_words(report))
    _restrict(report, said, at)


def _words(report: MissingReport) -> list[str]:
    """What the report is found by, names and places in simplified characters too."""
    told = (report.name, report.nickname, report.home_words, report.lost_words)
    return [
        *map(simple, told),
        report.number, report.source_number, report.name, report.nickname, report.accent, report.home_words,
        report.old_places, report.lost_words, report.clothing, report.marks_words,
    ]  # fmt: skip


def _restrict(report: MissingReport, said: Said, at: datetime) -> None:
    lines = age_lines(report.division_code, at)
    age = age_of(said, clock.local(at).date())
    reason = "可能有人身危险" if report.dangers else ""
    if is_treated_as_minor(age, lines):
        reason = UNDER_AGE % {"n": lines.minor}
    report.is_restricted, report.restricted_reason = bool(reason), reason


def unmask_grown(*, at: datetime) -> int:
    """Once a night: who was masked for his age alone and has come of age is masked no more; how many.

    Call it under the system scope. An age that may still lie below the line, and any mark of danger, keeps the mask.
    """
    day, count = clock.local(at).date(), 0
    hidden = MissingReport.objects.filter(is_restricted=True, dangers=[], state=State.OPEN)
    for report in hidden.order_by("pk").iterator():
        lines = age_lines(report.division_code, at)
        if is_treated_as_minor(report.age_on(day), lines):
            continue
        report.is_restricted, report.restricted_reason = False, ""
        report.save(update_fields=["is_restricted", "restricted_reason"])
        summary = f"已满{lines.minor}周岁，不再按未成年人遮盖"
        note(report, "unmask", actor=SYSTEM, at=at, summary=summary)
        count += 1
    return count


def _stored(
    upload: "UploadedFile[bytes]", report: MissingReport, actor: Actor, at: datetime
) -> Any:
    return files.store(
        upload=upload,
        division_code=report.division_code,
        owner_org=report.owner_org,
        case_id=report.case_id,
        purpose=PHOTO,
        actor=actor,
        at=at,
    )
