"""A plan document becomes a draft beside its text: refusals first, then reading, correcting, starting."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Operation, PlanDocument
from nuantu.operations.rules.drafting import blocks, changed, leaves, marks, seen_at, without_entry
from nuantu.operations.selectors.documents import MOST_ENTRIES
from nuantu.operations.services import (
    DraftMoved,
    accept_entry,
    correct_entry,
    documents,
    drafted,
    drop_document,
    read_again,
    read_waiting,
    take_document,
    write_draft,
)
from tests import builders
from tests.cast import BUREAU, Cast
from tests.web import does_not_see, not_found_for, page_for, sees, submits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_by() -> Iterator[Callable[[documents.Read], None]]:
    """Documents are read in this process; a test may bring another reader."""
    before = documents._outside.read
    documents.bring(read=documents.read_here)
    yield lambda read: documents.bring(read=read)
    documents.bring(read=before)


def _url(name: str, document: PlanDocument) -> str:
    return reverse(f"operations:{name}", args=[document.public_id])


def _upload(cast: Cast, content: bytes, name: str = "方案.txt") -> Any:
    file = SimpleUploadedFile(name, content)
    return cast.section_head.browser().post(
        reverse("operations:documents"), {"file": file, "year": 2026}
    )


def test_another_organisation_does_not_see_the_document(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    for name in ("document", "draft_file", "progress"):
        not_found_for(cast.office, cast.outsider, url=_url(name, document))


def test_a_huge_file_is_refused_before_it_is_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nuantu.operations.forms.DOCUMENT_BYTES", 100)
    page = _upload(cast, b"x" * 200)
    assert page.status_code == 422
    sees(page, "文件超过 20 MB")
    assert not PlanDocument.objects.exists()


def test_what_cannot_be_opened_says_why_and_keeps_the_file(cast: Cast) -> None:
    document = take_document(
        actor=cast.section_head.actor,
        at=clock.now(),
        name="扫描.pdf",
        content=b"%PDF-1.4 broken",
        year=2026,
    )
    read_waiting(str(document.public_id))
    document.refresh_from_db()
    assert (document.state, bytes(document.content)) == ("failed", b"%PDF-1.4 broken")
    sees(page_for(cast.section_head, _url("document", document)), "原文件已保留", "重读")
    with pytest.raises(Refusal, match="还没有读完"):
        correct_entry(
            actor=cast.section_head.actor,
            at=clock.now(),
            document=document,
            path="title",
            value="x",
        )


def test_a_document_is_read_in_the_background(cast: Cast) -> None:
    answer = _upload(cast, builders.PLAN_TEXT.encode())
    document = PlanDocument.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, _url("document", document))
    sees(page_for(cast.section_head, _url("document", document)), "等待阅读", "可以离开这一页")
    read_waiting(str(document.public_id))
    piece = cast.section_head.browser().get(
        _url("progress", document), headers={"HX-Request": "true"}
    )
    assert (piece.status_code, piece.headers["HX-Redirect"]) == (204, _url("document", document))


def test_the_page_shows_the_text_beside_the_draft(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    assert (document.state, document.title) == ("read", "凯里市“寒冬送温暖”专项救助行动方案")
    page = page_for(cast.section_head, _url("document", document))
    sees(page, "每周巡查不少于3次", "已核对 0 /", "每旬末盘点一次御寒物资", "街面巡查", "data-show")
    english = page_for(cast.section_head, _url("document", document), language="en")
    sees(english, "Draft", "not understood", "Check and start")


def test_a_value_is_corrected_beside_its_words_and_checked_at_once(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    path = next(
        leaf.key
        for leaf in leaves(drafted(document), document.reading)
        if leaf.key.startswith("patrol.cadence.0.at_least")
    )
    browser = cast.section_head.browser()
    values = {"path": path, "value": "5", "act": "correct"}
    piece = browser.post(_url("entry", document), values, headers={"HX-Request": "true"})
    assert piece.status_code == 200
    document.refresh_from_db()
    assert drafted(document)["patrol"]["cadence"][0]["at_least"] == 5
    assert path in document.accepted
    wrong = browser.post(
        _url("entry", document),
        {"path": "window.end", "value": "2026-02-30", "act": "correct"},
        headers={"HX-Request": "true"},
    )
    sees(wrong, "没有", "2026-02-30")
    gone = browser.post(
        _url("entry", document),
        {"path": "patrol.cadence.9.at_least", "value": "5", "act": "correct"},
        headers={"HX-Request": "true"},
    )
    assert gone.status_code == 422
    sees(gone, "请刷新页面")


def test_an_entry_is_accepted_doubted_and_dropped(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    who, at = cast.section_head.actor, clock.now()
    accepted = accept_entry(actor=who, at=at, document=document, path="title", is_accepted=True)
    assert accepted.accepted == ["title"]
    doubted = accept_entry(actor=who, at=at, document=document, path="title", is_accepted=False)
    assert doubted.accepted == []
    before = len(drafted(document)["patrol"]["cadence"])
    dropped = correct_entry(
        actor=who,
        at=at,
        document=document,
        path="patrol.cadence.0.at_least",
        value="",
        drops_entry=True,
    )
    assert len(drafted(dropped)["patrol"]["cadence"]) == before - 1


def test_two_people_do_not_overwrite_each_other(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    who, at = cast.section_head.actor, clock.now()
    version = document.draft_version
    write_draft(
        actor=who, at=at, document=document, text="schema: nuantu.plan/1", from_version=version
    )
    with pytest.raises(DraftMoved, match="已被改过"):
        write_draft(actor=who, at=at, document=document, text="x: 1", from_version=version)


@pytest.mark.parametrize(
    "text",
    [
        "window: {end: 2026-02-30}",
        "a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]",
        "a: &a [*a]",
        "a: !!timestamp soon",
        "a: !!bool perhaps",
        f"a: {'9' * 5000}",
        'title: "a\\0b"',
        "- no mapping",
    ],
)
def test_a_draft_that_is_no_plan_still_opens_to_be_mended(cast: Cast, text: str) -> None:
    document = builders.a_plan_document(cast)
    who, at, version = cast.section_head.actor, clock.now(), document.draft_version
    write_draft(actor=who, at=at, document=document, text=text, from_version=version)
    page = page_for(cast.section_head, _url("document", document))
    sees(page, "检查发现")


def test_what_was_checked_counts_no_more_once_it_was_rewritten(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    who, at = cast.section_head.actor, clock.now()
    for path in ("title", "patrol.cadence.0.at_least"):
        accept_entry(actor=who, at=at, document=document, path=path, is_accepted=True)
    document.refresh_from_db()
    text, version = document.draft.replace("at_least: 3", "at_least: 4", 1), document.draft_version
    written = write_draft(actor=who, at=at, document=document, text=text, from_version=version)
    assert written.accepted == ["title"]


def test_a_second_reading_that_comes_late_overwrites_no_corrections(
    cast: Cast, read_by: Callable[[documents.Read], None]
) -> None:
    document = builders.a_plan_document(cast)
    draft = document.draft
    PlanDocument.objects.filter(pk=document.pk).update(state="waiting")

    def slow(*given: Any, **options: Any) -> Any:
        PlanDocument.objects.filter(pk=document.pk).update(state="read")
        return documents.read_here(b"\xe6\x97\xa0", "x.txt", part=None, year=2026, progress=print)

    read_by(slow)
    read_waiting(str(document.public_id))
    document.refresh_from_db()
    assert (document.state, document.draft) == ("read", draft)


def test_a_reading_that_breaks_keeps_the_file_and_may_be_tried_again(
    cast: Cast, read_by: Callable[[documents.Read], None]
) -> None:
    def breaks(*given: Any, **options: Any) -> Any:
        raise ChildProcessError("reading ended with -9")

    read_by(breaks)
    document = builders.a_plan_document(cast)
    assert (document.state, document.doing) == ("failed", "ChildProcessError")
    sees(page_for(cast.section_head, _url("document", document)), "原文件已保留", "重读")


@pytest.mark.slow
def test_a_document_whose_reader_was_killed_may_be_read_again_once(cast: Cast) -> None:
    document = take_document(
        actor=cast.section_head.actor,
        at=clock.now(),
        name="方案.txt",
        content=builders.PLAN_TEXT.encode(),
        year=2026,
    )
    PlanDocument.objects.filter(pk=document.pk).update(state="reading", changed_at=clock.now())
    does_not_see(page_for(cast.section_head, _url("document", document)), "重读")
    with pytest.raises(Refusal, match="不用重读"):
        read_again(actor=cast.section_head.actor, at=clock.now(), document=document)
    PlanDocument.objects.filter(pk=document.pk).update(changed_at=clock.now() - timedelta(hours=1))
    not_found_for(cast.office, cast.outsider, url=_url("again", document))
    sees(page_for(cast.section_head, _url("document", document)), "很久没有动静", "重读")
    english = page_for(cast.section_head, _url("document", document), language="en")
    sees(english, "no sign of life", "Read again")
    first, second = (
        cast.section_head.browser().post(_url("again", document), follow=True) for _ in range(2)
    )
    sees(first, "正在重读")
    sees(second, "不用重读")
    said = JournalEntry.objects.filter(verb="operations.document.reread")
    assert said.count() == 1
    read_waiting(str(document.public_id))
    document.refresh_from_db()
    assert document.state == "read"


def test_a_reader_thought_dead_that_comes_late_spoils_nothing(
    cast: Cast, read_by: Callable[[documents.Read], None]
) -> None:
    document = builders.a_plan_document(cast)
    later = clock.now() + timedelta(hours=1)
    PlanDocument.objects.filter(pk=document.pk).update(state="waiting")

    def late(*given: Any, **options: Any) -> Any:
        PlanDocument.objects.filter(pk=document.pk).update(state="reading", changed_at=later)
        raise ChildProcessError("reading ended with -9")

    read_by(late)
    read_waiting(str(document.public_id))
    document.refresh_from_db()
    assert (document.state, document.changed_at) == ("reading", later)


def test_a_text_with_characters_no_row_can_hold_is_read(cast: Cast) -> None:
    text = builders.PLAN_TEXT.replace("每周", "每\x00周\x0c", 1)
    document = builders.a_plan_document(cast, text)
    assert document.state == "read"
    assert "\x00" not in document.reading["document"]["text"]


def test_what_somebody_else_moved_meanwhile_is_not_corrected_in_its_place(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    who, at, path = cast.section_head.actor, clock.now(), "patrol.cadence.0.at_least"
    seen = seen_at(drafted(document), path)
    correct_entry(actor=who, at=at, document=document, path="title", value="另一个标题", seen="")
    correct_entry(actor=who, at=at, document=document, path=path, value="4", seen=seen)
    with pytest.raises(DraftMoved, match="请刷新页面"):
        correct_entry(actor=who, at=at, document=document, path=path, value="5", seen=seen)
    values = {"path": path, "seen": seen, "act": "accept"}
    answer = cast.section_head.browser().post(
        _url("entry", document), values, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    sees(answer, "请刷新页面")


def test_a_draft_is_put_in_force_once(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    page = submits(cast.section_head, _url("adopt", document), {"year": 2026}, to="/operations/")
    sees(page, "方案已启动")
    operation = Operation.objects.get()
    document.refresh_from_db()
    assert (operation.organisation_id, document.operation) == (BUREAU, operation)
    again = cast.section_head.browser().post(_url("adopt", document), {"year": 2026})
    assert again.status_code == 422
    with pytest.raises(Refusal, match="变更方案"):
        drop_document(actor=cast.section_head.actor, at=clock.now(), document=document)


def test_several_plans_in_one_document_are_read_one_by_one(cast: Cast) -> None:
    second = builders.PLAN_TEXT.replace("凯里市“寒冬", "黄平县“寒冬")
    document = builders.a_plan_document(cast, f"篇一\n{builders.PLAN_TEXT}\n篇二\n{second}")
    page = page_for(cast.section_head, _url("document", document))
    sees(page, "文件里有几份方案", "读这一份")
    submits(cast.section_head, _url("part", document), {"part": "2"}, to="/plans/documents/")
    assert PlanDocument.objects.filter(part=2, state="waiting").count() == 1


@pytest.mark.slow
def test_a_long_draft_is_shown_by_sections_and_a_mark_leads_to_its_own(cast: Cast) -> None:
    """Thousands of fields on one page took a browser half a minute to lay out."""
    classes = "".join(
        f"{number}.困难对象{number}每人发慰问金{number + 100}元。\n" for number in range(150)
    )
    document = builders.a_plan_document(cast, f"{builders.PLAN_TEXT}\n九、慰问标准\n{classes}")
    url = _url("document", document)
    page = page_for(cast.section_head, url)
    sees(
        page,
        "草案很长，一次看一部分",
        "方案名称",
        "?section=1#draft",
        "补助标准 2",
        'data-section="',
    )
    does_not_see(page, 'name="path" value="amounts.')
    shown = page.context["shown"]
    assert sum(part.total for part in shown.sections) == shown.total > MOST_ENTRIES
    number = next(part.number for part in shown.sections if part.label.zh.startswith("补助标准"))
    other = page_for(cast.section_head, f"{url}?section={number}")
    sees(other, 'name="path" value="amounts.0.category"', f"/entry/?section={number}")
    answer = cast.section_head.browser().post(
        f"{_url('entry', document)}?section={number}",
        {"path": "amounts.0.category", "act": "accept"},
    )
    assert str(answer["Location"]).endswith(f"?section={number}#draft")
    for nonsense in ("99", "x", "-1", "²"):
        sees(page_for(cast.section_head, f"{url}?section={nonsense}"), "方案名称")


def test_a_short_draft_stands_on_one_page(cast: Cast) -> None:
    page = page_for(cast.section_head, _url("document", builders.a_plan_document(cast)))
    does_not_see(page, "一次看一部分", "data-section")


def test_an_error_of_the_document_is_said_once_above_it(cast: Cast) -> None:
    wrong = "两项合计：甲项200元，乙项300元，共计600元。\n"
    document = builders.a_plan_document(cast, f"{builders.PLAN_TEXT}\n十、经费\n{wrong * 4}")
    shown = page_for(cast.section_head, _url("document", document)).context["shown"]
    told = [str(row.message) for row in shown.errors]
    assert len(told) == len(set(told)) <= 3
    assert {str(row.message) for row in shown.remarks if row.level == "error"} >= set(told)


def test_a_document_that_is_not_wanted_goes(cast: Cast) -> None:
    document = builders.a_plan_document(cast)
    page = submits(cast.section_head, _url("drop_document", document), {}, to="/plans/documents/")
    sees(page, "文件和草案已丢弃", "还没有交来的文件")


def test_the_list_of_plans_says_how_many_documents_wait(cast: Cast) -> None:
    plans = reverse("operations:operations")
    does_not_see(page_for(cast.section_head, plans), "还没有启动")
    builders.a_plan_document(cast)
    sees(page_for(cast.section_head, plans), "交来的方案文件有 1 份还没有启动")
    does_not_see(page_for(cast.operator, plans), "还没有启动")
    english = page_for(cast.section_head, plans, language="en")
    sees(english, "1 plan document handed in is not in force yet")


def test_marks_never_overlap_and_hold_the_whole_text() -> None:
    reading: dict[str, Any] = {
        "document": {"text": "abcdefghij", "blocks": [{"span": [0, 10], "kind": "list"}]},
        "evidence": [{"span": [1, 4]}, {"span": [2, 6]}],
        "not_understood": [{"span": [3, 8]}],
    }
    found = marks(reading)
    assert [(mark.span, mark.kind) for mark in found] == [((1, 4), "fact"), ((4, 8), "open")]
    (block,) = blocks(reading["document"], found)
    assert "".join(piece.text for piece in block.pieces) == "abcdefghij"


def test_a_value_keeps_its_type_and_a_missing_place_is_told() -> None:
    draft = {"a": [{"n": 3, "yes": True, "w": "x"}]}
    assert changed(draft, "a.0.n", "4")["a"][0]["n"] == 4
    assert changed(draft, "a.0.yes", "否")["a"][0]["yes"] is False
    assert "w" not in changed(draft, "a.0.w", " ")["a"][0]
    assert without_entry(draft, "a.0.n") == {"a": []}
    assert draft["a"][0]["n"] == 3
    for path in ("a.5.n", "a.0.w.0", "a.0"):
        with pytest.raises(KeyError):
            changed(draft, path, "4")
    with pytest.raises(KeyError):
        without_entry(draft, "a")
