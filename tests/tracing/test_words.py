"""Reports are found by words that an index holds; who may not see a report sees none of them."""

import pytest
from django.db import DatabaseError, connection, transaction

from nuantu.core import clock, scope
from nuantu.tracing.models import MissingReport, ReportWord
from nuantu.tracing.rules.said import Danger
from nuantu.tracing.selectors.reports import Filters, reports
from nuantu.tracing.selectors.told import beginning_with
from tests.cast import Cast, Player
from tests.tracing import missing

pytestmark = pytest.mark.django_db


def _found(who: Player, words: str) -> set[str]:
    with scope.enter(scope.of_actor(who.actor)):
        return {row.number for row in reports(Filters(words=words), clock.now())}


def test_words_are_seen_like_their_report_and_written_by_nobody(cast: Cast) -> None:
    report = missing.a_report(cast, name="样小明")
    for who in (cast.outsider, cast.kitchen, cast.police):
        with scope.enter(scope.of_actor(who.actor)):
            assert not ReportWord.objects.exists(), who.key
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        assert ReportWord.objects.filter(report=report, word="xiaoming").exists()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ReportWord.objects.create(report=report, word="假的")
        MissingReport.objects.filter(pk=report.pk).update(search_text="李四")
        assert set(report.words.values_list("word", flat=True)) == {"四", "李四"}


def test_a_part_finds_the_open_and_only_a_whole_name_or_number_the_hidden(cast: Cast) -> None:
    shown = missing.a_report(cast, name="样小龙", clothing="灰" * 30 + "衣")
    hidden = missing.a_report(cast, name="样小虎", danger=Danger(("trafficking",)))
    who = cast.tracing_officer
    assert _found(who, "样小") == {shown.number}
    for words in ("xiaolong", "小龍", shown.number.lower(), "灰" * 29 + "衣", "样小 灰"):
        assert _found(who, words) == {shown.number}, words
    assert _found(who, "灰" * 29 + "帽") == set()
    assert _found(who, "样小虎") == _found(who, hidden.number) == {hidden.number}
    assert _found(cast.outsider, shown.number) == set()


def test_the_index_of_words_serves_under_row_level_security(cast: Cast) -> None:
    """`LIKE` would be asked of every row after the policy; a range of letters is asked of the index.

    The words alone are asked for, and many of them: of nearly empty tables any plan is as good.
    """
    report = missing.a_report(cast, name="样小明")
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)), connection.cursor() as cursor:
        many = " ".join(["xiaoming", *(f"{number:04}" for number in range(1000))])
        MissingReport.objects.filter(pk=report.pk).update(search_text=many)
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = beginning_with({"xiaoming"}).explain()
    condition = next(line for line in found.splitlines() if "Index Cond" in line and "word" in line)
    assert "xiaoming" in condition
