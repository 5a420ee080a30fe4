"""The form of a contact on the phone: what it asks when, what it turns back, what it keeps."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, journal
from nuantu.core.subjects import Subject
from nuantu.encounters.models import Encounter, ModeRequest, Revisit
from nuantu.operations.models import Duty, Handover
from nuantu.persons.models import Case, PersonFact
from nuantu.persons.rules.ages import Age, around
from nuantu.persons.rules.rescue import Gate
from tests.cast import HOSPITAL, OTHER_STATION, POLICE, Cast
from tests.encounters.conftest import photo
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("tonight")]
Make = Callable[..., Any]
NEW, LIST = "/encounters/new/", "/encounters/"
GATE = Gate(legal_basis="未成年人保护法 第九十二条", reason="独自过夜", has_agreed=True)


def _page(encounter: Encounter) -> str:
    return reverse("encounters:detail", args=[encounter.public_id])


def test_a_contact_is_recorded_on_the_phone(cast: Cast, sent: Make) -> None:
    sees(page_for(cast.patroller, NEW), "看到什么", "怎么结束", "登记")
    page = submits(cast.patroller, NEW, sent(offer_station="accepted", is_informed="on"), to=LIST)
    sees(page, "南桥桥洞", "护送入站", "约50岁男子 灰大衣 南桥桥洞", "已告知救助政策")
    encounter = Encounter.objects.get()
    assert encounter.recorded_by == "杨二"
    assert encounter.offers.get(code="station").answer == "accepted"
    assert encounter.division_code.startswith("522601")


@pytest.mark.rule("P14-04")
def test_the_age_origin_and_cause_he_tells_on_the_spot_stand_in_his_record(
    cast: Cast, sent: Make
) -> None:
    form = sent(age="30", origin="湖南怀化", cause="和父亲吵架离家")
    submits(cast.patroller, NEW, form, to=LIST)
    person = Case.objects.select_related("person").get().person
    age = person.age_on(clock.today())
    assert age is not None
    assert (age.low, age.high) == (around(30).low, around(30).high)
    told = {row.kind: row for row in PersonFact.objects.filter(person=person)}
    assert told["origin"].value == "湖南怀化"
    assert told["cause"].value == "和父亲吵架离家"
    assert told["cause"].noted_by == "杨二"


def test_the_same_form_sent_twice_is_one_contact(cast: Cast, sent: Make) -> None:
    form = sent()
    for _time in range(2):
        submits(cast.patroller, NEW, form, to=LIST)
    assert Encounter.objects.count() == 1


def test_a_refused_form_keeps_what_was_typed(cast: Cast, sent: Make) -> None:
    """A refusal without having informed comes back with everything still in it."""
    form = sent(outcome="refused", refusal_choice="想留在这里", note="爱说话", has_card="on")
    page = submit_refused_leaving(
        cast.patroller, NEW, form, unchanged=Encounter.objects.count, says="也要告知"
    )
    sees(page, "爱说话", "灰大衣", 'value="refused"')


def test_a_refused_form_names_everything_that_is_missing_at_once(cast: Cast, sent: Make) -> None:
    """A team in the cold is sent back once, not once for each field."""
    page = submit_refused_leaving(
        cast.patroller, NEW, sent(outcome="refused"), unchanged=Encounter.objects.count
    )
    sees(page, "也要告知", "为什么不愿意", "留下求助联系卡", "拍下劝导现场", "物资还缺")
    gate = submit_refused_leaving(
        cast.patroller, NEW, sent(age="10"), unchanged=Encounter.objects.count
    )
    sees(gate, "必须写明法律依据", "必须写明为什么")


def test_the_leader_decides_on_the_page_also_when_the_police_hold_the_case(
    cast: Cast, met: Make, record: Make
) -> None:
    """Approval and its end stay with the station that acted; the holder owes the word to the child."""
    child = record(
        met(outcome="police", to_org=POLICE, conditions=(), who={"age": Age(10, 10)}, gate=GATE)
    ).encounter
    page = _page(child)
    handover = Handover.objects.get()
    submits(cast.police, reverse("operations:accept", args=[handover.public_id]), {})
    does_not_see(page_for(cast.police, page), 'value="approve"')
    refused_for(cast.police, url=f"{page}mode/", data={"answer": "approve"})
    sees(page_for(cast.leader, page), 'value="approve"')
    submits(cast.leader, f"{page}mode/", {"answer": "approve"}, to=page)
    sees(page_for(cast.leader, page), "复核看到的情况")
    submits(cast.leader, f"{page}review/", {"answer": "end", "note": "监护人已到"}, to=page)
    request = ModeRequest.objects.get()
    assert (request.state, request.review) == ("approved", "end")
    assert Case.objects.get().rescue_mode == "voluntary"
    assert Duty.objects.get(kind="encounter.end_measure").owner_org == POLICE


def test_what_the_page_hides_for_this_end_does_not_count(
    cast: Cast, sent: Make, evening: datetime
) -> None:
    """The phone sends the hidden date of the next visit along; who comes along owes none."""
    later = f"{clock.local(evening + timedelta(days=2)):%Y-%m-%dT%H:%M}"
    hidden = {"revisit_at": later, "refusal_choice": "想留在这里", "evidence": "declined"}
    submits(cast.patroller, NEW, sent(**hidden), to=LIST)
    encounter = Encounter.objects.get()
    assert (encounter.revisit_at, encounter.refusal_reason, encounter.evidence) == (None, "", "")
    assert not Duty.objects.filter(kind="encounter.revisit").exists()
    assert not Revisit.objects.exists()


def test_an_ill_adult_who_agrees_is_asked_nothing_more(cast: Cast, sent: Make) -> None:
    """The page asks whether he agrees; his yes is voluntary help, without a gate or approval."""
    ill = {"conditions": ["feverish"], "outcome": "hospital", "to_hospital": HOSPITAL}
    asked = cast.patroller.browser().post("/encounters/advice/", sent(**ill))
    sees(asked, "四道关", "因为：突发急病", "本人同意一起走", "不用审批")
    agreed = sent(**ill, has_agreed="on")
    does_not_see(cast.patroller.browser().post("/encounters/advice/", agreed), "四道关", "为什么")
    page = submits(cast.patroller, NEW, agreed, to=LIST)
    does_not_see(page, "待批准")
    encounter = Encounter.objects.get()
    assert (encounter.rescue_mode, encounter.outcome) == ("voluntary", "hospital")
    assert not ModeRequest.objects.exists()


def test_an_ill_adult_who_does_not_agree_still_meets_the_gate(cast: Cast, sent: Make) -> None:
    """Without his yes, a child's yes, or a doubtful one, the four gates stand."""
    ill = {"outcome": "hospital", "to_hospital": HOSPITAL}
    for changes in (
        {"conditions": ["feverish"]},
        {"conditions": ["feverish"], "age": "10", "has_agreed": "on"},
        {"conditions": ["feverish", "confused"], "has_agreed": "on"},
        {"conditions": ["feverish"], "has_agreed": "on", "is_incapable": "on"},
    ):
        form = sent(**ill, **changes)
        sees(cast.patroller.browser().post("/encounters/advice/", form), "四道关")
        submit_refused_leaving(
            cast.patroller, NEW, form, unchanged=Encounter.objects.count, says="法律依据"
        )


@pytest.mark.parametrize(
    ("language", "words"),
    [("", "因为：醉酒、能否自己作主存疑"), ("en", "Because: Drunk, ability to decide in doubt")],
)
def test_the_gate_before_a_drunk_person_says_so(
    cast: Cast, sent: Make, language: str, words: str
) -> None:
    form = sent(conditions=["drunk"])
    sees(cast.patroller.browser(language).post("/encounters/advice/", form), words)


def test_the_gate_appears_when_needed_and_says_why(cast: Cast, sent: Make) -> None:
    """For a man who comes along there is no gate; for a child there is, with its reason."""
    does_not_see(page_for(cast.patroller, NEW), "四道关")
    does_not_see(
        cast.patroller.browser().post("/encounters/advice/", sent()), "四道关", "职责不因拒绝而结束"
    )
    advice = cast.patroller.browser().post("/encounters/advice/", sent(age="10"))
    sees(advice, "四道关", "未成年人", "120", "职责不因拒绝而结束", "未成年人保护法")
    does_not_see(advice, "<html")


def test_without_a_script_the_gate_comes_with_the_answer(cast: Cast, sent: Make) -> None:
    """No script asks for advice: the first sending is answered with the gate, the second is taken."""
    form = sent(age="10")
    page = submit_refused_leaving(
        cast.patroller, NEW, form, unchanged=Encounter.objects.count, says="四道关"
    )
    sees(page, "必须写明法律依据", "未成年人")
    gate = {
        "mode": "protective",
        "legal_basis": "未成年人保护法 第九十二条",
        "mode_reason": "独自过夜",
        "has_agreed": "on",
    }
    sees(submits(cast.patroller, NEW, {**form, **gate}, to=LIST), "受限记录", "待批准")
    assert ModeRequest.objects.count() == 1


def test_red_chips_say_call_first(cast: Cast, sent: Make) -> None:
    advice = cast.patroller.browser().post(
        "/encounters/advice/", sent(conditions=["unconscious"], outcome="hospital")
    )
    sees(advice, "先打电话，再填表", "tel:120", "危重病人", "送医")


def test_a_photo_that_is_none_is_said_beside_the_field(cast: Cast, sent: Make) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = sent(photos=[SimpleUploadedFile("a.jpg", b"nothing")])
    submit_refused_leaving(
        cast.patroller, NEW, form, unchanged=Encounter.objects.count, says="不是能打开的照片"
    )


def test_a_refusal_with_a_photo_is_taken_and_its_photo_shown_to_who_may(
    cast: Cast, sent: Make
) -> None:
    goods = {f"goods_{code}": "1" for code in ("food", "drink", "padded_clothes", "quilt")}
    page = submits(
        cast.patroller,
        NEW,
        sent(
            outcome="refused",
            refusal_choice="不相信我们",
            refusal_words="等老乡",
            is_informed="on",
            has_card="on",
            photos=[photo(), photo("b.jpg")],
            **goods,
        ),
        to=LIST,
    )
    sees(page, "不相信我们；等老乡", "待回访", "保存到 2029-12-09", "棉被")
    english = page_for(cast.leader, _page(Encounter.objects.get()), language="en")
    sees(english, "Does not trust us；等老乡")
    evidence = Encounter.objects.get().photos.first()
    assert evidence is not None
    url = reverse("encounters:photo", args=[evidence.public_id])
    not_found_for(cast.outsider, cast.hospital, url=url)
    answer = cast.section_head.browser().get(url)
    assert answer.headers["Content-Type"] == "image/jpeg"


def test_somebody_met_near_by_is_offered_and_not_entered_twice(
    cast: Cast, met: Make, record: Make, sent: Make
) -> None:
    first = record(met()).encounter
    page = page_for(cast.patroller, f"{NEW}?person={first.person.public_id}")
    sees(page, first.person.called_as)
    form = sent(person=str(first.person.public_id), lat="26.56", lon="108.06")
    submits(cast.patroller, NEW, form, to=LIST)
    assert Encounter.objects.filter(person=first.person).count() == 2


def test_what_an_english_page_puts_down_is_chinese_for_the_others(cast: Cast, sent: Make) -> None:
    """The journal keeps one language: outcome, class, origin of the case, purpose of a hand-over."""
    page = cast.patroller.browser("en")
    submits(page, NEW, sent(age="72", outcome="to_station", to_station=OTHER_STATION))
    encounter = Encounter.objects.get()
    person = Subject("person", encounter.person.public_id)
    written = " ".join(line.summary for line in journal.timeline(person))
    assert "街面接触：护送入站" in written
    assert "人员类别：老年人" in written
    assert not re.search("[a-z]{3}", written)
    assert Handover.objects.get().purpose == "护送入站"
    assert Case.objects.get().source == "街面巡查"


def test_a_person_is_found_by_the_receipt_of_the_tip(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    """The reporter reads his code out; the desk finds whom the team met."""
    from nuantu.dispatch import services as dispatch
    from nuantu.dispatch.rules.reports import Report
    from tests.cast import TOWN

    start = evening - timedelta(minutes=30)
    taken = dispatch.take_tip(
        actor=cast.taxi_driver.actor,
        at=start,
        report=Report(place_text="南桥桥洞", division_code=TOWN),
    )
    done = record(met(), tip=taken.tip).encounter
    record(met(who={"looks": "红帽子"}))
    page = page_for(cast.operator, f"/persons/?q={taken.code}")
    sees(page, done.person.called_as)
    does_not_see(page, "红帽子")
