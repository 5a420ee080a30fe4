"""The pages of people: who gets them, what is hidden, what a look leaves behind."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import clock, journal
from nuantu.core.models import JournalEntry
from nuantu.persons import services
from nuantu.persons.models import Case, Person
from tests.cast import Cast
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

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Meet = Callable[..., Case]
LIST = "/persons/"


@pytest.fixture(autouse=True)
def _tonight(evening: datetime) -> Iterator[None]:
    with clock.frozen(evening):
        yield


def _page(case: Case) -> str:
    return reverse("persons:detail", args=[case.person.public_id])


def _reveal(case: Case, what: str = "identity") -> str:
    return reverse("persons:reveal", args=[case.person.public_id]) + f"?what={what}"


def test_who_may_not_see_a_person(cast: Cast, meet: Meet) -> None:
    case = meet("王小明")
    refused_for(cast.nobody, cast.taxi_driver, cast.admin, url=_page(case))
    not_found_for(cast.outsider, cast.other_patroller, cast.hospital, cast.police, url=_page(case))
    refused_for(cast.admin, url=LIST)
    refused_for(cast.patroller, cast.operator, url="/persons/export/")
    refused_for(cast.operator, cast.auditor, url=_reveal(case))


def test_readers_without_the_case_cannot_write(cast: Cast, meet: Meet) -> None:
    """An overseer reads; only the holder of the open case writes."""
    case = meet()
    pid = case.person.public_id
    fact = reverse("persons:fact_add", args=[pid])
    not_found_for(cast.township, url=fact)
    refused_for(cast.section_head, cast.auditor, url=fact)
    not_found_for(
        cast.outsider,
        url=reverse("persons:case_close", args=[case.public_id]),
        data={"closing": "gone"},
    )
    services.close_case(
        actor=cast.dispatcher.actor, at=clock.now(), case=case, closing="self_return"
    )
    not_found_for(cast.patroller, url=fact)


def test_a_person_page_shows_card_facts_and_what_happened(cast: Cast, meet: Meet) -> None:
    case = meet()
    page = page_for(cast.patroller, _page(case))
    sees(page, "约50岁男子 灰大衣 南桥", case.number, "约45–55岁", "建立个案", "没有未办结的事项")
    sees(page, f"<title>人员 · {case.number} · ")  # a browser keeps the title after the log-out
    english = page_for(cast.patroller, _page(case), language="en")
    sees(english, "Case opened", "Known")
    does_not_see(english, "建立个案", "已知情况")


def test_opening_a_record_is_written_down_once_in_ten_minutes(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    case = meet()
    for minutes, lines in ((0, 1), (5, 1), (16, 2)):
        with clock.frozen(evening + timedelta(minutes=minutes)):
            page_for(cast.section_head, _page(case))
        assert JournalEntry.objects.filter(verb="persons.person.read").count() == lines
    looks = page_for(
        cast.section_head, reverse("accounts:looks", args=["person", case.person.public_id])
    )
    sees(looks, "欧科长", "打开人员记录")


def test_nobody_looks_unseen_by_saying_that_his_page_only_asks_again(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    case, polls = meet(), {"HX-Request": "true", "X-Nuantu-Poll": "1"}
    browser, looks = cast.dispatcher.browser(), JournalEntry.objects
    for minutes in (0, 5, 40):
        with clock.frozen(evening + timedelta(minutes=minutes)):
            browser.get(_page(case), headers=polls)
        assert looks.filter(verb="persons.person.read").count() == 1
    earlier = reverse("persons:timeline", args=[case.person.public_id])
    with clock.frozen(evening):
        cast.section_head.browser().get(earlier, {"before": evening.isoformat()})
    assert looks.filter(verb="persons.person.read").count() == 2


def test_a_restricted_person_is_masked_until_a_purpose_is_given(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    case = meet("王小花", sex="female", looks="红棉袄", restricted="不满14周岁")
    with clock.frozen(evening):
        page = page_for(cast.leader, _page(case))
        sees(page, "受限记录", "不满14周岁", "写明目的后查看")
        does_not_see(page, "王小花", "红棉袄")
        does_not_see(page_for(cast.leader, LIST), "王小花", "红棉袄")
        submit_refused_leaving(
            cast.leader,
            _reveal(case),
            {"what": "identity", "purpose": "看"},
            unchanged=JournalEntry.objects.filter(verb="persons.person.reveal").count,
            says="查看目的",
        )
        shown = submits(cast.leader, _reveal(case), {"what": "identity", "purpose": "联系家属接领"})
        sees(shown, "王小花", "红棉袄", "您已写明目的")
        does_not_see(page_for(cast.dispatcher, _page(case)), "王小花")
    line = JournalEntry.objects.get(verb="persons.person.reveal")
    assert (line.actor_name, journal.basis_of(line)) == ("潘带班", "联系家属接领")
    with clock.frozen(evening + timedelta(minutes=11)):
        does_not_see(page_for(cast.leader, _page(case)), "王小花")


def test_a_sealed_fact_opens_by_itself_and_is_logged(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    case = meet()
    facts = {
        kind: services.add_fact(
            actor=cast.patroller.actor,
            at=evening,
            person=case.person,
            case=case,
            kind=kind,
            value=value,
            certainty="claimed",
            source="本人说的",
        )
        for kind, value in (("phone", "13912345678"), ("home_address", "河西村三组"))
    }
    with clock.frozen(evening):
        does_not_see(page_for(cast.leader, _page(case)), "13912345678", "河西村三组")
        shown = submits(
            cast.leader,
            _reveal(case),
            {"what": str(facts["phone"].public_id), "purpose": "打电话核实"},
        )
        sees(shown, "13912345678")
        does_not_see(shown, "河西村三组")
    line = JournalEntry.objects.get(verb="persons.person.reveal")
    assert line.changes == {"what": str(facts["phone"].public_id)}


@pytest.mark.parametrize("words", ["王小明", "wangxiaoming", "wxm", "灰大衣", "huidayi", "小明 灰"])
def test_people_are_found_by_what_one_knows(cast: Cast, meet: Meet, words: str) -> None:
    case = meet("王小明")
    meet("李四", looks="黑夹克", place="车站")
    page = page_for(cast.patroller, f"{LIST}?q={words}")
    sees(page, "王小明", case.number)
    does_not_see(page, "李四")


def test_people_are_found_by_number(cast: Cast, meet: Meet, evening: datetime) -> None:
    case = meet("王小明")
    meet("李四")
    services.add_fact(
        actor=cast.patroller.actor,
        at=evening,
        person=case.person,
        case=case,
        kind="id_number",
        value="11010519491231002X",
        certainty="claimed",
        source="本人说的",
    )
    for words in ("11010519491231002x", case.number):
        page = page_for(cast.patroller, f"{LIST}?q={words}")
        sees(page, "王小明")
        does_not_see(page, "李四")


def test_a_part_of_a_hidden_name_finds_nothing(cast: Cast, meet: Meet) -> None:
    """Only who knows the whole name already learns that there is a record."""
    case = meet("王小花", restricted="受害人")
    does_not_see(page_for(cast.patroller, f"{LIST}?q=王小"), case.number)
    does_not_see(page_for(cast.patroller, f"{LIST}?q=wangxiaohua"), case.number)
    sees(page_for(cast.patroller, f"{LIST}?q=王小花"), case.number, "受限记录")


def test_the_list_answers_htmx_with_its_rows_only(cast: Cast, meet: Meet) -> None:
    case = meet()
    sees(fragment_for(cast.operator, LIST), case.number)
    sees(page_for(cast.operator, f"{LIST}?q=没有这个人"), "没有找到人员")


def test_the_exported_list_masks_and_leaves_a_line(cast: Cast, meet: Meet) -> None:
    meet("=王小明")
    meet("王小花", restricted="受害人")
    answer = cast.section_head.browser().get("/persons/export/")
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert rows[0][0] == "称呼"
    called = {row[0] for row in rows[1:]}
    assert called == {"'=王小明", "受限记录"}
    assert JournalEntry.objects.filter(verb="persons.person.export").count() == 2


def test_a_fact_is_put_down_on_the_page(cast: Cast, meet: Meet) -> None:
    case = meet()
    url = reverse("persons:fact_add", args=[case.person.public_id])
    given = {"kind": "id_number", "value": "123", "certainty": "claimed", "source": "本人说的"}
    page = submit_refused_leaving(
        cast.patroller, url, given, unchanged=case.person.facts.count, says="18位"
    )
    sees(page, "123", "本人说的")
    clear = {**given, "kind": "needs", "value": "想打给 138 0000 0000"}
    page = submit_refused_leaving(
        cast.patroller, url, clear, unchanged=case.person.facts.count, says="请改选“本人电话”"
    )
    sees(page, clear["value"])
    submits(cast.patroller, url, {**given, "kind": "origin", "value": "湖南怀化"}, to=_page(case))
    sees(page_for(cast.patroller, _page(case)), "湖南怀化", "自述", "本人说的")


def test_the_headline_is_put_right_and_the_old_one_kept(cast: Cast, meet: Meet) -> None:
    case = meet()
    url = reverse("persons:describe", args=[case.person.public_id])
    given = {"called_as": "老王", "sex": "male", "age_low": "60", "age_high": "50", "looks": ""}
    submit_refused_leaving(
        cast.patroller, url, given, unchanged=lambda: Person.objects.get().called_as, says="写反"
    )
    submits(cast.patroller, url, {**given, "age_high": "65"}, to=_page(case))
    sees(page_for(cast.patroller, _page(case)), "老王", "约60–65岁")
    line = JournalEntry.objects.get(verb="persons.person.describe")
    assert line.changes["before"]["age"] == [45, 55]


def test_a_name_that_was_made_follows_the_facts_and_one_that_was_given_stays(
    cast: Cast, meet: Meet
) -> None:
    made, given = meet(), meet("王小明", place="北桥")
    right = {"sex": "female", "age_low": "60", "age_high": "64", "looks": "红围巾"}
    for case, words in ((made, "约62岁女子 红围巾 南桥"), (given, "王小明")):
        url = reverse("persons:describe", args=[case.person.public_id])
        submits(cast.patroller, url, {"called_as": case.person.called_as, **right})
        case.person.refresh_from_db()
        assert case.person.called_as == words
    url = reverse("persons:describe", args=[made.person.public_id])
    submits(cast.patroller, url, {**right, "called_as": "红围巾大娘"})
    submits(cast.patroller, url, {**right, "called_as": "红围巾大娘", "sex": "male"})
    made.person.refresh_from_db()
    assert made.person.called_as == "红围巾大娘"


def test_classes_come_and_go_on_the_page(cast: Cast, meet: Meet) -> None:
    case = meet()
    pid = case.person.public_id
    submits(
        cast.patroller,
        reverse("persons:class_add", args=[pid]),
        {"codes": ["disabled", "elderly"], "certainty": "verified", "source": "残疾人证"},
        to=_page(case),
    )
    page = page_for(cast.patroller, _page(case))
    sees(page, "残疾人", "老年人", "已核实", "残疾人证")
    given = case.person.classes.get(code="elderly")
    submits(
        cast.patroller,
        reverse("persons:class_withdraw", args=[pid, given.public_id]),
        {"reason": "身份证显示58岁"},
        to=_page(case),
    )
    sees(page_for(cast.patroller, _page(case)), "撤销类别：老年人", "身份证显示58岁")


def test_a_pair_is_proposed_decided_and_undone_on_the_page(cast: Cast, meet: Meet) -> None:
    case, other = meet("王小明"), meet("王小明")
    pid = case.person.public_id
    sees(page_for(cast.patroller, _page(case)), "姓名相同", "提出是同一人")
    propose = reverse("persons:link_propose", args=[pid, other.person.public_id])
    submits(cast.patroller, propose, {}, to=_page(case))
    link = case.person.links_from.get()
    decide = reverse("persons:link_decide", args=[pid, link.public_id])
    refused_for(cast.patroller, url=decide, data={"answer": "same"})
    not_found_for(cast.outsider, url=decide, data={"answer": "same"})
    sees(submits(cast.dispatcher, decide, {"answer": "same"}, to=_page(case)), "同一人")
    submits(
        cast.dispatcher,
        reverse("persons:link_undo", args=[pid, link.public_id]),
        {},
        to=_page(case),
    )
    link.refresh_from_db()
    assert link.state == "undone"


def test_a_decision_on_two_records_is_read_once(cast: Cast, meet: Meet) -> None:
    """Each record has its own line; the timeline of the one human shows the decision once."""
    case, other = meet("王小明"), meet("王小明")
    services.link_persons(
        actor=cast.dispatcher.actor,
        at=clock.now(),
        first=case.person,
        second=other.person,
        reasons=["name"],
    )
    assert JournalEntry.objects.filter(verb="persons.link.confirm").count() == 2
    page = page_for(cast.dispatcher, _page(case)).content.decode()
    assert page.count('data-verb="persons.link.confirm"') == 1
    assert page.count('data-verb="persons.case.open"') == 2


def test_a_case_is_closed_on_the_page(cast: Cast, meet: Meet) -> None:
    case = meet()
    url = reverse("persons:case_close", args=[case.public_id])
    submit_refused_leaving(
        cast.dispatcher, url, {"closing": "deceased"}, unchanged=lambda: Case.objects.get().state
    )
    submits(cast.dispatcher, url, {"closing": "self_return"}, to=_page(case))
    page = page_for(cast.dispatcher, reverse("persons:detail", args=[case.person.public_id]))
    sees(page, "自行返家")
    does_not_see(page, "记一条</a>")


def test_a_reveal_of_nothing_that_is_there_is_not_found(cast: Cast, meet: Meet) -> None:
    case = meet()
    for what in ("x", "identity2", "00000000-0000-0000-0000-000000000000"):
        assert cast.leader.browser().get(_reveal(case, what)).status_code == 404
