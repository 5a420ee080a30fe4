"""The search for who somebody is, beginning with who is refused."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.persons.models import FactKind, PersonFact
from nuantu.persons.services import add_fact, restrict_person
from nuantu.stays import services as stays
from nuantu.stays.models import Stay
from nuantu.tracing import services
from nuantu.tracing.models import Fragment, IdentitySearch
from tests.cast import Cast
from tests.stays import house
from tests.tracing import nobody
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db


def _url(name: str, search: IdentitySearch, *more: str) -> str:
    return reverse(f"tracing:{name}", args=[search.case_id, *more])


def _fragments() -> int:
    with scope.system("a test counts"):
        return Fragment.objects.count()


def test_whoever_is_elsewhere_or_sees_no_people_sees_no_row(cast: Cast) -> None:
    """The database answers, whatever a page asks."""
    nobody.a_fragment(cast)
    for key in ("kitchen", "security", "police", "hospital", "other_patroller", "outsider"):
        with scope.enter(scope.of_actor(cast[key].actor)):
            assert not Fragment.objects.exists(), key
            assert not IdentitySearch.objects.exists(), key
    with scope.enter(scope.of_actor(cast.section_head.actor)):
        assert Fragment.objects.exists()


@pytest.mark.slow
def test_every_other_role_is_refused(cast: Cast) -> None:
    search = nobody.a_search(cast)
    refused_for(
        cast.nobody, cast.police, cast.carer, cast.dispatcher, url=reverse("tracing:unidentified")
    )
    not_found_for(cast.outsider, url=_url("person", search))
    refused_for(cast.leader, cast.auditor, url=_url("search_reveal", search))
    refused_for(cast.section_head, cast.auditor, url=_url("fragment_add", search))


def test_a_template_of_a_body_and_a_phone_are_refused(cast: Cast) -> None:
    """Neither a DNA profile nor a mobile goes into a fragment; what was typed stays."""
    search, who = nobody.a_search(cast), cast.carer
    url = _url("fragment_add", search)
    profile = nobody.TYPED | {"words": "D3S1358 15 D8S1179 13,14 FGA 22"}
    page = submit_refused_leaving(
        who, url, profile, unchanged=_fragments, says="特征数据，系统不保存"
    )
    sees(page, "D3S1358")
    phone = nobody.TYPED | {"words": "打13812345678找我哥"}
    submit_refused_leaving(who, url, phone, unchanged=_fragments, says="这里不写手机号")
    late = nobody.TYPED | {"heard_date": "2099-01-01"}
    submit_refused_leaving(who, url, late, unchanged=_fragments, says="不能是以后")


def test_what_was_heard_is_withdrawn_and_never_overwritten(cast: Cast) -> None:
    """Neither the program nor plain SQL changes the words; a withdrawn fragment leaves clue and map."""
    fragment = nobody.a_fragment(cast)
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
            Fragment.objects.filter(pk=fragment.pk).update(words="家在别处")
        services.withdraw_fragment(
            actor=cast.tracing_officer.actor, at=clock.now(), fragment=fragment, reason="听错了"
        )
        with pytest.raises(services.SearchRefused):
            services.withdraw_fragment(
                actor=cast.tracing_officer.actor, at=clock.now(), fragment=fragment, reason="再撤"
            )
        with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
            Fragment.objects.filter(pk=fragment.pk).update(withdrawn_reason="没错")
    with scope.system("a test looks"):
        search = IdentitySearch.objects.get()
    page = page_for(cast.tracing_officer, _url("person", search))
    sees(page, "家在三棵树", "听错了", "还没有能对上区划的地名")


@pytest.mark.slow
@pytest.mark.rule("P1-67")
def test_what_a_carer_hears_reaches_the_person_and_the_map(cast: Cast) -> None:
    """Nobody types it again: the home stands on his page, the place on the map, the line on his timeline."""
    search = nobody.a_search(cast)
    submits(cast.carer, _url("fragment_add", search), nobody.TYPED, to="/persons/")
    with scope.system("a test looks"):
        fact = PersonFact.objects.get(person=search.person, kind=FactKind.ORIGIN)
        places = [one.label for one in Fragment.objects.get().places.all()]
    assert fact.value == "家在三棵树，门前有条河"
    assert any("三棵树" in label for label in places), places
    officer = cast.tracing_officer
    sees(page_for(officer, _url("person", search)), "门前有条河", "三棵树镇", "杨照料")
    sees(page_for(officer, reverse("persons:detail", args=[search.person.public_id])), "门前有条河")
    points = officer.browser().get(_url("places", search)).json()["features"]
    assert points
    with connection.cursor() as cursor, scope.system("a test looks into the journal"):
        cursor.execute(
            "SELECT count(*) FROM core_journalentry e"
            " WHERE verb LIKE 'tracing.%' AND e::text LIKE '%门前有条河%'"
        )
        assert cursor.fetchone() == (0,)


def test_the_steps_have_clocks_and_those_of_the_stay_are_not_doubled(cast: Cast) -> None:
    """Notice and DNA run with the stay alone; every other step is owed once."""
    search = nobody.a_search(cast)
    with scope.system("a test looks"):
        owed = Duty.objects.filter(case_id=search.case_id, state="open")
        kinds = sorted(owed.values_list("kind", flat=True))
        codes = set(search.steps.values_list("code", flat=True))
    assert kinds.count("stay.notice") == kinds.count("stay.dna") == 1
    assert kinds.count("tracing.step") == len(codes)
    assert {"documents", "talk", "records", "police", "accent", "long_contact"} <= codes
    assert not {"notice", "dna"} & codes
    page = page_for(cast.tracing_officer, _url("person", search))
    sees(page, "看证件和随身物品", "发布寻亲公告", "申请公安采集DNA比对", "长期接触")


@pytest.mark.slow
def test_a_step_says_what_came_of_it_and_keeping_in_touch_comes_again(cast: Cast) -> None:
    search, who = nobody.a_search(cast), cast.tracing_officer
    url = _url("step", search, "long_contact")
    submit_refused_leaving(who, url, {"answer": "found", "words": ""}, unchanged=_fragments)
    submits(who, url, {"answer": "found", "words": "唱了一段山歌，提到重安"}, to="/unidentified/")
    with scope.system("a test looks"):
        assert search.steps.filter(code="long_contact", done_at=None).count() == 1
        assert search.steps.filter(code="long_contact").count() == 2
        done = Duty.objects.filter(kind="tracing.step", state="done")
        assert done.count() == 1
    sees(page_for(who, _url("person", search)), "唱了一段山歌")


def test_police_whom_the_door_asked_are_not_asked_twice(cast: Cast) -> None:
    reception = house.a_question(cast).reception
    with scope.enter(scope.of_actor(cast.reception.actor)):
        from nuantu.persons.models import Case

        case = Case.objects.select_related("person").get(case_id=reception.case_id)
        search = services.begin_search(actor=cast.tracing_officer.actor, at=clock.now(), case=case)
        assert not search.steps.filter(code="police", done_at=None).exists()
    sees(page_for(cast.tracing_officer, _url("person", search)), "指纹比对", "凯里市公安局")


@pytest.mark.slow
def test_a_search_ends_only_with_a_verified_name_and_stops_every_clock(cast: Cast) -> None:
    """Somebody else's word is not enough; then the steps and the clocks of the stay end together."""
    search, who = nobody.a_search(cast), cast.tracing_officer
    data = {"found_by": "talk", "words": "派出所核实"}
    page = submit_refused_leaving(
        who, _url("end", search), data, unchanged=_fragments, says="还没有标为已核实"
    )
    sees(page, "派出所核实")
    with scope.system("a test looks"):
        case = nobody.case_of(Stay.objects.get(case_id=search.case_id))
    with scope.enter(scope.of_actor(who.actor)):
        add_fact(
            actor=who.actor,
            at=clock.now(),
            person=case.person,
            case=case,
            kind=FactKind.NAME,
            value="样大山",
            certainty="verified",
            source="派出所核查",
        )
    submits(who, _url("end", search), data, to="/unidentified/")
    with scope.system("a test looks"):
        left = Duty.objects.filter(case_id=search.case_id, state="open")
        assert not left.filter(kind__in=["tracing.step", "stay.notice", "stay.dna"]).exists()
        assert IdentitySearch.objects.get().found_by == "talk"
    sees(page_for(who, _url("person", search)), "身份已查明")


def test_a_resident_whom_nobody_knows_is_searched_for_without_a_click(cast: Cast) -> None:
    """The hourly watch begins what an event missed; whoever leaves takes the steps along, not the page."""
    stay = house.a_stay(cast)
    with scope.system("a test works"):
        assert services.watch_searches(at=clock.now()) == 1
        assert services.watch_searches(at=clock.now()) == 0
        search = IdentitySearch.objects.get()
        Stay.objects.filter(pk=stay.pk).update(left_at=clock.now())
        services.leave_of_stay(at=clock.now(), stay=stay)
        assert not Duty.objects.filter(kind="tracing.step", state="open").exists()
    sees(page_for(cast.tracing_officer, _url("person", search)), "没有查明就离开了")


@pytest.mark.slow
def test_a_minor_is_shown_part_by_part_and_each_look_is_written(cast: Cast) -> None:
    """Masked in list and page; opened for a purpose, by the desk of his own station alone."""
    stay = house.a_stay(cast, years=12)
    who = cast.tracing_officer
    with scope.enter(scope.of_actor(who.actor)):
        restrict_person(
            actor=who.actor,
            at=clock.now(),
            person=nobody.case_of(stay).person,
            case=None,
            reason="未成年人",
        )
        search = services.begin_search(actor=who.actor, at=clock.now(), case=nobody.case_of(stay))
    fragment = nobody.a_fragment(cast, search)
    hidden = page_for(who, _url("person", search))
    does_not_see(hidden, "家在三棵树")
    does_not_see(page_for(who, reverse("tracing:unidentified")), "家在三棵树")
    not_found_for(who, url=reverse("tracing:sound", args=[fragment.public_id]))
    assert not who.browser().get(_url("places", search)).json()["features"]
    data = {"what": "identity", "purpose": "核对家乡"}
    submits(who, _url("search_reveal", search), data, to="/unidentified/")
    sees(page_for(who, _url("person", search)), "家在三棵树")
    with scope.system("a test looks"):
        verbs = JournalEntry.objects.filter(actor_name="林寻亲").values_list("verb", flat=True)
        assert {"persons.person.read", "persons.person.reveal"} <= set(verbs)


@pytest.mark.slow
def test_a_sealed_fact_opens_for_a_purpose_and_a_diagnosis_never(cast: Cast) -> None:
    search, who = nobody.a_search(cast), cast.tracing_officer
    with scope.system("a test looks"):
        case = nobody.case_of(Stay.objects.get(case_id=search.case_id))
    facts = {}
    with scope.enter(scope.of_actor(cast.medic.actor)):
        for kind, value in (("family_contact", "哥哥 0855-0000777"), ("diagnosis", "某种病")):
            facts[kind] = add_fact(
                actor=cast.medic.actor,
                at=clock.now(),
                person=case.person,
                case=case,
                kind=kind,
                value=value,
                certainty="claimed",
                source="本人",
            )
    url = _url("search_reveal", search)
    not_found_for(who, url=f"{url}?what={facts['diagnosis'].public_id}")
    data = {"what": str(facts["family_contact"].public_id), "purpose": "联系哥哥核实"}
    does_not_see(page_for(who, _url("person", search)), "0855-0000777")
    submits(who, url, data, to="/unidentified/")
    page = page_for(who, _url("person", search))
    sees(page, "0855-0000777", "由医务人员掌握")
    does_not_see(page, "某种病")


@pytest.mark.slow
def test_the_list_says_since_when_what_is_due_and_the_best_clue(cast: Cast) -> None:
    sees(page_for(cast.tracing_officer, reverse("tracing:unidentified")), "现在没有身份不明的人")
    search = nobody.a_search(cast)
    nobody.a_fragment(cast, search, kind="other", words="冷")
    nobody.a_fragment(cast, search, kind="own_name", words="大山")
    url = reverse("tracing:unidentified")
    page = page_for(cast.tracing_officer, url)
    sees(page, "大山", "发布寻亲公告")
    sees(page_for(cast.tracing_officer, f"{url}?q=大山"), nobody_number(search))
    sees(page_for(cast.tracing_officer, f"{url}?q=没有这个人"), "没有符合的人")
    export = cast.tracing_officer.browser().get(reverse("tracing:unidentified_export"))
    assert export.status_code == 200


def nobody_number(search: IdentitySearch) -> str:
    with scope.system("a test looks"):
        return nobody.case_of(Stay.objects.get(case_id=search.case_id)).number


@pytest.mark.slow
def test_a_recording_is_told_by_its_content_and_goes_after_its_term(cast: Cast) -> None:
    """A picture under the name of a recording is refused and the words stay; a real one has its digest."""
    search, who = nobody.a_search(cast), cast.carer
    url = _url("fragment_add", search)
    fake = SimpleUploadedFile("歌.mp3", b"\x89PNG\r\n", content_type="audio/mpeg")
    data = {**nobody.TYPED, "sound": fake}
    sees(
        submit_refused_leaving(who, url, data, unchanged=_fragments, says="不是录音"), "门前有条河"
    )
    song = SimpleUploadedFile("歌.amr", b"#!AMR\n" + b"\x3c" * 200, content_type="audio/amr")
    submits(who, url, {**nobody.TYPED, "sound": song}, to="/persons/")
    with scope.system("a test looks"):
        row = Fragment.objects.get()
    assert row.sound_digest == hashlib.sha256(b"#!AMR\n" + b"\x3c" * 200).hexdigest()
    heard = cast.tracing_officer.browser().get(reverse("tracing:sound", args=[row.public_id]))
    assert heard.headers["Content-Type"] == "audio/amr"
    with clock.frozen(clock.now() + timedelta(days=800)), scope.system("a test works"):
        assert services.forget_sounds(at=clock.now()) == 1
        assert services.forget_sounds(at=clock.now()) == 0
    sees(page_for(cast.tracing_officer, _url("person", search)), "录音保存期满，已删除")


@pytest.mark.slow
def test_erasing_the_case_takes_the_words_of_fragments_with_it(cast: Cast) -> None:
    from nuantu.core.erasure import erase_case

    fragment = nobody.a_fragment(cast)
    assert fragment.case_id is not None
    with scope.system("a test erases"):
        erase_case(
            case_id=fragment.case_id,
            actor=cast.station_head.actor,
            at=clock.now(),
            reason="保存期满",
            division_code=fragment.division_code,
            owner_org=fragment.owner_org,
        )
        with connection.cursor() as cursor:
            for table in ("tracing_fragment", "tracing_candidateplace", "core_rowhistory"):
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%三棵树%'")
                assert cursor.fetchone() == (0,), table


def test_a_stay_hands_the_end_of_its_clocks_to_nobody_twice(cast: Cast) -> None:
    """Whoever stops the clocks in the stay first leaves nothing for the desk to stop."""
    search = nobody.a_search(cast)
    with scope.system("a test looks"):
        stay = Stay.objects.select_related("person", "reception").get(case_id=search.case_id)
        case = nobody.case_of(stay)
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        add_fact(
            actor=actor,
            at=clock.now(),
            person=case.person,
            case=case,
            kind="name",
            value="样大山",
            certainty="verified",
            source="派出所核查",
        )
        stays.drop_identity_clocks(actor=actor, at=clock.now(), stay=stay)
        services.end_search(
            actor=actor, at=clock.now(), search=search, found_by="police", words="派出所核查"
        )
