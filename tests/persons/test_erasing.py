"""An erased case leaves no name behind: not in rows, not in their history; the chain still holds."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from nuantu.core import clock, erasure, files, journal, scope, typed, vault
from nuantu.core.ids import new_id
from nuantu.core.models import DataKey, JournalEntry, RowHistory, StoredFile
from nuantu.core.subjects import Subject
from nuantu.encounters.rules.contact import Contact, Place, Sheet, Who
from nuantu.encounters.services import record_encounter
from nuantu.operations.services import decline_handover, offer_handover
from nuantu.persons import services
from nuantu.persons.models import Case, Person
from nuantu.persons.rules.ages import Age
from tests.cast import HOSPITAL, TOWN, Cast
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Meet = Callable[..., Case]
SeenAs = Callable[..., Any]
NAME, NICKNAME, LOOKS, PHONE = "王小明", "老歪", "左眉有疤", "13900000000"


def _dump() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = 'public'::regnamespace"
        )
        tables = [name for (name,) in cursor.fetchall()]
        assert len(tables) > 40
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def _live(cast: Cast, meet: Meet, seen_as: SeenAs, at: datetime) -> Case:
    """A case with a name in every place that holds one in the clear, changed once each."""
    case = meet(NAME, looks=LOOKS)
    actor = cast.patroller.actor
    services.describe_person(
        actor=actor,
        at=at,
        person=case.person,
        case=case,
        called_as=NICKNAME,
        sex="male",
        age=Age(45, 55),
        looks=LOOKS,
    )
    for kind, value in (("name", NAME), ("alias", NICKNAME), ("phone", PHONE)):
        services.add_fact(
            actor=actor,
            at=at,
            person=case.person,
            case=case,
            kind=kind,
            value=value,
            certainty="claimed",
            source="本人说的",
        )
    contact = Contact(
        happened_at=at,
        place=Place(words="南桥桥洞", division_code=TOWN),
        who=Who(name=NAME, sex="male", age=Age(45, 55), looks=LOOKS),
        outcome="helped_on_spot",
        note=f"{NAME}说过两天再来",
        sheet=Sheet(belongings=f"写着{NAME}的布包"),
    )
    with seen_as(cast.patroller):
        record_encounter(actor=actor, at=at, contact=contact, person=case.person)
    handover = offer_handover(
        actor=cast.dispatcher.actor,
        at=at,
        subject=Subject("case", case.public_id),
        case_id=case.case_id,
        to_org=HOSPITAL,
        purpose="送医",
        note=f"{NAME}，{LOOKS}",
        division_code=TOWN,
    )
    decline_handover(actor=cast.hospital.actor, at=at, handover=handover, reason="没有床位")
    services.reveal(
        actor=cast.dispatcher.actor,
        at=at,
        person=case.person,
        case=case,
        what="identity",
        purpose=f"联系{NAME}的家属",
    )
    case.refresh_from_db()
    return case


def _close(cast: Cast, case: Case, at: datetime) -> Case:
    return services.close_case(
        actor=cast.dispatcher.actor,
        at=at,
        case=case,
        closing="helped_on_spot",
        note_text=f"{NAME}自己回去了",
    )


def test_an_open_case_is_not_erased_and_each_erasure_has_its_reason(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    case = meet(NAME)
    actor = cast.admin.actor
    with pytest.raises(services.CaseRefused, match="还没有结案"):
        services.erase(actor=actor, at=evening, case=case, reason="本人要求")
    with pytest.raises(services.CaseRefused, match="依据和原因"):
        services.erase(actor=actor, at=evening, case=case, reason=" ")
    assert Person.objects.get().name == NAME


def test_after_an_erasure_no_table_holds_the_name(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """A full dump of every table finds neither name, nickname, looks nor number; the chain holds."""
    case = _close(cast, _live(cast, meet, seen_as, evening), evening)
    assert NAME in _dump()
    assert NICKNAME in _dump()
    services.erase(actor=cast.admin.actor, at=evening, case=case, reason="个人信息保护法第47条")
    dump = _dump()
    for told in (NAME, NICKNAME, LOOKS, PHONE, vault.keyed_hash(PHONE)):
        assert told not in dump, told
    person = Person.objects.get()
    assert (person.called_as, person.birth_date, person.photo) == (typed.GONE, None, None)
    assert not list(journal.verify())
    phone = person.facts.get(kind="phone")
    assert erasure.opened(phone.secret) == typed.GONE
    for entry in JournalEntry.objects.filter(case_id=case.public_id).exclude(sealed=""):
        with pytest.raises(vault.KeyDestroyed):
            journal.open_sealed(entry)


def test_the_history_keeps_that_something_stood_there(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """Who changed which row when stays; each earlier version names the line of the erasure."""
    case = _close(cast, _live(cast, meet, seen_as, evening), evening)
    before = RowHistory.objects.filter(table_name="persons_person").count()
    assert before
    services.erase(actor=cast.admin.actor, at=evening, case=case, reason="个人信息保护法第47条")
    line = JournalEntry.objects.get(verb="core.key.destroy")
    assert line.basis == "个人信息保护法第47条"
    kept = RowHistory.objects.filter(table_name="persons_person", row_id=case.person.public_id)
    assert kept.count() > 1
    for row in kept:
        assert row.before["erased"] == str(line.public_id)
        assert "name" not in row.before
        assert row.before["sex"] == "male"


def test_a_person_known_from_another_case_keeps_his_headline(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    """What was learned in the erased case goes; the record of the other case stays whole."""
    first = _close(cast, meet(NAME), evening)
    second, _is_new = services.continue_case(
        actor=cast.patroller.actor,
        at=evening,
        person=first.person,
        division_code=TOWN,
        source="街面巡查",
    )
    services.erase(actor=cast.admin.actor, at=evening, case=first, reason="本人要求")
    assert Person.objects.get().name == NAME
    second = _close(cast, second, evening)
    services.erase(actor=cast.admin.actor, at=evening, case=second, reason="本人要求")
    assert NAME not in _dump()
    with pytest.raises(services.CaseRefused, match="已经删除"):
        services.erase(actor=cast.admin.actor, at=evening, case=second, reason="本人要求")


def test_nobody_rewrites_the_history_of_a_living_case(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """The one way into the history asks for a destroyed key, takes values out and puts none in."""
    case = _live(cast, meet, seen_as, evening)
    kept = RowHistory.objects.filter(table_name="persons_person").first()
    assert kept is not None
    ask = "SELECT nuantu_erase_history(%s, 'persons_person', ARRAY[%s]::uuid[], '{name}', %s)"
    values = [case.public_id, case.person.public_id, new_id()]
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="was not destroyed"), transaction.atomic():
            cursor.execute(ask, values)
        for sentence in (
            "UPDATE core_rowhistory SET before = '{}'",
            'UPDATE core_rowhistory SET before = before || \'{"erased": 1, "name": "x"}\'',
            "UPDATE core_rowhistory SET changed_by = 'x', before = before || '{\"erased\": 1}'",
            "DELETE FROM core_rowhistory",
        ):
            with transaction.atomic():
                cursor.execute("SELECT set_config('app.erasing', 'on', true)")
                with suppress(DatabaseError), transaction.atomic():
                    cursor.execute(sentence)
    again = RowHistory.objects.get(pk=kept.pk)
    assert (again.before, again.changed_by) == (kept.before, kept.changed_by)


def test_an_erasure_without_its_line_or_beyond_its_case_takes_nothing(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """A destroyed key alone opens no history, and its line opens none but that of its case."""
    ask = "SELECT nuantu_erase_history(%s, %s, ARRAY[%s]::uuid[], '{name}', %s)"
    unknown, account = new_id(), cast.patroller.account
    with scope.system("a test"), connection.cursor() as cursor:
        account.save(update_fields=["name"])
        vault.destroy(unknown, even_unused=True)
        with pytest.raises(DatabaseError, match="no line"), transaction.atomic():
            cursor.execute(ask, [unknown, "persons_person", new_id(), new_id()])
        case = _close(cast, _live(cast, meet, seen_as, evening), evening)
        services.erase(actor=cast.admin.actor, at=evening, case=case, reason="本人要求")
        line = JournalEntry.objects.get(verb="core.key.destroy")
        cursor.execute(ask, [case.public_id, "accounts_user", account.public_id, line.public_id])
        assert cursor.fetchone() == (0,)
        kept = RowHistory.objects.filter(table_name="accounts_user", row_id=account.public_id)
        assert kept.exists()
        assert all(row.before["name"] for row in kept)


def test_photos_of_an_erased_case_cannot_be_opened(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    """A photo's key goes with the case's, also where the photo was older than the case."""
    from tests.encounters.conftest import photo

    case = meet(NAME)
    with scope.enter(scope.of_actor(cast.patroller.actor)):
        file = files.store(
            upload=photo(),
            division_code=case.division_code,
            owner_org=case.owner_org,
            case_id=case.case_id,
            purpose="encounters.evidence",
            actor=cast.patroller.actor,
            at=evening,
        )
    services.set_photo(
        actor=cast.patroller.actor, at=evening, person=case.person, case=case, photo=file
    )
    assert files.read_served(file)
    case.refresh_from_db()
    case = _close(cast, case, evening)
    services.erase(actor=cast.admin.actor, at=evening, case=case, reason="本人要求")
    with pytest.raises(vault.KeyDestroyed):
        files.read_served(StoredFile.objects.get())
    assert DataKey.objects.get(key_ref=case.public_id).destroyed_at
    assert Person.objects.get().photo is None


def test_who_may_erase_a_closed_case_on_its_page(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """Not whoever works on it, not a neighbour, not while it is open."""
    with clock.frozen(evening):
        case = meet(NAME)
        url = reverse("persons:case_erase", args=[case.public_id])
        refused_for(cast.dispatcher, cast.leader, cast.auditor, cast.admin, url=url)
        not_found_for(cast.outsider, cast.station_head, url=url)
        with seen_as(cast.dispatcher):
            _close(cast, case, evening)
        not_found_for(cast.outsider, url=url)
        for player in (cast.station_head, cast.section_head):
            sees(page_for(player, url), "会留下", case.number)


def test_a_case_is_erased_once_its_number_is_typed_and_the_ground_given(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    with clock.frozen(evening):
        case = meet(NAME)
        with seen_as(cast.dispatcher):
            _close(cast, case, evening)
        url = reverse("persons:case_erase", args=[case.public_id])
        head, ground = cast.station_head, "本人书面要求"
        for sent in (
            {"reason": ground, "typed": "522601"},
            {"reason": " ", "typed": case.number},
        ):
            submit_refused_leaving(head, url, sent, unchanged=lambda: Person.objects.get().name)
        page = submits(head, url, {"reason": ground, "typed": f" {case.number.lower()} "})
        assert Person.objects.get().name == typed.GONE
        line = JournalEntry.objects.get(verb="core.key.destroy")
        assert (line.actor_id, line.basis) == (head.actor.public_id, ground)
        sees(page, "个人信息已删除")
        does_not_see(page, NAME, url)
        again = {"reason": ground, "typed": case.number}
        submit_refused_leaving(
            head, url, again, unchanged=JournalEntry.objects.count, says="个人信息已经删除"
        )
