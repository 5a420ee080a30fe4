"""The demo's medic: everybody looked at, one patient in hospital with news and a bill, one suspected
infection with a contact. All people are invented."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from nuantu.accounts.models import User
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.persons.models import Case
from nuantu.stays.models import Absence, HospitalCare, Stay
from nuantu.stays.rules.bills import Line
from nuantu.stays.selectors.health import choices
from nuantu.stays.services import health

LINES = (
    Line("床位费", 2, 4000, 8000, is_by_day=True),
    Line("化验", 1, 12600, 12600),
    Line("抗感染药", 4, 3550, 14200),
)


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """After the winter's guests have come: who is out to hospital is the patient, who is observed
    has the cough."""
    medic = people["medic"]
    rows = Stay.objects.filter(owner_org=medic.org_code).select_related("person")
    stays = list(rows.order_by("entered_at", "pk"))
    out = Absence.objects.get(stay__in=stays, reason="hospital", back_at=None)
    for number, stay in enumerate(stays):
        if stay.pk == out.stay_id:
            _hospital(medic, stay, at)
        elif stay.health == "observation" and stay.is_here:
            _infection(medic, stay, at)
        else:
            _screen(medic, stay, stay.entered_at + timedelta(minutes=12), 362 + number % 8)


def _case(stay: Stay) -> Case:
    return Case.objects.select_related("person").get(case_id=stay.case_id)


def _screen(medic: Actor, stay: Stay, at: datetime, tenths: int) -> None:
    with _as(medic, at):
        health.screen(
            actor=medic,
            at=at,
            case=_case(stay),
            found=health.Findings(result="fit", temperature_tenths=tenths, words="无不适（演示）"),
            stay=stay,
        )


def _hospital(medic: Actor, stay: Stay, now: datetime) -> None:
    """Yesterday the first hospital had no bed, the second took him; he is getting better."""
    begun = now - timedelta(hours=19)
    with _as(medic, begun):
        case = _case(stay)
        sign = "critically_ill_person"
        found = health.Findings(
            result="hospital", temperature_tenths=391, signs=(sign,), words="高烧、气促（演示）"
        )
        health.screen(actor=medic, at=begun, case=case, found=found, stay=stay)
        first, second = choices.hospitals(stay.division_code, [sign])[:2]
        care = health.begin_care(
            actor=medic,
            at=begun,
            case=case,
            patient=health.Patient(signs=(sign,), why="高烧、气促，疑似肺炎（演示）", stay=stay),
            hospital=first,
        )
        for notice in care.notices.all():
            health.tell(actor=medic, at=begun, notice=notice, told_to="120 调度 03 号（演示）")
        health.answer_ask(actor=medic, at=begun, ask=care.asks.get(), answer="full")
        asked = health.ask_hospital(actor=medic, at=begun, care=care, hospital=second)
        health.answer_ask(actor=medic, at=begun, ask=asked, answer="takes")
        _follow(medic, care, now)


def _follow(medic: Actor, care: HospitalCare, now: datetime) -> None:
    arrived = now - timedelta(hours=18)
    with _as(medic, arrived):
        row = health.arrive(
            actor=medic,
            at=arrived,
            care=care,
            accompanied_by="样护工（演示）",
            follower=User.objects.get(public_id=medic.public_id),
            due_at=now + timedelta(days=3),
        )
    asked = now - timedelta(hours=3)
    with _as(medic, asked):
        health.put_found(actor=medic, at=asked, care=row, found="relief_object")
        health.note_news(
            actor=medic, at=asked, care=row, condition="better", words="退烧，能进食（演示）"
        )
        day = clock.local(now).date()
        bill = health.enter_bill(
            actor=medic,
            at=asked,
            care=row,
            charged=health.Charged("演示-0001", clock.local(arrived).date(), day, 34800, LINES),
        )
        health.put_share(
            actor=medic, at=asked, bill=bill, payer="insurance", fen=0, words="没有参保（演示）"
        )


def _infection(medic: Actor, stay: Stay, now: datetime) -> None:
    """A cough that may be the flu: isolated, disease control told, a carer off duty."""
    at = now - timedelta(hours=2)
    with _as(medic, at):
        row = health.report(
            actor=medic,
            at=at,
            known=health.Report(
                kind="suspected",
                illness="咳嗽发热，疑似流感（演示）",
                since_at=at - timedelta(days=2),
                stay=stay,
            ),
        )
        health.add_contact(
            actor=medic, at=at, infection=row, how="met", staff_name="样护工（演示）"
        )
        health.tell_cdc(
            actor=medic,
            at=at,
            infection=row,
            told_to="州疾控 样科长（演示）",
            guidance="单间隔离，等检测结果（演示）",
        )
