"""What is known: with certainty and source, beside what was known before, sealed where it must be."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

from nuantu.core.fields import Sealed
from nuantu.core.models import JournalEntry
from nuantu.persons import selectors, services
from nuantu.persons.models import Case, PersonClass, PersonFact
from nuantu.persons.selectors.looks import NOTHING
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Meet = Callable[..., Case]
VALID = "11010519491231002X"


@pytest.fixture
def put_down(cast: Cast, evening: datetime) -> Callable[..., PersonFact]:
    def add(case: Case, kind: str, value: str, **more: Any) -> PersonFact:
        given: dict[str, Any] = {"certainty": "claimed", "source": "本人说的", **more}
        return services.add_fact(
            actor=cast.patroller.actor,
            at=evening,
            person=case.person,
            case=case,
            kind=kind,
            value=value,
            **given,
        )

    return add


PutDown = Callable[..., PersonFact]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("1101051949123100", "18位"),
        ("110105491231002", "15位"),
        ("110105194912310021", "末位校验"),
        ("11010519491331002X", "出生日期"),
        ("1101051949123100YX", "数字"),
    ],
)
def test_a_wrong_number_is_refused_with_what_is_wrong(
    meet: Meet, put_down: PutDown, number: str, says: str
) -> None:
    with pytest.raises(services.FactRefused, match=says) as refused:
        put_down(meet(), "id_number", number)
    assert refused.value.field == "value"
    assert not PersonFact.objects.exists()


def test_a_wrong_number_is_kept_as_heard_and_never_as_verified(
    meet: Meet, put_down: PutDown
) -> None:
    """A number misheard is a trace too, but nobody may call it verified."""
    case = meet()
    with pytest.raises(services.FactRefused):
        put_down(case, "id_number", "110105194912310021", certainty="verified", is_as_heard=True)
    kept = put_down(case, "id_number", "110105194912310021", is_as_heard=True)
    assert kept.certainty == "claimed"
    case.person.refresh_from_db()
    assert case.person.birth_date is None


def test_a_number_is_never_required(meet: Meet) -> None:
    assert not meet().person.facts.exists()


def test_sealed_kinds_lie_encrypted(meet: Meet, put_down: PutDown) -> None:
    """Neither number nor phone stands readable in the database; printing shows a mask."""
    case = meet()
    for kind, value in (("id_number", VALID), ("phone", "13912345678"), ("diagnosis", "肺炎")):
        put_down(case, kind, value)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value || secret FROM persons_personfact")
        stored = "".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT summary || changes::text || basis FROM core_journalentry")
        lines = "".join(row[0] for row in cursor.fetchall())
    for plain in (VALID, "13912345678", "肺炎"):
        assert plain not in stored
        assert plain not in lines
    number = PersonFact.objects.get(kind="id_number")
    assert isinstance(number.secret, Sealed)
    assert VALID not in str(number.secret)
    assert number.secret.open() == VALID


def test_a_verified_number_gives_birth_date_and_sex(meet: Meet, put_down: PutDown) -> None:
    case = meet(sex="unknown")
    put_down(case, "id_number", VALID, certainty="verified", source="派出所核查")
    case.person.refresh_from_db()
    assert (case.person.birth_date, case.person.sex) == (date(1949, 12, 31), "female")


def test_a_claimed_number_proves_nothing(meet: Meet, put_down: PutDown) -> None:
    case = meet(sex="unknown")
    put_down(case, "id_number", VALID)
    case.person.refresh_from_db()
    assert (case.person.birth_date, case.person.sex) == (None, "unknown")


def test_a_correction_stands_beside_what_was_said_first(meet: Meet, put_down: PutDown) -> None:
    case = meet()
    first = put_down(case, "name", "王小明")
    put_down(case, "name", "黄小明", corrects=first, source="身份证")
    groups = selectors.facts(case.person, NOTHING)
    assert groups[0].best.value == "黄小明"
    assert groups[0].others[0].value == "王小明"
    assert groups[0].others[0].is_corrected
    case.person.refresh_from_db()
    assert case.person.called_as == "黄小明"


def test_the_surest_stands_first(meet: Meet, put_down: PutDown) -> None:
    case = meet()
    put_down(case, "origin", "湖南怀化", certainty="verified", source="派出所核查")
    put_down(case, "origin", "湖北")
    (group,) = selectors.facts(case.person, NOTHING)
    assert (group.best.value, group.others[0].value) == ("湖南怀化", "湖北")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": "  "}, "value"),
        ({"kind": "horoscope"}, "kind"),
        ({"certainty": "sure"}, "certainty"),
        ({"source": " "}, "source"),
        ({"kind": "birth_date", "value": "昨天"}, "value"),
        ({"kind": "birth_date", "value": "2030-01-01"}, "value"),
        ({"value": "长" * 401}, "value"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(
    meet: Meet, put_down: PutDown, changes: dict[str, str], field: str
) -> None:
    given = {"kind": "origin", "value": "湖南", **changes}
    with pytest.raises(services.FactRefused) as refused:
        put_down(meet(), given.pop("kind"), given.pop("value"), **given)
    assert refused.value.field == field


def test_a_chinese_date_is_a_date(meet: Meet, put_down: PutDown) -> None:
    case = meet()
    put_down(case, "birth_date", "1976年3月8日", certainty="verified", source="户口本")
    case.person.refresh_from_db()
    assert case.person.birth_date == date(1976, 3, 8)


def test_classes_are_given_once_and_taken_back_for_a_reason(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    case, actor = meet(), cast.patroller.actor
    given = services.assign_classes(
        actor=actor, at=evening, case=case, codes=["elderly", "minor"], source="现场观察"
    )
    assert [row.code for row in given] == ["minor", "elderly"]
    assert not services.assign_classes(
        actor=actor, at=evening, case=case, codes=["minor"], source="现场观察"
    )
    with pytest.raises(services.ClassRefused):
        services.withdraw_class(actor=actor, at=evening, case=case, given=given[0], reason=" ")
    services.withdraw_class(
        actor=actor, at=evening, case=case, given=given[0], reason="身份证显示已满18岁"
    )
    row = PersonClass.objects.get(code="minor")
    assert row.withdrawn_reason == "身份证显示已满18岁"
    with pytest.raises(services.ClassRefused):
        services.assign_classes(
            actor=actor, at=evening, case=case, codes=["king"], source="现场观察"
        )


@pytest.mark.parametrize("kind", ["name", "alias", "features", "id_number"])
def test_no_line_tells_in_the_open_who_somebody_is(
    meet: Meet, put_down: PutDown, kind: str
) -> None:
    """A line outlives a later restriction of the record, so what tells who he is lies sealed."""
    words = VALID if kind == "id_number" else "左脸有一道疤"
    put_down(meet(), kind, words)
    for line in JournalEntry.objects.filter(verb="persons.fact.add"):
        assert words not in f"{line.summary}{line.basis}{line.changes}"
        assert line.sealed
