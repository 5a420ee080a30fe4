"""The papers of an illness and of a death: filled from what was put down, open to medic and head only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.papers import services
from nuantu.papers.rules.kinds import Values
from nuantu.papers.selectors import kinds
from nuantu.papers.selectors.shown import offers_of
from nuantu.stays.models import Bill, Death, HospitalCare
from nuantu.stays.services import health
from tests.stays.patients import a_bill, a_death, a_patient
from tests.web import not_found_for, page_for, sees, submits

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]


def told(cast: "Cast", code: str, row: Any) -> Values:
    """What a kind is told of a row."""
    feed = kinds.feed_of(code)
    assert feed is not None
    return feed.gather(cast.medic.actor, row, clock.now())


def test_the_reception_neither_issues_nor_opens_the_report_of_a_death(
    cast: "Cast", as_: As
) -> None:
    death = a_death(cast)
    assert death.case_id is not None
    not_found_for(cast.reception, url=reverse("papers:new", args=["death_report", death.public_id]))
    with as_(cast.medic):
        codes = {one.code for one in offers_of(cast.medic.actor, death.case_id)}
        row = Death.objects.select_related("person", "stay__reception").get(pk=death.pk)
        paper = services.issue_paper(
            actor=cast.medic.actor,
            at=clock.now(),
            kind=kinds.kinds()["death_report"],
            subject=row,
            values=told(cast, "death_report", row),
        )
    assert {"death_report", "death_notice", "estate_handover"} <= codes
    assert "death_report" not in {
        one.code for one in offers_of(cast.reception.actor, death.case_id)
    }
    for name in ("papers:open", "papers:reissue", "papers:sign"):
        not_found_for(cast.reception, url=reverse(name, args=[paper.public_id]), data={})
    page = cast.station_head.browser().get(reverse("papers:paper", args=[paper.public_id]))
    sees(page, "受助人员死亡情况报告", paper.number)


def test_the_report_names_every_step_and_the_public_notice_no_illness_and_no_number(
    cast: "Cast", as_: As
) -> None:
    death = a_death(cast)
    assert death.case_id is not None
    with as_(cast.medic):
        codes = {one.code for one in offers_of(cast.medic.actor, death.case_id)}
        assert "claim_notice" not in codes
        for kind in ("police", "family"):
            health.take_step(
                actor=cast.medic.actor,
                at=clock.now(),
                step=death.steps.get(kind=kind),
                done_to="城关派出所",
                is_unclaimed=True,
            )
        row = Death.objects.select_related("person", "stay__reception").get(pk=death.pk)
        report = told(cast, "death_report", row)
        notice = told(cast, "claim_notice", row)
        codes = {one.code for one in offers_of(cast.medic.actor, death.case_id)}
    steps = {one["step"]: one["unit"] for one in report["reported"] if isinstance(one, dict)}
    assert steps["报公安机关"] == "城关派出所"
    assert "发布认领公告" in steps
    assert report["story"] == "查房时发现"
    assert "claim_notice" in codes
    assert not {"id_number", "health", "story", "place", "features", "clothing"} & set(notice)
    assert notice["name"] == "姓名不详"
    url = reverse("papers:new", args=["claim_notice", row.public_id])
    sees(page_for(cast.medic, url), "不写病情、诊断、用药、证件号码")
    refused = cast.medic.browser().post(url, {"contact": "0855-1234567"})
    assert refused.status_code == 422
    sees(refused, "请填写这一项", "0855-1234567")
    done = submits(cast.medic, url, {"contact": "救助站", "features": "左手缺小指"})
    sees(done, "亡公〔")


def test_the_hand_over_to_a_hospital_says_why_and_that_nobody_is_charged(cast: "Cast") -> None:
    care = a_patient(cast, signs=("critically_ill_person",))
    url = reverse("papers:new", args=["hospital_transfer", care.public_id])
    not_found_for(cast.outsider, cast.reception, url=url)
    sees(page_for(cast.medic, reverse("stays:care", args=[care.public_id])), "文书")
    sees(page_for(cast.medic, url), "站内人员送医交接单", "杨照料", "不得向本人和家属收取")
    sees(submits(cast.medic, url, {}), "站医〔")


def test_the_record_of_a_treatment_has_a_row_for_each_piece_of_news(cast: "Cast", as_: As) -> None:
    care = a_patient(cast)
    with as_(cast.medic):
        health.note_news(
            actor=cast.medic.actor,
            at=clock.now(),
            care=care,
            condition="better",
            words="退烧",
        )
        row = HospitalCare.objects.select_related("person", "hospital", "follower").get(pk=care.pk)
        values = told(cast, "care_record", row)
    heard = [one["words"] for one in values["news"] if isinstance(one, dict)]
    assert heard == ["退烧"]
    assert values["hospital"] == "凯里暖医院"
    assert values["why"] == "高烧"
    assert values["end"] == ""


@pytest.mark.rule("P1-50")
def test_the_settlement_of_a_bill_knows_three_payers_and_nothing_for_the_person(
    cast: "Cast", as_: As
) -> None:
    bill = a_bill(cast)
    with as_(cast.medic):
        row = Bill.objects.select_related("care__hospital", "person").get(pk=bill.pk)
        values = told(cast, "bill_settlement", row)
    shares = values["shares"]
    assert [one["payer"] for one in shares if isinstance(one, dict)] == [
        "医保",
        "医疗救助",
        "救助站",
    ]
    assert str(values["person_pays"]).startswith("¥0.00")
    assert values["total"] == "¥90.00"
