"""The journal: nothing is changed unseen, nothing erased can be read."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nuantu.core import journal, scope, sentences, typed, vault
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.core.ids import new_id
from nuantu.core.models import DataKey, JournalEntry
from nuantu.core.subjects import Subject

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 5, 12, 0, tzinfo=UTC)
KAILI, HUANGPING = "522601000000", "522622000000"


def line(
    *,
    division: str = KAILI,
    owner: str = "JZ-522601",
    case_id: UUID | None = None,
    at: datetime = AT,
    sealed: dict[str, str] | None = None,
) -> JournalEntry:
    return journal.record(
        verb="core.test.happen",
        actor=SYSTEM,
        at=at,
        subjects=[Subject("tip", new_id()), Subject("case", new_id())],
        division_code=division,
        owner_org=owner,
        case_id=case_id,
        summary="桥下有人 🧣",
        basis="P9-20",
        changes={"state": ["new", "assigned"], "minutes": 30},
        sealed=sealed,
    )


def faults() -> list[tuple[str, int]]:
    return [(fault.chain, fault.seq) for fault in journal.verify()]


def settle() -> None:
    """Foreign keys are checked at the end of a transaction; here the end is now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def without_triggers(sql: str, table: str = "core_journalentry") -> None:
    """What somebody with the table owner's power could do."""
    settle()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_journalentry SET summary = 'x'",
        "DELETE FROM core_journalentry",
        "TRUNCATE core_journalentry CASCADE",
        "UPDATE core_journalsubject SET kind = 'x'",
        "DELETE FROM core_journalsubject",
    ],
)
def test_the_database_refuses_to_change_a_line(sql: str) -> None:
    line()
    settle()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_line_outside_the_scope_is_not_seen() -> None:
    line()
    with scope.enter(scope.NOBODY):
        assert JournalEntry.objects.count() == 0
    with scope.enter(scope.Scope(org="JZ-522622", prefix="522622")):
        assert JournalEntry.objects.count() == 0
    with scope.enter(scope.Scope(org="JZ-522601")):
        assert JournalEntry.objects.count() == 1


def test_each_county_and_month_has_its_own_chain() -> None:
    line()
    line(division=HUANGPING)
    line(at=AT.replace(month=11))
    assert set(JournalEntry.objects.values_list("chain", "seq")) == {
        ("522601-2026-12", 1),
        ("522622-2026-12", 1),
        ("522601-2026-11", 1),
    }


def test_untouched_chains_verify() -> None:
    for _ in range(4):
        line(sealed={"phone": "000-0000"})
    assert faults() == []


@pytest.mark.parametrize(
    "change",
    [
        "summary = 'y'",
        "happened_at = happened_at - interval '1 hour'",
        "actor_name = 'somebody else'",
        "changes = '{}'",
        "sealed = 'x'",
        "owner_org = 'JZ-522622'",
    ],
)
def test_a_line_changed_behind_the_triggers_breaks_the_chain_at_its_place(change: str) -> None:
    for _ in range(3):
        line(sealed={"phone": "000-0000"})
    without_triggers(f"UPDATE core_journalentry SET {change} WHERE seq = 2")
    assert faults() == [("522601-2026-12", 2)]


def test_a_line_taken_out_is_missed_also_at_the_end() -> None:
    for _ in range(3):
        line()
    without_triggers(
        "DELETE FROM core_journalsubject s USING core_journalentry e WHERE e.public_id = s.entry_id AND e.seq = 3",
        "core_journalsubject",
    )
    without_triggers("DELETE FROM core_journalentry WHERE seq = 3")
    assert faults() == [("522601-2026-12", 3)]


def test_subjects_are_covered_by_the_chain() -> None:
    line()
    without_triggers(
        "UPDATE core_journalsubject SET kind = 'other' WHERE kind = 'tip'", "core_journalsubject"
    )
    assert faults() == [("522601-2026-12", 1)]


def test_erasure_makes_sealed_values_unreadable_and_the_chain_still_verifies() -> None:
    case_id = new_id()
    entry = line(case_id=case_id, sealed={"phone": "000-1234"})
    assert journal.open_sealed(entry) == {"phone": "000-1234"}
    assert "000-1234" not in JournalEntry.objects.get(public_id=entry.public_id).sealed

    journal.erase(
        key_ref=case_id,
        actor=SYSTEM,
        at=AT,
        reason="PIPL 47",
        division_code=KAILI,
        owner_org="MZ-522601",
    )

    with pytest.raises(vault.KeyDestroyed):
        journal.open_sealed(entry)
    assert faults() == []
    assert JournalEntry.objects.filter(verb="core.key.destroy").count() == 1


def typed_line(case_id: UUID, *, kind: str = "tip") -> JournalEntry:
    return journal.record(
        verb="core.test.happen",
        actor=SYSTEM,
        at=AT,
        subjects=[Subject(kind, new_id())],
        division_code=KAILI,
        owner_org="JZ-522601",
        case_id=case_id if kind == "tip" else None,
        summary="重新打开：王小明还在",
        basis="联系王小明的家属",
        is_basis_typed=True,
        changes={"outcome": "left", "reason": "王小明还在"},
    )


def test_what_somebody_typed_about_a_person_goes_with_his_key() -> None:
    case_id = new_id()
    entry = JournalEntry.objects.get(pk=typed_line(case_id).pk)
    assert "王小明" not in entry.summary + entry.basis + str(entry.changes)
    assert sentences.said(entry) == "重新打开：王小明还在"
    assert journal.basis_of(entry) == "联系王小明的家属"
    assert journal.words_of(entry)["reason"] == "王小明还在"
    with vault.holding():
        journal.words_of(entry)
        with CaptureQueriesContext(connection) as asked:
            journal.words_of(entry)
    assert not asked.captured_queries, "a page asks once for the key of its many lines"

    vault.destroy(case_id)
    assert sentences.said(entry) == f"重新打开：{typed.GONE}"
    assert journal.basis_of(entry) == typed.GONE
    assert faults() == []
    after = typed_line(case_id)
    assert after.summary == "重新打开：王小明还在", "there is no key any more to seal it with"


def test_words_about_no_person_stay_as_they_were_typed() -> None:
    entry = typed_line(new_id(), kind="operation")
    assert entry.summary == sentences.said(entry) == "重新打开：王小明还在"
    assert (entry.sealed, journal.basis_of(entry)) == ("", "联系王小明的家属")


def test_an_erased_key_is_never_made_again() -> None:
    case_id = new_id()
    vault.seal(case_id, "x")
    vault.destroy(case_id)
    with pytest.raises(vault.KeyDestroyed):
        vault.seal(case_id, "y")


def test_rotation_rewraps_every_key_and_old_tokens_still_open() -> None:
    tokens = [vault.seal(new_id(), f"电话{i}") for i in range(3)]
    before = set(DataKey.objects.values_list("wrapped", flat=True))

    assert vault.rotate() == 3

    assert not before & set(DataKey.objects.values_list("wrapped", flat=True))
    assert [vault.unseal(token) for token in tokens] == ["电话0", "电话1", "电话2"]
    assert len(vault.load().masters) == 1


def test_a_token_opens_only_under_its_own_key() -> None:
    token, other = vault.seal(new_id(), "甲"), vault.seal(new_id(), "乙")
    swapped = ".".join([*token.split(".")[:2], other.split(".")[2]])
    with pytest.raises(Refusal):
        vault.unseal(swapped)
