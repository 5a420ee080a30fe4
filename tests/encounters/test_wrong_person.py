"""A contact was tied to the wrong person: what it left there moves, and can be put back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, files, scope
from nuantu.core.models import JournalEntry
from nuantu.encounters import services
from nuantu.encounters.models import Encounter, Evidence
from nuantu.persons.models import FactKind, PersonFact
from tests.cast import Cast
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Make = Callable[..., Any]
SAID = {
    "name": "石老三",
    "facts": ((FactKind.ORIGIN, "从江县"), (FactKind.PHONE, "13900000000")),
}


def _corrected(
    cast: Cast, met: Make, record: Make, seen_as: Make, evening: datetime
) -> tuple[Encounter, Encounter]:
    wrong = record(met(who=SAID), photos=1).encounter
    with seen_as(cast.patroller):
        done = services.correct_encounter(
            actor=cast.patroller.actor,
            at=clock.now(),
            encounter=wrong,
            contact=met(),
            reason="认错了人",
            is_other_person=True,
        )
    return wrong, done.encounter


def _facts(encounter: Encounter) -> dict[str, str]:
    with scope.system("a test looks"):
        rows = PersonFact.objects.filter(person=encounter.person)
        return {row.kind: row.secret.open() if row.is_sealed else row.value for row in rows}


def test_another_county_and_who_only_reads_put_nothing_back(
    cast: Cast, met: Make, record: Make, seen_as: Make, evening: datetime
) -> None:
    with clock.frozen(evening):
        _wrong, right = _corrected(cast, met, record, seen_as, evening)
        url = reverse("encounters:put_back", args=[right.public_id])
        not_found_for(cast.outsider, url=url, data={})
        refused_for(cast.section_head, cast.auditor, url=url, data={})
        plain = record(met()).encounter
        with (
            seen_as(cast.patroller),
            pytest.raises(services.EncounterRefused, match="没有移走的内容"),
        ):
            services.put_parts_back(actor=cast.patroller.actor, at=evening, encounter=plain)


def test_facts_and_photos_leave_the_wrong_person_with_a_line_on_his_record(
    cast: Cast, met: Make, record: Make, seen_as: Make, evening: datetime
) -> None:
    with clock.frozen(evening):
        wrong, right = _corrected(cast, met, record, seen_as, evening)
        with scope.system("a test looks"):
            wrong.person.refresh_from_db()
            photo = Evidence.objects.select_related("file").get()
            assert photo.encounter == right
            assert photo.file.case_id == right.case_id
            assert files.read_original(photo.file)
            line = JournalEntry.objects.get(verb="persons.fact.move")
            about = {row.subject_id for row in line.subjects.filter(kind="person")}
        assert _facts(wrong) == {}
        found = _facts(right)
        assert (found[FactKind.ORIGIN], found[FactKind.PHONE]) == ("从江县", "13900000000")
        assert about == {wrong.person.public_id, right.person.public_id}
        assert (
            "石老三" not in f"{wrong.person.name}{wrong.person.called_as}{wrong.person.search_text}"
        )
        assert "石老三" not in f"{line.summary}{line.changes}"
        page = page_for(cast.leader, reverse("persons:detail", args=[wrong.person.public_id]))
        sees(page, "记到了别人名下的内容已移走")


def test_one_line_of_the_correction_stands_with_both_people_though_nothing_moved(
    cast: Cast, met: Make, record: Make, seen_as: Make, evening: datetime
) -> None:
    with clock.frozen(evening):
        wrong = record(met()).encounter
        with seen_as(cast.patroller):
            right = services.correct_encounter(
                actor=cast.patroller.actor,
                at=clock.now(),
                encounter=wrong,
                contact=met(),
                reason="认错了人",
                is_other_person=True,
            ).encounter
        for row in (wrong, right):
            url = reverse("persons:detail", args=[row.person.public_id])
            sees(page_for(cast.leader, url), "接触认错了人，连同照片和内容更正到另一人名下")
            english = page_for(cast.leader, url, language="en")
            sees(english, "The contact was with somebody else")


def test_what_was_moved_is_put_back_once(
    cast: Cast, met: Make, record: Make, seen_as: Make, evening: datetime
) -> None:
    with clock.frozen(evening):
        wrong, right = _corrected(cast, met, record, seen_as, evening)
        page, url = (
            reverse(f"encounters:{name}", args=[right.public_id]) for name in ("detail", "put_back")
        )
        sees(page_for(cast.patroller, page), "放回原来的人")
    with clock.frozen(evening.replace(minute=evening.minute + 1)):
        assert cast.patroller.browser().post(url).status_code == 302
        assert _facts(wrong)[FactKind.PHONE] == "13900000000"
        with scope.system("a test looks"):
            photo = Evidence.objects.select_related("file").get()
            assert (photo.encounter, photo.file.case_id) == (wrong, wrong.case_id)
            wrong.person.refresh_from_db()
        assert wrong.person.name == "石老三"
        does_not_see(page_for(cast.patroller, page), "放回原来的人")
        with (
            seen_as(cast.patroller),
            pytest.raises(services.EncounterRefused, match="没有移走的内容"),
        ):
            services.put_parts_back(actor=cast.patroller.actor, at=clock.now(), encounter=right)
