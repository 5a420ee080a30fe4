"""One night from the street: a tip, a refusal and its next visit; a patient handed to the hospital.

Everything through the pages, as the people of the story do it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from nuantu.accounts.models import Organisation
from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.core.models import JournalEntry
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Notice, Tip
from nuantu.dispatch.rules.reports import Report
from nuantu.encounters.models import Encounter, Revisit
from nuantu.operations.models import Duty, Handover, Team, TeamMember
from nuantu.operations.services import start_plan
from nuantu.persons.models import Case, Person
from nuantu.planbook import files
from tests.cast import COUNTY, HOSPITAL, STATION, TOWN, Cast
from tests.encounters.conftest import EVENING, photo
from tests.web import does_not_see, not_found_for, page_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEW = "/encounters/new/"


@pytest.fixture(autouse=True)
def _tonight() -> Iterator[None]:
    with clock.frozen(EVENING), translation.override("zh-hans"):
        yield


@pytest.fixture
def run(cast: Cast) -> Dispatch:
    """The plans in force; a taxi driver's tip; the patroller's team has arrived."""
    for code, org in (("P1", "LX-5226"), ("P9", "MZ-522601")):
        start_plan(
            actor=SYSTEM, at=EVENING, text=files.packaged_text(code), org_code=org, year=2026
        )
    team = Team.objects.create(
        name="一队", organisation=Organisation.objects.get(code=STATION), division_id=COUNTY
    )
    assert cast.patroller.user is not None
    TeamMember.objects.create(team=team, user=cast.patroller.user)
    start = EVENING - timedelta(minutes=18)
    report = Report(place_text="南桥桥洞", division_code=TOWN, channel="taxi")
    tip = dispatch.take_tip(actor=cast.taxi_driver.actor, at=start, report=report).tip
    for notice in Notice.objects.filter(tip=tip, state="due"):
        dispatch.record_notice(actor=cast.operator.actor, at=start, notice=notice, way="phone")
    sent = dispatch.assign(actor=cast.dispatcher.actor, at=start, tip=tip, team=team)
    return dispatch.arrive(actor=cast.patroller.actor, at=EVENING, run=sent)


def _form(at: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "place": "南桥桥洞",
        "conditions": ["thin_clothes", "hungry"],
        "sex": "male",
        "age": "50",
        "looks": "灰大衣",
        "capacity": "capable",
        "is_informed": "on",
        "happened_at": f"{clock.local(at):%Y-%m-%dT%H:%M}",
        "idempotency_key": uuid4().hex,
        "closes_tip": "on",
        **changes,
    }


@pytest.mark.rule("P9-12", "P9-30", "P1-07", "P1-08", "P1-09", "P1-10")
def test_a_refusal_is_handled_and_visited_again(cast: Cast, run: Dispatch) -> None:
    """Informed, kit given, card left, photo taken, partners told, visited, then he comes along."""
    url = f"{NEW}?run={run.public_id}"
    sees(page_for(cast.patroller, url), "南桥桥洞", "棉衣", "应给 1")
    page = submits(
        cast.patroller,
        url,
        _form(
            EVENING,
            outcome="refused",
            refusal_choice="要等人、要做事",
            has_card="on",
            photos=[photo()],
            goods_padded_clothes="1",
            goods_quilt="1",
            goods_food="2",
            offer_temporary_lodging="declined",
        ),
    )
    sees(page, "拒绝救助", "已留下", "凯里市公安局", "待回访")
    tip = Tip.objects.get()
    assert (tip.state, tip.outcome) == ("closed", "refused")

    sees(page_for(cast.police, "/encounters/notices/"), "南桥桥洞", "需要御寒衣被")
    person = Person.objects.get()
    person_page = reverse("persons:detail", args=[person.public_id])
    not_found_for(cast.police, cast.hospital, cast.outsider, url=person_page)
    sees(
        page_for(cast.section_head, person_page),
        "接下来要做",
        "回访：再次看望并劝导",
        "街面接触：拒绝救助",
        "棉衣×1、棉被×1、食品×2",
        "收到线索",
    )
    sees(
        page_for(cast.section_head, reverse("accounts:looks", args=["person", person.public_id])),
        "欧科长",
    )

    tomorrow = EVENING + timedelta(hours=20)
    with clock.frozen(tomorrow):
        revisit = Revisit.objects.get(result="")
        submits(
            cast.patroller,
            f"{NEW}?revisit={revisit.public_id}",
            _form(tomorrow, outcome="to_station", to_station=STATION),
        )
        revisit.refresh_from_db()
        assert revisit.result == "met"
        assert Case.objects.count() == 1
        assert Encounter.objects.filter(person=person).count() == 2
        assert not Duty.objects.filter(kind="encounter.revisit", state="open").exists()


@pytest.mark.rule("P1-11", "P1-46", "P1-47", "P9-13")
def test_a_patient_goes_to_the_hospital_which_takes_over(cast: Cast, run: Dispatch) -> None:
    """120 first; the gate with its approval; the hospital previews, accepts and holds the case."""
    url = f"{NEW}?run={run.public_id}"
    ill = {"conditions": ["unconscious"], "outcome": "hospital", "to_hospital": HOSPITAL}
    advice = cast.patroller.browser().post(
        f"/encounters/advice/?run={run.public_id}", _form(EVENING, **ill)
    )
    sees(advice, "先打电话，再填表", "四道关", "社会救助暂行办法 第五十一条")
    page = submits(
        cast.patroller,
        url,
        _form(
            EVENING,
            **ill,
            mode="medical_emergency",
            legal_basis="社会救助暂行办法 第五十一条",
            mode_reason="叫不醒",
            is_urgent_danger="on",
            health="体温低，叫不醒",
            belongings="布包一个",
        ),
    )
    sees(page, "待批准", "待接收", "线索还没办结", "120")
    assert Tip.objects.get().state == "on_scene"
    encounter = Encounter.objects.get()
    detail = reverse("encounters:detail", args=[encounter.public_id])
    submits(cast.leader, f"{detail}mode/", {"answer": "approve"}, to=detail)

    not_found_for(cast.police, url=detail)
    sees(page_for(cast.hospital, detail), "接收或退回", "布包一个")
    handover = Handover.objects.get()
    accept = reverse("operations:accept", args=[handover.public_id])
    submits(cast.hospital, accept, {"accept-note": "已收治"})
    case = Case.objects.get()
    assert (case.owner_org, Person.objects.get().owner_org) == (HOSPITAL, HOSPITAL)
    encounter.refresh_from_db()
    assert encounter.owner_org == HOSPITAL

    person_page = reverse("persons:detail", args=[case.person.public_id])
    sees(page_for(cast.hospital, person_page), "街面接触：送医", "记一条")
    giver = page_for(cast.patroller, person_page)
    sees(giver, "到医院甄别是否救助对象")
    does_not_see(giver, "记一条</a>")
    owed = set(Duty.objects.filter(owner_org=STATION, state="open").values_list("kind", flat=True))
    assert {"encounter.screen_patient", "encounter.follow_patient"} <= owed

    with clock.frozen(EVENING + timedelta(days=31)):
        not_found_for(cast.patroller, url=person_page)
        sees(page_for(cast.hospital, person_page), case.number)
    assert JournalEntry.objects.filter(verb="operations.handover.accept").exists()


@pytest.mark.rule("P1-46", "S1-27")
def test_an_ill_man_who_agrees_is_handed_over_without_a_gate(cast: Cast, run: Dispatch) -> None:
    """His yes is enough; the hospital reads what is sealed only once it has taken him over."""
    ill = {"conditions": ["in_pain"], "outcome": "hospital", "to_hospital": HOSPITAL}
    page = submits(
        cast.patroller,
        f"{NEW}?run={run.public_id}",
        _form(EVENING, **ill, has_agreed="on", health="腹痛两小时", belongings="蛇皮袋"),
    )
    does_not_see(page, "待批准")
    sees(page, "待接收", "自愿受助")
    encounter = Encounter.objects.get()
    detail = reverse("encounters:detail", args=[encounter.public_id])
    sheet = reverse("encounters:reveal_sheet", args=[encounter.public_id])
    sees(page_for(cast.hospital, detail), "蛇皮袋", "接收移交后才能查看")
    not_found_for(cast.hospital, url=sheet)
    assert Duty.objects.get(kind="handover.answer").owner_org == HOSPITAL

    accept = reverse("operations:accept", args=[Handover.objects.get().public_id])
    submits(cast.hospital, accept, {"accept-note": "已收治"})
    assert not Duty.objects.filter(kind="handover.answer", state="open").exists()
    purpose = {"purpose": "接诊前了解伤情"}
    sees(submits(cast.hospital, sheet, purpose, to=detail), "腹痛两小时")
    assert not Duty.objects.filter(kind="encounter.approve").exists()
    assert Case.objects.get().owner_org == HOSPITAL
