"""Letters between organisations: who is refused, what either side sees, and what is owed until it is answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.letters import services
from nuantu.letters.models import Letter, LetterLine
from nuantu.letters.services import About, LetterRefused, Recipient, Said
from nuantu.letters.services.owing import ANSWER, AWAIT, CARRY, REMIND, REPLY
from nuantu.operations.models import Duty
from nuantu.papers.models import Paper
from tests.cast import BUREAU, FAR_STATION, HOSPITAL, STATION, Cast
from tests.homeward.wearing import NOON
from tests.letters.writing import ELSEWHERE, WORDS, a_letter, again, does, received
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = pytest.mark.django_db

LIST = "letters:letters"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _owed(letter: Letter) -> list[str]:
    with scope.system("a test counts"):
        rows = Duty.objects.filter(subject_id=letter.public_id, state=Duty.State.OPEN)
        return sorted(rows.values_list("kind", flat=True))


def _events(letter: Letter) -> list[str]:
    with scope.system("a test reads"):
        return list(letter.lines.order_by("pk").values_list("event", flat=True))


def _url(letter: Letter, name: str = "letter", *more: str) -> str:
    return reverse(f"letters:{name}", args=[letter.public_id, *more])


def test_the_kitchen_the_police_and_the_house_next_door_find_no_letter(cast: Cast) -> None:
    sent = a_letter(cast, to=ELSEWHERE)
    refused_for(cast.nobody, cast.kitchen, cast.police, cast.carer, url=reverse(LIST))
    not_found_for(cast.outsider, url=_url(sent))
    not_found_for(cast.outsider, url=_url(sent, "deed", "remind"), data={"words": "快"})
    with scope.enter(scope.of_actor(cast.outsider.actor)):
        assert not Letter.objects.exists()
    page = page_for(cast.section_head, _url(sent))
    does_not_see(page, WORDS, "样阿木", "催办")
    not_found_for(cast.section_head, url=_url(sent, "open"), data={"purpose": "看看内容"})


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("words", {"words": "  "}),
        ("kind", {"kind": "murmur"}),
        ("name", {"to": Recipient(" ")}),
        ("to", {"to": Recipient(org_code=STATION)}),
        ("to", {"to": Recipient(org_code=HOSPITAL)}),
    ],
)
def test_a_letter_that_nobody_could_answer_is_not_sent(
    cast: Cast, field: str, values: dict[str, Any]
) -> None:
    with pytest.raises(LetterRefused) as refusal:
        a_letter(cast, **values)
    assert refusal.value.field == field


def test_the_receiver_sees_what_the_letter_says_and_nothing_of_the_case(cast: Cast) -> None:
    sent = a_letter(cast)
    copy = received(sent)
    assert (copy.case_id, copy.subject_id, copy.paper_id) == (None, None, None)
    assert (copy.number, copy.owner_org, copy.partner_org) == (sent.number, FAR_STATION, STATION)
    not_found_for(cast.outsider, url=_url(sent))
    not_found_for(cast.reception, url=_url(copy))
    page = page_for(cast.outsider, _url(copy))
    does_not_see(page, WORDS, "样阿木")
    with scope.enter(scope.of_actor(cast.outsider.actor)):
        assert [row.pk for row in Letter.objects.all()] == [copy.pk]
        assert not Paper.objects.exists()
    opened = submits(cast.outsider, _url(copy, "open"), {"purpose": "安排接站"})
    sees(opened, WORDS, "样阿木", "K9064")
    assert _events(sent) == _events(copy) == ["sent", "read"]
    assert again(sent).read_by == cast.outsider.actor.name
    sees(opened, "我们已读")
    does_not_see(opened, "对方已读")
    sees(page_for(cast.reception, _url(sent)), "对方已读")
    with scope.system("a test reads the journal"):
        lines = JournalEntry.objects.filter(verb__startswith="letters.")
        said = " ".join(f"{one.summary}{one.basis}{one.changes}" for one in lines)
    assert "样阿木" not in said
    assert "安排接站" not in said


@pytest.mark.rule("P1-33")
def test_an_answer_stands_on_the_page_of_the_sender_at_once_and_nothing_is_owed_any_more(
    cast: Cast,
) -> None:
    sent = a_letter(cast)
    copy = received(sent)
    assert (_owed(sent), _owed(copy)) == ([AWAIT], [ANSWER])
    with pytest.raises(LetterRefused, match="怎么答复"):
        does(cast.outsider, services.answer, copy, said=Said("fact", "好"))
    not_found_for(cast.reception, url=_url(copy, "deed", "answer"))
    data = {"answer": "yes", "words": "明天派车到怀化站接"}
    submits(cast.outsider, _url(copy, "deed", "answer"), data)
    assert (_owed(sent), _owed(copy)) == ([], [])
    page = submits(cast.reception, _url(sent, "open"), {"purpose": "看对方答复"})
    sees(page, "明天派车到怀化站接", "外人", "贵阳市救助管理站", "同意")
    with pytest.raises(LetterRefused, match="已经了结"):
        does(cast.outsider, services.answer, copy, said=Said("no", "不接"))


def test_who_asks_back_waits_for_the_sender_and_a_withdrawn_letter_is_owed_by_nobody(
    cast: Cast,
) -> None:
    sent = a_letter(cast)
    copy = received(sent)
    does(cast.outsider, services.ask_back, copy, words="他说的哥哥叫什么")
    assert (_owed(sent), _owed(copy)) == ([AWAIT, REPLY], [])
    with pytest.raises(LetterRefused, match="先回复"):
        does(cast.reception, services.remind, sent)
    does(cast.reception, services.reply, sent, words="叫样阿水")
    assert (_owed(sent), _owed(copy)) == ([AWAIT], [ANSWER])
    does(cast.reception, services.withdraw, sent, words="本人改为自行返乡")
    assert (_owed(sent), _owed(copy)) == ([], [])
    assert again(copy).state == "withdrawn"
    with pytest.raises(LetterRefused, match="已经了结"):
        does(cast.outsider, services.answer, copy, said=Said("yes", "来接"))


@pytest.mark.slow
@pytest.mark.rule("P1-33")
def test_a_station_that_never_answers_is_reminded_and_then_carried_to_the_province(
    cast: Cast,
) -> None:
    sent = a_letter(cast, to=ELSEWHERE)
    with pytest.raises(LetterRefused, match="还没有到"):
        does(cast.reception, services.carry, sent, to=Recipient("样省民政厅"), words="请督促")

    def later(days: int) -> int:
        with clock.frozen(sent.due_at + timedelta(days=days)), scope.system("a job"):
            return services.watch(at=clock.now())

    assert (later(-1), later(1), later(1)) == (0, 1, 0)
    assert _owed(sent) == [AWAIT, REMIND]
    with clock.frozen(sent.due_at + timedelta(days=1)):
        with pytest.raises(LetterRefused, match="先催办"):
            does(cast.reception, services.carry, sent, to=Recipient("样省民政厅"), words="请督促")
        does_not_see(page_for(cast.reception, _url(sent)), "上报协调")
        does(cast.reception, services.remind, sent, words="请尽快答复")
    assert (later(2), later(5)) == (0, 1)
    assert later(11) == 1
    assert _owed(sent) == [AWAIT, CARRY, REMIND]
    with clock.frozen(sent.due_at + timedelta(days=11)):
        sees(page_for(cast.reception, _url(sent)), "上报协调")
        made = does(
            cast.reception, services.carry, sent, to=Recipient(org_code=BUREAU), words="请督促答复"
        )
    assert (_owed(sent), _events(sent)) == ([AWAIT], ["sent", "reminded", "carried"])
    with scope.system("a test reads what was carried"):
        told = received(made).facts.open()
    assert sent.number in told
    assert "样溪县救助管理站" in told
    assert "样阿木" not in told
    late = Said("yes", "来函收悉，派人来接", "样科长 0745-00000001")
    with clock.frozen(sent.due_at + timedelta(days=12)):
        does(cast.reception, services.put_answer, sent, said=late)
    assert (_owed(sent), again(sent).answered_by) == ([], "样科长 0745-00000001")


def test_the_same_is_not_asked_twice_of_one_station_and_each_letter_has_its_number(
    cast: Cast,
) -> None:
    first = a_letter(cast)
    assert first.subject_id is not None
    about = About("case", first.subject_id, first.division_code, first.case_id)
    with pytest.raises(LetterRefused, match="正在等答复"):
        a_letter(cast, is_about_him=False, about=about)
    second, without = a_letter(cast), a_letter(cast, is_about_him=False)
    numbers = [first.number, second.number, without.number]
    assert numbers == [f"函〔2026〕000{n}号" for n in (1, 2, 3)]
    with scope.system("a test counts papers"):
        assert Paper.objects.filter(kind="letter").count() == 2
        assert LetterLine.objects.filter(letter__direction="in").count() == 3


@pytest.mark.slow
def test_where_he_is_waited_for_and_that_he_has_come_is_told_once(cast: Cast) -> None:
    sent = a_letter(cast)
    copy = received(sent)
    data = {"words": "怀化站东出站口，样站长，0745-00000001"}
    submits(cast.outsider, _url(copy, "deed", "waits"), data)
    arrived = {"happened_at": "2026-12-09T11:50", "words": "人好，药已交清"}
    early = cast.outsider.browser().post(_url(copy, "deed", "arrived"), arrived)
    assert early.status_code == 422
    arrived["happened_at"] = "2026-12-09T12:00"
    submits(cast.outsider, _url(copy, "deed", "arrived"), arrived)
    again_told = cast.outsider.browser().post(_url(copy, "deed", "arrived"), arrived)
    sees(again_told, "已经确认到达")
    assert _events(sent) == ["sent", "waits", "arrived"]
    other = a_letter(cast, kind="other")
    not_for = cast.outsider.browser().post(_url(received(other), "deed", "waits"), data)
    sees(not_for, "不是接人的函")


def test_both_boxes_are_searched_narrowed_and_exported_without_words(cast: Cast) -> None:
    sent, late = a_letter(cast), a_letter(cast, to=ELSEWHERE)
    with clock.frozen(late.due_at + timedelta(hours=1)):
        page = page_for(cast.reception, reverse(LIST) + "?box=out&state=late&q=样溪")
        sees(page, late.number, "发出的函")
        does_not_see(page, sent.number, WORDS)
        sees(page, 'href="?box=out"')
        does_not_see(page_for(cast.reception, reverse(LIST) + "?box=out"), "清除筛选")
    sees(page_for(cast.outsider, reverse(LIST)), sent.number, "等我们答复")
    sees(page_for(cast.outsider, reverse(LIST) + "?q=没有"), "没有符合的函")
    sees(page_for(cast.section_head, reverse(LIST) + "?box=in"), "还没有收到函")
    assert cast.leader.browser().get(reverse("letters:export")).status_code == 200


def test_somebody_writes_a_letter_from_the_list(cast: Cast) -> None:
    url = reverse("letters:new")
    data = {"kind": "other", "to": FAR_STATION, "name": "样溪县救助管理站", "words": "请告知地址"}
    both = cast.reception.browser().post(url, data)
    assert both.status_code == 422
    sees(both, "只选一种", "请告知地址")
    page = submits(cast.reception, url, data | {"name": ""}, to="/letters/")
    sees(page, "请告知地址", "函〔2026〕0001号")
