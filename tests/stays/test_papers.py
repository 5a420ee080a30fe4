"""The forms of the station are filled from reception and stay; nobody types a fact twice."""

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.encounters.selectors.papers import moment
from nuantu.papers.models import Paper
from nuantu.papers.rules.values import thawed
from nuantu.papers.selectors import kinds
from nuantu.papers.selectors.shown import offers_of
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.stays import services
from nuantu.stays.services import care
from tests.stays.house import TO_A_FAMILY, a_reception, a_stay, a_stay_in_bed, a_thing
from tests.web import does_not_see, not_found_for, page_for, sees, submits

if TYPE_CHECKING:
    from nuantu.stays.models import Stay
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_another_station_does_not_find_the_registration(cast: "Cast") -> None:
    reception = a_reception(cast)
    url = reverse("papers:new", args=["help_registration", reception.public_id])
    not_found_for(cast.outsider, url=url)


def test_whoever_may_not_receive_is_not_offered_the_papers_of_the_door(cast: "Cast") -> None:
    reception = a_reception(cast)
    assert reception.case_id is not None
    offered = {one.code for one in offers_of(cast.reception.actor, reception.case_id)}
    assert "help_registration" in offered
    assert "help_registration" not in {
        one.code for one in offers_of(cast.patroller.actor, reception.case_id)
    }


def test_the_registration_is_issued_from_what_was_entered_at_the_door(cast: "Cast") -> None:
    reception = a_reception(cast)
    browser = cast.reception.browser()
    sees(page_for(browser, reverse("papers:case", args=[reception.case_id])), "求助登记表")
    url = reverse("papers:new", args=["help_registration", reception.public_id])
    sees(page_for(browser, url), "自行来站", "求助时间")
    sees(submits(browser, url, {}), "求登〔")


def test_the_registration_has_the_family_as_it_was_last_put_right(cast: "Cast") -> None:
    """What the family's phone is was known and had to be written by hand, the wrong number beside the right."""
    reception, feed = a_reception(cast), kinds.feed_of("help_registration")
    assert feed is not None
    actor, case = cast.reception.actor, Case.objects.get(case_id=reception.case_id)
    known: dict[str, Any] = {"kind": "family_contact", "certainty": "claimed", "source": "本人说"}
    told = known | {"actor": actor, "at": clock.now(), "person": case.person, "case": case}
    with scope.enter(scope.of_actor(actor)):
        wrong = persons.add_fact(**told, value="哥哥 13900000001")
        persons.add_fact(**told, value="哥哥 13900000002", corrects=wrong)
        values = feed.gather(actor, reception, clock.now())
    assert values["relatives"] == [{"phone": "哥哥 13900000002"}]


def test_the_registration_names_the_list_of_things_once_there_is_one(cast: "Cast") -> None:
    """The line stayed blank, and the two papers could not be found by each other."""
    thing, feed = a_thing(cast), kinds.feed_of("help_registration")
    assert feed is not None
    actor = cast.reception.actor

    def number() -> object:
        return feed.gather(actor, thing.reception, clock.now())["belongings_number"]

    assert number() == ""
    url = reverse("papers:new", args=["belongings", thing.reception.public_id])
    submits(cast.reception, url, {})
    assert number() == Paper.objects.get(kind="belongings").number


def test_a_visit_put_down_as_care_stands_in_the_record_of_the_stay(cast: "Cast") -> None:
    stay, feed = a_stay_in_bed(cast), kinds.feed_of("stay_record")
    assert feed is not None
    actor = cast.carer.actor
    with scope.enter(scope.of_actor(actor)):
        for kind, words in (
            ("visitor", "哥哥来，想接他回家"),
            ("education", ""),
            ("education", ""),
        ):
            care.note_care(
                actor=actor, at=clock.now(), stay=stay, deed=care.Deed(kind), note_text=words
            )
        values = feed.gather(cast.reception.actor, stay, clock.now())
    visit = {"at": moment(clock.now()), "person": "探视", "result": "哥哥来，想接他回家"}
    assert values["contacts"] == [visit]
    assert values["services"] == "教育矫治2次"


@pytest.mark.slow
def test_one_page_says_everybody_who_looked_at_him(cast: "Cast") -> None:
    """A look at his name from the stay stood at the person, one at a form of a paper at the case."""
    stay = a_stay_in_bed(cast)
    reader, head = cast.reception.browser(), cast.section_head
    with scope.enter(scope.of_actor(cast.leader.actor)):
        persons.restrict_person(
            actor=cast.leader.actor, at=clock.now(), person=stay.person, case=None, reason="亲属"
        )
    submits(reader, reverse("stays:reveal", args=[stay.public_id]), {"purpose": "核对身份"})
    form = reverse("papers:new", args=["stay_record", stay.public_id])
    assert reader.post(form, {"purpose": "核对内容", "reveal": "1"}).status_code == 200
    kept = {"stay": stay.public_id, "case": stay.case_id, "person": stay.person.public_id}
    for kind, key in kept.items():
        page = page_for(head, reverse("accounts:looks", args=[kind, key]))
        sees(page, "查看文书要填的内容", "核对内容", "核对身份")


def test_the_list_of_belongings_has_a_row_for_each_thing(cast: "Cast") -> None:
    thing = a_thing(cast)
    feed = kinds.feed_of("belongings")
    assert feed is not None
    values = feed.gather(cast.reception.actor, thing.reception, clock.now())
    assert values["belongings"] == [
        {"item": "背包", "quantity": "1", "description": "", "disposal": "保管中"}
    ]


def test_the_record_of_a_stay_names_zone_and_bed(cast: "Cast") -> None:
    stay = a_stay_in_bed(cast)
    feed = kinds.feed_of("stay_record")
    assert feed is not None
    values = feed.gather(cast.reception.actor, stay, clock.now())
    assert values["zone"] == "男区"
    assert values["care_level"] == "自理"
    assert str(values["entered_at"]).startswith("20")


@pytest.mark.slow
@pytest.mark.parametrize(("way", "is_offered"), [("self", True), ("died", False)])
def test_a_declaration_of_leaving_is_not_offered_for_the_dead(
    cast: "Cast", way: str, is_offered: bool
) -> None:
    stay = a_stay_in_bed(cast)
    with scope.enter(scope.of_actor(cast.reception.actor)):
        assert "self_departure" in _offered(stay)
        services.leave(
            actor=cast.reception.actor,
            at=clock.now(),
            stay=stay,
            out=services.WayOut(way=way, is_declared=True, facts="值班员发现无呼吸"),
            confirmed={"notices": "无匹配"},
        )
        assert ("self_departure" in _offered(stay)) is is_offered


def _offered(stay: "Stay") -> set[str]:
    assert stay.case_id is not None
    return {kind.code for kind, _subject in kinds.offered(stay.case_id)}


def test_a_refusal_says_its_ground_in_law_and_where_to_complain(cast: "Cast") -> None:
    reception = a_reception(cast)
    reception.ground = "hides_details"
    feed = kinds.feed_of("refusal_notice")
    assert feed is not None
    values = feed.gather(cast.reception.actor, reception, clock.now())
    assert values["legal_basis"] == "实施细则 第5条", "no code of our own notes on a paper"
    assert "民政部门举报" in str(values["remedy"])


@pytest.mark.slow
def test_who_receives_a_restricted_child_is_masked_on_the_form_until_a_purpose_is_given(
    cast: "Cast",
) -> None:
    """Nobody reads name or phone by the way; what is left empty goes into the paper as it was known."""
    boy, browser = a_stay(cast, years=9), cast.reception.browser()
    submits(browser, reverse("stays:leave", args=[boy.public_id]), TO_A_FAMILY)
    with scope.enter(scope.of_actor(cast.leader.actor)):
        persons.restrict_person(
            actor=cast.leader.actor,
            at=clock.now(),
            person=boy.person,
            case=None,
            reason="不满18周岁",
        )
    url = reverse("papers:new", args=["foster_handover", boy.public_id])
    hidden = ("文秀英", "13800000000")
    does_not_see(page_for(browser, url), *hidden)
    typed = {"visits": "每月一次", "receiver_name": "", "receiver_phone": "••••••"}
    answer = browser.post(url, {**typed, "purpose": "看", "reveal": "1"})
    assert answer.status_code == 422
    does_not_see(answer, *hidden)
    assert not JournalEntry.objects.filter(verb="papers.facts.reveal").exists()
    sees(page_for(cast.reception, url), "显示隐藏的内容")
    looked = browser.post(url, {**typed, "purpose": "核对接收人"})
    sees(looked, *hidden, "每月一次")
    line = JournalEntry.objects.get(verb="papers.facts.reveal")
    assert (line.actor_name, line.summary) == (
        cast.reception.name,
        "查看文书要填的内容：托养、寄养交接单",
    )
    does_not_see(page_for(cast.leader, url), *hidden)
    assert not Paper.objects.exists()
    submits(browser, url, typed)
    paper = Paper.objects.get()
    values = thawed(paper.versions.get().values.open())
    assert (values["receiver_name"], values["receiver_phone"]) == hidden
    again = reverse("papers:reissue", args=[paper.public_id])
    does_not_see(page_for(cast.leader, again), *hidden, "每月一次")
    assert not JournalEntry.objects.filter(verb="papers.paper.open").exists()
    submits(cast.leader, again, {"reason": "改探视", "visits": "每周一次"})
    values = thawed(paper.versions.get(version=2).values.open())
    assert (values["receiver_name"], values["visits"]) == ("文秀英", "每周一次")
