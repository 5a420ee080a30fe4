"""One piece of work as one: nothing of it stays when it is refused, and its lines hold the chain."""

from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nuantu.core import journal, live, vault
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.core.ids import new_id
from nuantu.core.models import DataKey, JournalEntry
from nuantu.core.subjects import Subject
from nuantu.core.together import attempt, together
from tests.core.test_journal import AT, KAILI

pytestmark = pytest.mark.django_db


def line(words: str, case_id: UUID | None = None) -> JournalEntry:
    return journal.record(
        verb="core.test.happen",
        actor=SYSTEM,
        at=AT,
        subjects=[Subject("zone", new_id())],
        division_code=KAILI,
        owner_org="JZ-522601",
        case_id=case_id,
        summary=words,
        sealed={"words": words} if case_id else None,
    )


def refused(*words: str, case_id: UUID | None = None) -> None:
    for one in words:
        line(one, case_id)
    raise Refusal("no")


def refused_together() -> None:
    with together():
        refused("taken back too")


def written() -> list[str]:
    return list(JournalEntry.objects.order_by("chain", "seq").values_list("summary", flat=True))


def test_nothing_of_a_refused_piece_stays() -> None:
    with pytest.raises(Refusal), together():
        refused("begun")
    assert written() == []


def test_a_refused_part_takes_its_lines_back_and_the_rest_goes_on() -> None:
    with together():
        line("one")
        with pytest.raises(Refusal), attempt():
            refused_together()
        with attempt():
            line("two")
        line("three")
    assert written() == ["one", "two", "three"]
    assert list(journal.verify()) == []


def test_a_savepoint_of_somebody_else_takes_its_line_back_alone() -> None:
    with together():
        line("one")
        with pytest.raises(Refusal), transaction.atomic():
            refused("taken back")
        line("two")
    assert written() == ["one", "two"]
    assert list(journal.verify()) == []


def test_lines_and_hints_of_a_piece_go_by_one_statement_each_and_hold_the_chain() -> None:
    line("before")
    with CaptureQueriesContext(connection) as asked, together():
        entries = [line(words) for words in ("one", "two", "three")]
        live.hint("stays", KAILI, "JZ-522601")
        live.hint("stays", KAILI, "JZ-522601")
    told = [query["sql"] for query in asked.captured_queries]
    assert sum("nuantu_append_lines" in sql for sql in told) == 1
    assert sum("pg_notify" in sql for sql in told) == 1
    assert [entry.seq for entry in entries] == [2, 3, 4]
    assert written() == ["before", "one", "two", "three"]
    stored = JournalEntry.objects.get(pk=entries[-1].pk)
    assert (stored.digest, stored.happened_at) == (entries[-1].digest, AT)
    assert list(journal.verify()) == []


def test_a_key_made_in_a_part_that_was_taken_back_seals_nothing_afterwards() -> None:
    case_id = new_id()
    with together():
        for guard in (attempt, transaction.atomic):
            with pytest.raises(Refusal), guard():
                refused("taken back", "and read again", case_id=case_id)
            assert not DataKey.objects.filter(key_ref=case_id).exists()
        entry = line("kept", case_id)
    assert vault.unseal(JournalEntry.objects.get(pk=entry.pk).sealed) == '{"words":"kept"}'


def _piece_then_refusal(case_id: UUID) -> None:
    with together():
        line("taken back", case_id)
    raise Refusal("no")


def test_a_key_made_in_a_piece_is_held_by_the_page_around_it_only_while_it_stands() -> None:
    case_id = new_id()
    with vault.holding():
        with pytest.raises(Refusal), transaction.atomic():
            _piece_then_refusal(case_id)
        entry = line("kept", case_id)
    assert vault.unseal(entry.sealed) == '{"words":"kept"}'
