"""Hospital bills: checked to the fen, paid by insurance, assistance and station, by nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nuantu.core import journal
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.operations import services as operations
from nuantu.operations.models import Duty
from nuantu.planbook import files
from nuantu.stays.models import AcceptedFault, Bill, CareHospital
from nuantu.stays.rules import bills as rules
from nuantu.stays.selectors.health.bills import faults, standing
from nuantu.stays.services import health
from tests.cast import Cast
from tests.stays.house import NIGHT
from tests.stays.patients import BED, FIRST, LINES, a_bill, a_patient
from tests.web import not_found_for, page_for, refused_for, sees, submit_refused_leaving, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def shared(cast: Cast, bill: Bill, payer: str, fen: int, words: str = "") -> Bill:
    return health.put_share(
        actor=cast.medic.actor, at=NIGHT, bill=bill, payer=payer, fen=fen, words=words
    )


def is_object(cast: Cast, bill: Bill, found: str = "relief_object") -> None:
    words = "有单位" if found == "no_object" else ""
    health.put_found(actor=cast.medic.actor, at=NIGHT, care=bill.care, found=found, words=words)


def charge(*lines: rules.Line, total: int, **more: Any) -> rules.Charge:
    known: dict[str, Any] = {
        "number": "B-1",
        "from_date": FIRST,
        "to_date": date(2026, 12, 11),
        "treated_from": FIRST,
        "treated_to": None,
    }
    return rules.Charge(total_fen=total, lines=lines, **(known | more))


def codes(charged: rules.Charge, *others: rules.Other) -> list[str]:
    return [fault.code for fault in rules.faults(charged, others)]


@pytest.mark.rule("P1-50")
def test_a_bill_is_checked_for_arithmetic_days_and_doubles() -> None:
    other = rules.Other("A-9", FIRST, FIRST, 9000, insurance_fen=500)
    assert codes(charge(BED, total=9000)) == []
    assert codes(charge(rules.Line("床位", 3, 3000, 9100, is_by_day=True), total=9100)) == [
        "arithmetic"
    ]
    assert codes(charge(BED, total=9001)) == ["total"]
    assert codes(charge(rules.Line("床位", 4, 3000, 12000, is_by_day=True), total=12000)) == [
        "days"
    ]
    assert codes(charge(BED, BED, total=18000)) == ["doubled_line"]
    assert codes(charge(BED, total=9000, treated_from=date(2026, 12, 10))) == ["period"]
    assert codes(charge(BED, total=9000), other) == ["doubled_bill"]
    assert codes(charge(BED, total=8000, insurance_fen=500), other)[-1] == "doubled_insurance"


@pytest.mark.rule("P1-06")
def test_there_is_no_payer_but_insurance_assistance_and_station() -> None:
    payers = {field.name for field in Bill._meta.get_fields() if field.name.endswith("_fen")} - {
        "total_fen"
    }
    assert payers == {"insurance_fen", "assistance_fen", "fund_fen", "station_fen"}


@pytest.mark.slow
@pytest.mark.rule("P1-50")
def test_the_payers_are_asked_in_their_order(cast: Cast, as_: As) -> None:
    bill = a_bill(cast)
    with as_(cast.medic):
        is_object(cast, bill)
        for payer in ("assistance", "station"):
            with pytest.raises(Refusal, match="按顺序"):
                shared(cast, bill, payer, 100)
        with pytest.raises(Refusal, match="原因"):
            shared(cast, bill, "insurance", 0)
        with pytest.raises(Refusal, match="超过"):
            shared(cast, bill, "insurance", 9001)
        row = shared(cast, bill, "insurance", 6000, "医保结算 77")
        row = shared(cast, row, "assistance", 0, "户籍地不明")
        with pytest.raises(Refusal, match="不向本人和家属收取"):
            shared(cast, row, "station", 2999)
        row = shared(cast, row, "station", 3000)
        assert row.state == "settled"
        assert not Duty.objects.filter(kind="bill.settle", state="open").exists()
        with pytest.raises(Refusal, match="已经办结"):
            health.dispute(actor=cast.medic.actor, at=NIGHT, bill=row, words="又想起来")


@pytest.mark.slow
def test_nobody_is_asked_why_he_pays_nothing_of_what_is_paid(cast: Cast, as_: As) -> None:
    """Insurance took the whole bill, and a reason was asked of each payer after it."""
    bill = a_bill(cast)
    with as_(cast.medic):
        is_object(cast, bill)
        row = shared(cast, bill, "insurance", 9000, "医保结算 78")
        row = shared(cast, row, "assistance", 0)
        assert shared(cast, row, "station", 0).state == "settled"


@pytest.mark.rule("P1-06")
def test_a_plan_names_the_order_and_nobody_but_the_four_payers() -> None:
    order = ["assistance", "fund", "family", "finance", "insurance"]
    assert rules.payers_for(order, ["injury"]) == ("assistance", "insurance", "station")
    assert rules.payers_for(["station", "fund"], ["sudden_illness"]) == ("fund", "station")


@pytest.mark.slow
@pytest.mark.rule("P1-50")
def test_an_emergency_asks_the_fund_and_a_plan_may_turn_the_order(cast: Cast, as_: As) -> None:
    a_plan(cast, payers="[assistance, fund, insurance]")
    care = a_patient(cast, signs=("critically_ill_person",))
    with as_(cast.medic):
        row = health.enter_bill(
            actor=cast.medic.actor,
            at=NIGHT,
            care=care,
            charged=health.Charged("B-2", FIRST, date(2026, 12, 11), 9000, LINES),
        )
        assert row.payers == ["assistance", "fund", "insurance", "station"]
        is_object(cast, row)
        with pytest.raises(Refusal, match="医疗救助、疾病应急救助基金、医保、救助站"):
            shared(cast, row, "insurance", 100)
        row = shared(cast, row, "assistance", 0, "身份不明")
        row = shared(cast, row, "fund", 8000, "基金审核单 5")
        row = shared(cast, row, "insurance", 0, "没有参保")
        row = shared(cast, row, "station", 1000)
        assert row.state == "settled"


def a_plan(cast: Cast, *, payers: str) -> None:
    """The winter plan with an order of payers of its own."""
    text = files.packaged_text("P1")
    before = "costs: {words: 及时,"
    assert before in text
    operations.start_plan(
        actor=SYSTEM,
        at=NIGHT,
        text=text.replace(before, f"costs: {{payers: {payers}, words: 及时,"),
        org_code="MZ-522601",
        year=2026,
    )


@pytest.mark.slow
@pytest.mark.rule("P1-06")
def test_the_database_refuses_a_gap_that_somebody_else_would_have_to_pay(
    cast: Cast, as_: As
) -> None:
    bill = a_bill(cast)
    rows = Bill.objects.filter(pk=bill.pk)
    with as_(cast.medic):
        for wrong in (
            {"station_fen": 9000},
            {"fund_fen": 9000},
            {"payers": ["family", "station"]},
            {"payers": ["insurance", "assistance"]},
            {"insurance_fen": 0},
            {"state": "settled"},
            {
                "state": "settled",
                "insurance_fen": 5000,
                "assistance_fen": 1000,
                "station_fen": 2999,
            },
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**wrong)


@pytest.mark.slow
def test_a_doubted_bill_is_put_right_by_the_hospital_before_anybody_pays(
    cast: Cast, as_: As
) -> None:
    bill = a_bill(cast, total=9900)
    with as_(cast.medic):
        is_object(cast, bill)
        assert [fault.code for fault in faults(bill)] == ["total"]
        shared(cast, bill, "insurance", 0, "没有参保")
        row = shared(cast, bill, "assistance", 0, "身份不明")
        with pytest.raises(Refusal, match="对不上"):
            shared(cast, row, "station", 9900)
        row = health.dispute(actor=cast.medic.actor, at=NIGHT, bill=row, words="合计多9元")
        with pytest.raises(Refusal, match="核实"):
            shared(cast, row, "station", 9900)
        charged = health.Charged("B-1", FIRST, date(2026, 12, 11), 9000, LINES)
        row = health.correct_bill(
            actor=cast.medic.actor, at=NIGHT, bill=row, charged=charged, answer="笔误"
        )
        assert (row.state, row.insurance_fen, faults(row)) == ("open", None, ())


@pytest.mark.slow
def test_the_station_pays_for_a_relief_object_only(cast: Cast, as_: As) -> None:
    bill = a_bill(cast)
    with as_(cast.medic):
        shared(cast, bill, "insurance", 0, "没有参保")
        row = shared(cast, bill, "assistance", 0, "不符合")
        with pytest.raises(Refusal, match="先到医院甄别"):
            shared(cast, row, "station", 9000)
        with pytest.raises(Refusal, match="只有甄别"):
            health.send_back(actor=cast.medic.actor, at=NIGHT, bill=row, words="单位认领")
        is_object(cast, row, "no_object")
        with pytest.raises(Refusal, match="救助站不付"):
            shared(cast, Bill.objects.get(pk=row.pk), "station", 9000)
        back = health.send_back(actor=cast.medic.actor, at=NIGHT, bill=row, words="单位认领")
        assert (back.state, back.station_fen) == ("returned", None)


@pytest.mark.rule("P1-06")
@pytest.mark.slow
def test_the_head_accepts_what_the_hospital_explained_and_nobody_else_pays(
    cast: Cast, as_: As
) -> None:
    """The first day lies before the treatment; the hospital explains, the same lines come back."""
    bill, medic, head = a_bill(cast), cast.medic, cast.station_head
    with as_(medic):
        is_object(cast, bill)
        CareHospital.objects.update(arrived_at=NIGHT + timedelta(days=1))
    accept = reverse("stays:accept_fault", args=[bill.public_id])
    wanted = {"fault": "period:1:0:", "reason": "入院前一晚在急诊留观，计入本次"}
    refused_for(medic, cast.reception, url=accept, data=wanted)
    with as_(medic):
        row = health.dispute(actor=medic.actor, at=NIGHT, bill=bill, words="早一天")
    with as_(head), pytest.raises(Refusal, match="先退医院核实"):
        health.accept_fault(actor=head.actor, at=NIGHT, bill=row, **wanted)
    charged = health.Charged("B-1", FIRST, date(2026, 12, 11), 9000, LINES)
    answer: dict[str, Any] = {"at": NIGHT, "bill": row, "charged": charged, "answer": "急诊一晚"}
    with as_(head):
        health.correct_bill(actor=head.actor, **answer)
        with pytest.raises(Refusal, match="不能自己认可"):
            health.accept_fault(actor=head.actor, at=NIGHT, bill=row, **wanted)
    with as_(medic):
        health.correct_bill(actor=medic.actor, **answer)
    url = reverse("stays:bill", args=[bill.public_id])
    sees(page_for(medic, url), "站长可以写明理由认可")
    sees(page_for(head, accept), "不向本人和家属收取", "账单日期不在住院期间。")
    submit_refused_leaving(
        head,
        accept,
        wanted | {"reason": " "},
        unchanged=AcceptedFault.objects.count,
        says="认可哪一处",
    )
    with as_(head):
        told = Duty.objects.get(kind="bill.accept", state="open")
    submits(head, accept, wanted)
    with as_(head):
        told.refresh_from_db()
        assert told.state == "done", "the head heard of the answer, and has said what he says"
    sees(page_for(medic, url), "对不上但已认可", "急诊留观", head.name)
    with as_(medic):
        shared(cast, row, "insurance", 0, "没有参保")
        shared(cast, row, "assistance", 0, "身份不明")
        with pytest.raises(Refusal, match="不向本人和家属收取"):
            shared(cast, row, "station", 8999)
        assert shared(cast, row, "station", 9000).state == "settled"
        said = JournalEntry.objects.get(verb="stays.bill.accept")
        assert "急诊" not in f"{said.summary}{said.changes}"
        assert journal.words_of(said)["reason"] == wanted["reason"]
    sees(page_for(head, url, language="en"), "Does not add up, but accepted", "Reason:")


@pytest.mark.slow
def test_a_wrong_sum_is_accepted_by_nobody_and_a_correction_begins_anew(
    cast: Cast, as_: As
) -> None:
    medic, head = cast.medic, cast.station_head
    bill = a_bill(cast, total=9900)
    with as_(medic):
        health.dispute(actor=medic.actor, at=NIGHT, bill=bill, words="合计多9元")
        charged = health.Charged("B-1", FIRST, date(2026, 12, 11), 9900, (BED, BED))
        answer: dict[str, Any] = {"at": NIGHT, "bill": bill, "charged": charged, "answer": "两张床"}
        row = health.correct_bill(actor=medic.actor, **answer)
        keys = [fault.key for fault in faults(row)]
    assert keys == ["total:9900:18000:", "doubled_line:0:0:床位"]
    with as_(head):
        with pytest.raises(Refusal, match="医院更正"):
            health.accept_fault(actor=head.actor, at=NIGHT, bill=row, fault=keys[0], reason="算了")
        health.accept_fault(actor=head.actor, at=NIGHT, bill=row, fault=keys[1], reason="陪护床")
        assert [fault.code for fault in standing(row)] == ["total"]
    with as_(medic):
        row = health.correct_bill(actor=medic.actor, **answer)
        assert len(standing(row)) == 2


@pytest.mark.slow
def test_a_bill_that_comes_after_the_discharge_still_finds_its_payer(cast: Cast, as_: As) -> None:
    bill, medic = a_bill(cast), cast.medic
    with as_(medic):
        out = health.Discharge(end="to_stay", is_stable=True, certificate_number="C-1")
        out_at = NIGHT + timedelta(days=3)
        health.end_care(actor=medic.actor, at=out_at, care=bill.care, out=out)
        shared(cast, bill, "insurance", 0, "没有参保")
        shared(cast, bill, "assistance", 0, "身份不明")
    page = page_for(medic, reverse("stays:bill", args=[bill.public_id]))
    found = reverse("stays:found", args=[bill.care.public_id])
    sees(page, found)
    submits(medic, found, {"found": "relief_object"})
    share = reverse("stays:share_bill", args=[bill.public_id])
    submits(medic, share, {"payer": "station", "amount": "90"})
    with as_(medic):
        bill.refresh_from_db()
        assert (bill.state, bill.station_fen) == ("settled", 9000)
    answer = medic.browser().post(found, {"found": "unclear"})
    sees(answer, "这次就医已经结束")


@pytest.mark.slow
def test_a_bill_put_right_has_lines_and_dates_that_run_forward(cast: Cast) -> None:
    url = reverse("stays:correct_bill", args=[a_bill(cast).public_id])
    sent = {"number": "B-1", "from_date": "2026-12-11", "to_date": "2026-12-09", "total": "90"}
    answer = cast.medic.browser().post(url, sent | {"answer": "没有错"})
    assert answer.status_code == 422
    sees(answer, "结束日期要不早于开始日期")
    answer = cast.medic.browser().post(url, sent | {"answer": "没有错", "to_date": "2026-12-11"})
    assert answer.status_code == 422
    sees(answer, "至少填一行", "没有错")
    unnamed = {"to_date": "2026-12-11", "amount_1": "90"}
    answer = cast.medic.browser().post(url, sent | {"answer": "没有错"} | unnamed)
    sees(answer, "这一行还没填完")


@pytest.mark.slow
def test_a_bill_is_entered_once(cast: Cast, as_: As) -> None:
    bill = a_bill(cast)
    with as_(cast.medic), pytest.raises(Refusal, match="已经登记"):
        health.enter_bill(
            actor=cast.medic.actor,
            at=NIGHT,
            care=bill.care,
            charged=health.Charged("B-1", FIRST, FIRST, 9000, LINES),
        )


@pytest.mark.slow
def test_a_bill_on_the_pages_keeps_what_was_typed(cast: Cast) -> None:
    care, medic = a_patient(cast), cast.medic
    url = reverse("stays:new_bill", args=[care.public_id])
    refused_for(cast.carer, cast.reception, cast.office, url=url)
    not_found_for(cast.outsider, url=url)
    sent = {
        "number": "Z-7",
        "from_date": "2026-12-09",
        "to_date": "2026-12-11",
        "total": "99",
        "item_1": "床位",
        "quantity_1": "3",
        "unit_1": "30",
    }
    answer = medic.browser().post(url, sent)
    assert answer.status_code == 422
    assert "Z-7" in answer.content.decode()
    page = submits(medic, url, {**sent, "amount_1": "90", "is_by_day_1": "on"})
    sees(page, "各行相加是 ¥90.00", "退医院核实")
    bill = Bill.objects.get()
    submits(medic, reverse("stays:dispute_bill", args=[bill.public_id]), {"words": "合计不对"})
    correct = reverse("stays:correct_bill", args=[bill.public_id])
    sees(page_for(medic, correct), "Z-7")
    submits(
        medic,
        correct,
        {**sent, "amount_1": "90", "is_by_day_1": "on", "total": "90", "answer": "打错了"},
    )
    share = reverse("stays:share_bill", args=[bill.public_id])
    page = submits(medic, share, {"payer": "insurance", "amount": "60", "words": "结算1"})
    sees(page, "¥60.00", "¥30.00")
    sees(page_for(medic, "/stays/health/"), "Z-7")
