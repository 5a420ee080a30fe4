"""Families who claim somebody who is settled: who is refused hears nothing of him, each gets an answer of its own."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.homeward.models import ClaimAnswer, Settlement, SettlementClaim
from nuantu.homeward.rules.claims import TOLD, halts, needs_paper
from nuantu.operations.models import Duty
from nuantu.persons.models import Case, PersonFact
from nuantu.persons.services import assign_classes
from tests.cast import Cast, Player
from tests.homeward import settling
from tests.homeward.settling import NOON
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
TYPED = {
    "claimant": "样阿芳",
    "relation": "妹妹",
    "phone": "08550000333",
    "words": "说他左手有烫伤，十年前走失",
}
REFUSED = {
    "answer": "refused",
    "basis": "父系、母系都排除",
    "paper": "样公刑比〔2026〕31号",
    "told_way": "phone",
}
ACCEPTED = REFUSED | {"answer": "accepted", "basis": "与母亲DNA比中", "name": "样阿明"}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _of(row: Settlement) -> Settlement:
    with scope.system("a test looks"):
        return Settlement.objects.get(pk=row.pk)


def _claims(row: Settlement) -> QuerySet[SettlementClaim]:
    return SettlementClaim.objects.filter(settlement=row)


def _answered() -> int:
    with scope.system("a test counts"):
        return SettlementClaim.objects.exclude(answer="").count()


def _owed(kind: str) -> int:
    with scope.system("a test counts"):
        return Duty.objects.filter(kind=kind, state=Duty.State.OPEN).count()


def _page(claim: SettlementClaim) -> str:
    return reverse("homeward:claim", args=[claim.public_id])


def _at(name: str, row: Settlement) -> str:
    return reverse(f"homeward:{name}", args=[row.public_id])


def test_what_a_refused_family_hears_is_the_same_for_everybody_and_names_nothing() -> None:
    assert set(TOLD) == set(ClaimAnswer.values)
    assert not any(mark in TOLD["refused"] for mark in ("%", "{", "站", "院", "县", "市"))
    assert [needs_paper(one) for one in ("refused", "accepted", "withdrawn")] == [True, True, False]
    assert halts(is_running=True, is_registered=False)
    assert not halts(is_running=True, is_registered=True)


@pytest.mark.slow
def test_of_two_families_one_is_refused_with_fixed_words_and_one_is_his(cast: Cast) -> None:
    row = settling.a_settlement(cast)
    for _turn in ("compare", "letter"):
        settling.step(cast, row)
    url, who = _at("settlement_claim", row), cast.tracing_officer
    refused_for(cast.section_head, cast.reception, cast.kitchen, url=url)
    not_found_for(cast.outsider, url=url)
    page = submit_refused_leaving(who, url, TYPED | {"phone": " "}, unchanged=_answered)
    sees(page, "样阿芳", "左手有烫伤")
    sees(submits(who, url, TYPED), "样阿芳", "暂停核查", "有家属认领")
    other = settling.claimed(cast, row, "样大勇")
    with scope.system("a test looks"):
        first = _claims(row).get(number=1)
    assert (_of(row).state, _owed("settlement.step"), _owed("settlement.claim")) == (
        "halted", 0, 2,
    )  # fmt: skip
    page = page_for(cast.section_head, _at("settlement", row))
    sees(page, "落户安置：答复第1家认领", "落户安置：答复第2家认领")
    does_not_see(page, "没有待办。")
    words = {"words": "两家都不像"}
    submit_refused_leaving(
        who, _at("settlement_go_on", row), words, unchanged=_answered, says="先逐家答复"
    )
    not_found_for(cast.outsider, url=_page(first))
    refused_for(cast.section_head, cast.reception, url=_page(first))
    does_not_see(page_for(cast.section_head, _at("settlement", row)), "08550000333")
    sees(page_for(who, _page(other)), "08550000333", "不能告诉您")
    for _again in range(2):
        page_for(who, _page(first))
    with scope.system("a test looks"):
        seen = JournalEntry.objects.filter(verb="homeward.settlement.claim_read")
        looks = seen.filter(actor_id=who.actor.public_id).values_list("summary", flat=True)
        assert sorted(looks) == ["查看第1家认领", "查看第2家认领"]
    sees(page_for(who, _page(other)), "（撤回以外必填）", "（认定时必填）")
    for without, says in (({"paper": ""}, "比对结论的文号"), ({"basis": " "}, "怎样核实的")):
        submit_refused_leaving(who, _page(other), REFUSED | without, unchanged=_answered, says=says)
    submits(who, _page(other), REFUSED)
    assert (_owed("settlement.claim"), _of(row).state) == (1, "halted")
    submit_refused_leaving(
        who, _page(first), ACCEPTED, unchanged=_answered, says="请另一位同事答复"
    )
    head = cast.station_head
    submit_refused_leaving(
        head, _page(first), ACCEPTED | {"name": ""}, unchanged=_answered, says="核实的姓名"
    )
    sees(submits(head, _page(first), ACCEPTED), "查明身份", "样大勇", "样阿芳")
    held = _of(row)
    assert (held.state, held.ended_why, _owed("settlement.claim")) == ("ended", "identified", 0)
    assert _owed("settlement.tell") == 1
    with scope.system("a test looks"):
        fact = PersonFact.objects.get(person=held.person, kind="name", certainty="verified")
        told = dict(_claims(row).values_list("claimant", "told"))
        verbs = JournalEntry.objects.filter(verb="homeward.settlement.answer")
        assert (fact.value, verbs.count()) == ("样阿明", 2)
    assert told == {"样阿芳": TOLD["accepted"], "样大勇": TOLD["refused"]}
    assert held.house not in told["样大勇"]


@pytest.mark.slow
def test_of_who_is_registered_already_the_refused_family_is_answered_after_the_right_one(
    cast: Cast,
) -> None:
    row = settling.registered(cast)
    first = settling.claimed(cast, row, who=cast.tracing_officer)
    second = settling.claimed(cast, row, "样大勇", cast.tracing_officer)
    assert (_of(row).state, _owed("settlement.claim")) == ("settled", 2)
    head = cast.station_head
    submits(head, _page(first), ACCEPTED)
    held = _of(row)
    assert (held.state, held.step, held.benefits) == ("reopened", "undo", ["tekun", "insurance"])
    assert (_owed("settlement.claim"), _owed("settlement.step")) == (1, 1)
    submit_refused_leaving(
        head, _page(second), ACCEPTED, unchanged=_answered, says="已经认定另一家"
    )
    settling.step(cast, row, words="户口已注销，原籍恢复")
    assert _of(row).state == "ended"
    submits(cast.tracing_officer, _page(second), REFUSED)
    sees(page_for(head, _page(second)), "不能告诉您", "父系、母系都排除")
    assert _owed("settlement.claim") == 0
    late = submit_refused_leaving(
        head, _at("settlement_claim", row), TYPED, unchanged=_answered, says="请登记为寻人"
    )
    sees(late, "样阿芳")


@pytest.mark.slow
def test_whoever_was_harmed_is_given_to_no_family_before_it_was_checked(cast: Cast) -> None:
    row, head = settling.a_settlement(cast), cast.station_head
    _marked(head, row)
    claim = settling.claimed(cast, row, who=cast.tracing_officer)
    sees(page_for(head, _page(claim)), "先单独问本人怕谁")
    submit_refused_leaving(head, _page(claim), ACCEPTED, unchanged=_answered, says="这家不是加害人")
    alone: dict[str, Any] = {
        "answer": "accepted",
        "paper": "一号",
        "told": "好",
        "told_way": "phone",
    }
    alone |= {"answered_at": NOON, "answered_by": "样", "answered_by_id": claim.noted_by_id}
    with scope.system("a test looks"), transaction.atomic(), pytest.raises(IntegrityError):
        _claims(row).update(**alone)
    submits(head, _page(claim), ACCEPTED | {"checked": "派出所和村委会都问过，本人愿意见"})
    assert _of(row).ended_why == "identified"


def _marked(head: Player, row: Settlement) -> None:
    with scope.enter(scope.of_actor(head.actor)):
        case = Case.objects.get(case_id=row.case_id)
        codes = ["domestic_violence"]
        assign_classes(actor=head.actor, at=NOON, case=case, codes=codes, source="派出所")
