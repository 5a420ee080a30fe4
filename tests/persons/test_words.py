"""People are found by words that an index holds; who may not see a person sees none of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from nuantu.persons.models import Case, Person, PersonWord
from nuantu.persons.selectors.search import Filters, people
from nuantu.persons.selectors.words import spoken_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Meet = Callable[..., Case]
SeenAs = Callable[..., Any]


def test_words_are_seen_like_their_person_and_written_by_nobody(
    cast: Cast, meet: Meet, seen_as: SeenAs
) -> None:
    person = meet("王小明").person
    with seen_as(cast.outsider):
        assert not PersonWord.objects.exists()
    with seen_as(cast.patroller):
        assert PersonWord.objects.filter(person=person, word="xiaoming").exists()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            PersonWord.objects.create(person=person, word="假的")


def test_words_follow_what_a_person_is_called(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    case = meet("王小明", looks="灰" * 60)
    with seen_as(cast.patroller):
        found = set(PersonWord.objects.filter(person=case.person).values_list("word", flat=True))
        assert {"王小明", "小明", "明", "wxm", "灰" * 24} <= found
        assert max(map(len, found)) == PersonWord.LENGTH
        Person.objects.filter(pk=case.person_id).update(search_text="李四")
        words = PersonWord.objects.filter(person=case.person).values_list("word", flat=True)
        assert sorted(words) == ["四", "李四"]


def test_a_long_part_is_compared_whole(cast: Cast, meet: Meet, seen_as: SeenAs) -> None:
    meet("王小明", looks="灰" * 30 + "衣")
    with seen_as(cast.patroller):
        actor = cast.patroller.actor
        assert people(actor, Filters(words="灰" * 29 + "衣")).exists()
        assert not people(actor, Filters(words="灰" * 29 + "帽")).exists()


def test_the_index_of_words_serves_under_row_level_security(
    cast: Cast, meet: Meet, seen_as: SeenAs
) -> None:
    """`LIKE` would be asked of every row after the policy; a range of letters is asked of the index.

    The words alone are asked for, and many of them: of nearly empty tables any plan is as good.
    """
    case = meet("王小明")
    with seen_as(cast.patroller), connection.cursor() as cursor:
        many = " ".join(["xiaoming", *(f"{number:04}" for number in range(1000))])
        Person.objects.filter(pk=case.person_id).update(search_text=many)
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = spoken_of("xiaoming").explain()
    condition = next(line for line in found.splitlines() if "Index Cond" in line and "word" in line)
    assert "xiaoming" in condition


def test_a_case_is_found_by_its_number_and_the_end_of_it(
    cast: Cast, meet: Meet, seen_as: SeenAs
) -> None:
    case = meet("王小明")
    with seen_as(cast.patroller):
        for words in (case.number, case.number[-4:].lower(), case.number[7:]):
            assert people(cast.patroller.actor, Filters(words=words)).get() == case.person
