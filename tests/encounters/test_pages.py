"""The pages of contacts: who gets them, what the form shows when, what the register exports."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import clock
from nuantu.core.models import JournalEntry
from nuantu.encounters.models import Encounter, Revisit
from nuantu.operations.models import Handover
from nuantu.persons.rules.ages import Age
from nuantu.persons.rules.rescue import Gate
from tests import builders
from tests.cast import HOSPITAL, Cast
from tests.web import (
    does_not_see,
    fragment_for,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("tonight")]
Make = Callable[..., Any]
NEW, LIST, VISITS, NOTICES = (
    "/encounters/new/",
    "/encounters/",
    "/encounters/revisits/",
    "/encounters/notices/",
)
GATE = Gate(legal_basis="未成年人保护法 第九十二条", reason="独自过夜", has_agreed=True)


def _page(encounter: Encounter) -> str:
    return reverse("encounters:detail", args=[encounter.public_id])


def test_who_may_not_see_or_write(cast: Cast, met: Make, record: Make) -> None:
    url = _page(record(met()).encounter)
    refused_for(cast.nobody, cast.taxi_driver, cast.admin, url=url)
    not_found_for(cast.outsider, cast.other_patroller, cast.hospital, cast.police, url=url)
    refused_for(cast.nobody, cast.operator, cast.section_head, cast.auditor, url=NEW)
    refused_for(cast.patroller, cast.operator, url="/encounters/export/")
    refused_for(cast.patroller, cast.operator, cast.auditor, url=NOTICES)
    not_found_for(cast.township, url=f"{url}correct/")
    refused_for(cast.patroller, url=f"{url}mode/", data={"answer": "approve"})


def test_a_mistake_is_corrected_on_the_page(
    cast: Cast, met: Make, record: Make, sent: Make
) -> None:
    wrong = record(met()).encounter
    url = f"{_page(wrong)}correct/"
    sees(page_for(cast.patroller, url), "哪里记错了", "南桥桥洞")
    form = sent(outcome="self_return", to_station="")
    submit_refused_leaving(
        cast.patroller, url, form, unchanged=Encounter.objects.count, says="请写明哪里记错了"
    )
    page = submits(cast.patroller, url, {**form, "correction_reason": "点错了"}, to=LIST)
    sees(page, "自行返家", "点错了", "看原来的")
    old = page_for(cast.patroller, _page(wrong))
    sees(old, "这一条已被更正")
    not_found = cast.patroller.browser().get(LIST)
    does_not_see(not_found, _page(wrong))


def _as_drawn(field: Any) -> Any:
    """What a browser sends of a field that nobody touches: of choices only those it offers."""
    value, offered = field.value(), getattr(field.field, "choices", None)
    if not offered:
        return value
    known = {str(code) for code, _label in offered}
    if isinstance(value, list):
        return [one for one in value if str(one) in known]
    return value if str(value) in known else ""


@pytest.mark.parametrize("photos", [0, 1])
def test_a_refusal_is_corrected_without_being_asked_for_its_proof_again(
    cast: Cast, refused: Make, record: Make, photos: int
) -> None:
    """The photo of the first entry counts, and so does why there is none; the visit stays."""
    proof = {} if photos else {"evidence": "impossible", "evidence_reason": "太暗"}
    wrong = record(refused(**proof), photos=photos).encounter
    url = f"{_page(wrong)}correct/"
    form = page_for(cast.patroller, url).context["form"]
    stands = {field.html_name: _as_drawn(field) for field in form}
    sent = {name: value for name, value in stands.items() if value not in (None, False, "")}
    sent = {**sent, "correction_reason": "记错了"}
    submits(cast.patroller, url, sent, to=LIST)
    mended = Encounter.objects.get(corrects=wrong)
    assert mended.evidence == wrong.evidence
    assert mended.revisit_at is not None


def test_the_leader_approves_and_reviews_on_the_page(cast: Cast, met: Make, record: Make) -> None:
    child = record(met(who={"age": Age(9, 11)}, gate=GATE)).encounter
    page = page_for(cast.patroller, _page(child))
    sees(page, "待批准", "提出的人不能批自己")
    does_not_see(page, 'value="approve"')
    sees(page_for(cast.leader, _page(child)), 'value="approve"')
    page = submits(cast.leader, f"{_page(child)}mode/", {"answer": "approve"}, to=_page(child))
    sees(page, "已批准", "潘带班")
    page = submits(
        cast.station_head,
        f"{_page(child)}review/",
        {"answer": "keep", "note": "家属在路上"},
        to=_page(child),
    )
    sees(page, "家属在路上", "石站长")


def test_the_receiver_sees_the_sheet_before_he_answers(cast: Cast, met: Make, record: Make) -> None:
    """The hospital reads the preview; what is sealed opens only once it has accepted."""
    from nuantu.encounters.rules.contact import Sheet

    patient = record(
        met(
            outcome="hospital",
            to_org="YY-522601-1",
            conditions=("unwell",),
            sheet=Sheet(health="右手冻伤", belongings="布包一个"),
        )
    ).encounter
    other = record(met(who={"looks": "红帽子"})).encounter
    not_found_for(cast.police, url=_page(patient))
    page = page_for(cast.hospital, _page(patient))
    sees(page, "接收或退回", "布包一个")
    does_not_see(page, "右手冻伤")
    not_found_for(cast.hospital, url=_page(other))
    sees(page, "接收移交后才能查看")
    reveal = f"{_page(patient)}sheet/"
    not_found_for(cast.hospital, url=reveal, data={"purpose": "接诊前了解伤情"})
    handover = Handover.objects.get()
    submits(cast.hospital, reverse("operations:accept", args=[handover.public_id]), {})
    submit_refused_leaving(
        cast.hospital, reveal, {"purpose": ""}, unchanged=JournalEntry.objects.count
    )
    sees(
        submits(cast.hospital, reveal, {"purpose": "接诊前了解伤情"}, to=_page(patient)), "右手冻伤"
    )
    sees(page_for(cast.hospital, reverse("operations:handover", args=[handover.public_id])), "送医")


def test_visits_are_listed_and_answered(
    cast: Cast, refused: Make, record: Make, sent: Make
) -> None:
    record(refused(), photos=1)
    revisit = Revisit.objects.get()
    sees(page_for(cast.patroller, VISITS), "南桥桥洞", "要等老乡", "没见到")
    does_not_see(page_for(cast.section_head, VISITS), "没见到</a>")
    url = reverse("encounters:visit", args=[revisit.public_id])
    not_found_for(cast.outsider, cast.township, url=url)
    submit_refused_leaving(
        cast.patroller,
        url,
        {"result": "not_seen", "note": ""},
        unchanged=lambda: Revisit.objects.filter(result="").count(),
    )
    submits(cast.patroller, url, {"result": "not_seen", "note": "桥下没人"}, to=VISITS)
    sees(page_for(cast.patroller, f"{VISITS}?state=done"), "桥下没人")
    again = Revisit.objects.get(result="")
    meet = f"{NEW}?revisit={again.public_id}"
    sees(page_for(cast.patroller, meet), "回访：见到了")
    submits(cast.patroller, meet, sent(), to=LIST)
    again.refresh_from_db()
    assert again.result == "met"


def test_partners_read_place_and_needs(
    cast: Cast, county_plan: object, refused: Make, record: Make
) -> None:
    record(
        refused(who={"name": "王小明"}, handed={"padded_clothes": 1, "quilt": 1, "food": 1}),
        photos=1,
    )
    page = page_for(cast.police, NOTICES)
    sees(page, "南桥桥洞", "需要御寒衣被", "凯里市救助管理站")
    does_not_see(page, "王小明", "灰大衣", "老乡")
    sees(page_for(cast.hospital, NOTICES), "没有有效的通报")


def test_a_notice_vanishes_when_it_expires(
    cast: Cast, county_plan: object, refused: Make, record: Make, evening: datetime
) -> None:
    record(refused(handed={"padded_clothes": 1, "quilt": 1, "food": 1}), photos=1)
    with clock.frozen(evening + timedelta(days=7, minutes=1)):
        does_not_see(page_for(cast.police, NOTICES), "南桥桥洞")


def test_the_register_is_narrowed(cast: Cast, met: Make, record: Make) -> None:
    record(met(who={"name": "王小明"}))
    record(
        met(place={"words": "汽车站"}, outcome="self_return", to_org="", who={"looks": "红帽子"})
    )
    sees(page_for(cast.section_head, LIST), "南桥桥洞", "汽车站", "共 2 条")
    for query, here, gone in (
        ("q=wxm", "南桥桥洞", "汽车站"),
        ("q=汽车", "汽车站", "南桥桥洞"),
        ("outcome=self_return", "汽车站", "南桥桥洞"),
        ("code=minor", "没有接触登记", "南桥桥洞"),
    ):
        rows = fragment_for(cast.section_head, f"{LIST}?{query}")
        sees(rows, here)
        does_not_see(rows, gone)


def test_the_days_register_leaves_as_excel_under_its_heading(
    cast: Cast, met: Make, record: Make, refused: Make
) -> None:
    record(met(note="=cmd|' /C calc'!A0", who={"name": "+王小明"}))
    record(refused(who={"age": Age(20, 30)}), photos=1)
    record(met(happened_at=met().happened_at - timedelta(days=2)))
    child = record(met(who={"age": Age(9, 11), "name": "小花"}, gate=GATE)).encounter
    answer = cast.section_head.browser().get(
        "/encounters/export/?from_date=2026-12-09&to_date=2026-12-09"
    )
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert rows[0][0] == "街面救助（劝导）登记表"
    assert rows[1][0] == "填报单位：凯里市民政局"
    assert rows[2][0] == "登记期间：2026-12-09"
    assert rows[3][:4] == ("序号", "发现时间", "发现地点", "自报姓名或称呼")
    assert len(rows) == 4 + 3
    called = {row[3] for row in rows[4:]}
    assert "受限记录" in called
    assert "小花" not in str(rows)
    assert "'+王小明" in called
    assert all(not str(cell).startswith("=") for row in rows[4:] for cell in row)
    lines = JournalEntry.objects.filter(verb="persons.person.export")
    assert lines.filter(subjects__subject_id=child.person.public_id).exists()


def test_the_pages_speak_english(cast: Cast, met: Make, record: Make) -> None:
    encounter = record(met()).encounter
    for url in (NEW, LIST, VISITS, _page(encounter)):
        page = page_for(cast.leader, url, language="en")
        does_not_see(page, "登记", "结果", "看到什么", "护送")


def test_what_the_program_put_down_itself_is_english_on_english_pages(
    cast: Cast, met: Make, record: Make
) -> None:
    """Source of a class, basis of a line, purpose of a hand-over: no Chinese of our own is left."""
    done = record(met(outcome="hospital", to_org=HOSPITAL, who={"name": "Lee"}))
    person = reverse("persons:detail", args=[done.encounter.person.public_id])
    page = cast.dispatcher.browser("en").get(person)
    sees(page, "Seen on the spot", "Said by the person", "State Council Decree 381 Art. 2")
    does_not_see(page, "现场接触", "本人说的", "国务院令")
    handover = reverse("operations:handover", args=[Handover.objects.get().public_id])
    sees(cast.hospital.browser("en").get(handover), "<dd>To hospital</dd>")


def test_a_photo_becomes_the_picture_of_the_card(cast: Cast, met: Make, record: Make) -> None:
    encounter = record(met(), photos=1).encounter
    evidence = encounter.photos.get()
    url = reverse("encounters:use_photo", args=[evidence.public_id])
    not_found_for(cast.outsider, cast.township, cast.police, url=url, data={})
    submits(cast.patroller, url, {}, to=_page(encounter))
    picture = reverse("persons:photo", args=[encounter.person.public_id])
    assert cast.section_head.browser().get(picture).headers["Content-Type"] == "image/jpeg"
    not_found_for(cast.outsider, url=picture)


def test_the_contact_card_says_how_to_ask_for_help(cast: Cast) -> None:
    refused_for(cast.nobody, cast.operator, url="/encounters/card/")
    sees(page_for(cast.patroller, "/encounters/card/"), "凯里市救助管理站", "24小时", "120")


def test_addresses_that_name_nothing_are_not_found(cast: Cast) -> None:
    for query in ("run=xyz", f"run={uuid4()}", f"tip={uuid4()}", f"person={uuid4()}"):
        not_found_for(cast.patroller, url=f"{NEW}?{query}")
    assert cast.patroller.browser().get(f"{LIST}?page=zzz&from_date=31.02.").status_code == 200


def test_a_receiver_is_shown_no_way_to_the_tip_that_he_may_not_read(
    cast: Cast, met: Make, record: Make
) -> None:
    """A line of the timeline leads only where its reader may go."""
    tip = builders.a_tip()
    ill = met(outcome="hospital", to_org="YY-522601-1", conditions=("unwell",))
    patient = record(ill, tip=tip).encounter
    assert patient.person is not None
    url = reverse("persons:detail", args=[patient.person.public_id])
    sees(page_for(cast.dispatcher, url), f"/tips/{tip.public_id}/")
    submits(
        cast.hospital, reverse("operations:accept", args=[Handover.objects.get().public_id]), {}
    )
    page = page_for(cast.hospital, url)
    does_not_see(page, "/tips/")
