"""Requests to police and other bodies, beginning with who is refused and what is never kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.letters import services as letters
from nuantu.letters.models import Letter
from nuantu.operations.models import Duty
from nuantu.papers.models import Paper
from nuantu.persons.models import Person
from nuantu.stays.models import Stay
from nuantu.tracing import services
from nuantu.tracing.models import IdentityRequest, RequestLine
from nuantu.tracing.rules.biometrics import template_in
from nuantu.tracing.services.requests import Told
from tests.cast import FAR_STATION, STATION, Cast
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

ASKED = {
    "kind": "missing",
    "body": "police",
    "asked_of": "毕节市公安局",
    "words": "请查有没有走失报警",
    "way": "paper",
}


def _lines() -> int:
    with scope.system("a test counts"):
        return RequestLine.objects.count()


def _open(kind: str) -> int:
    with scope.system("a test counts"):
        return Duty.objects.filter(kind=kind, state="open").count()


@pytest.mark.slow
def test_who_may_not_and_what_is_asked_twice_is_refused(cast: Cast) -> None:
    search = nobody.a_search(cast)
    url = reverse("tracing:request_add", args=[search.case_id])
    refused_for(cast.police, cast.carer, cast.leader, cast.auditor, url=url)
    not_found_for(cast.outsider, url=url)
    who = cast.tracing_officer
    submits(who, url, ASKED, to="/tracing/requests/")
    submit_refused_leaving(who, url, ASKED, unchanged=_lines, says="正在等答复")


@pytest.mark.parametrize(
    "text",
    [
        "D3S1358 15,16 D8S1179 13 FGA 22",
        "0.12, -0.33, " * 20,
        "464d5200203230000000" * 10,
    ],
)
def test_a_template_is_told_from_words(text: str) -> None:
    assert template_in(text)
    assert not template_in("指纹比对没有结果，DNA已送检，等一个月，电话0855-8222110")


@pytest.mark.slow
def test_fingerprints_faces_and_dna_are_refused_by_kind(cast: Cast) -> None:
    request = nobody.a_request(cast)
    url = reverse("tracing:request_answer", args=[request.public_id])
    for kind in ("fingerprint", "face", "dna"):
        data = nobody.answer() | {"scan_kind": kind}
        page = submit_refused_leaving(
            cast.tracing_officer, url, data, unchanged=_lines, says="数据不保存"
        )
        sees(page, "有一家报过走失")
    for head in (b"FMR\x00 20", b"\xff\xa0\xff\xa8", b"1.001:", b"\x93NUMPY"):
        data = nobody.answer() | {
            "scan_kind": "letter",
            "scan": SimpleUploadedFile("f.jpg", head * 99),
        }
        submit_refused_leaving(cast.tracing_officer, url, data, unchanged=_lines)


@pytest.mark.slow
@pytest.mark.rule("P1-61")
def test_a_request_is_a_numbered_paper_with_a_clock_until_the_answer(cast: Cast) -> None:
    """Police asked keep the step of the police; the answer keeps the clock, whichever it is."""
    search, who = nobody.a_search(cast), cast.tracing_officer
    url = reverse("tracing:request_add", args=[search.case_id])
    submits(who, url, ASKED | {"kind": "portrait"}, to="/tracing/requests/")
    with scope.system("a test looks"):
        request = IdentityRequest.objects.get()
        assert request.paper_id is not None
        paper = Paper.objects.get(public_id=request.paper_id)
        assert not search.steps.filter(code="police", done_at=None).exists()
    assert request.number == paper.number
    assert "协查" in paper.number
    assert _open("tracing.request") == 1
    page_url = reverse("tracing:request", args=[request.public_id])
    sees(page_for(who, page_url), "毕节市公安局", request.number, "请查有没有走失报警")
    sees(page_for(who, reverse("papers:paper", args=[paper.public_id])), paper.number)
    answer = reverse("tracing:request_answer", args=[request.public_id])
    submits(who, answer, nobody.answer() | {"kind": "asks_back"}, to=page_url)
    assert (_open("tracing.request"), _open("tracing.reply")) == (1, 1)
    line = reverse("tracing:request_line", args=[request.public_id, "reply"])
    submits(who, line, {**nobody.answer(), "words": "身高165"}, to=page_url)
    submits(who, answer, nobody.answer(), to=page_url)
    assert (_open("tracing.request"), _open("tracing.reply")) == (0, 0)
    submit_refused_leaving(who, answer, nobody.answer(), unchanged=_lines, says="答复已经登记")


@pytest.mark.rule("P1-65")
def test_a_dna_request_keeps_the_clock_of_the_stay(cast: Cast) -> None:
    """One promise: the stay's duty is done by the letter, and the answer has the month of the law."""
    search, who = nobody.a_search(cast), cast.tracing_officer
    url = reverse("tracing:request_add", args=[search.case_id])
    assert _open("stay.dna") == 1
    submits(who, url, ASKED | {"kind": "dna"}, to="/tracing/requests/")
    assert _open("stay.dna") == 0
    with scope.system("a test looks"):
        duty = Duty.objects.get(kind="tracing.request")
    assert 27 <= (duty.due_at - duty.opened_at).days <= 32


@pytest.mark.slow
def test_a_late_answer_is_reminded_of_and_reaches_the_page_after_he_left(cast: Cast) -> None:
    request, who = nobody.a_request(cast), cast.tracing_officer
    with clock.frozen(clock.now() + timedelta(days=20)):
        with scope.system("a test works"):
            assert services.owe_reminders(at=clock.now()) == 1
            assert services.owe_reminders(at=clock.now()) == 0
        line = reverse("tracing:request_line", args=[request.public_id, "remind"])
        submits(who, line, nobody.answer() | {"words": "电话催了"}, to="/tracing/requests/")
        assert _open("tracing.remind") == 0
        with scope.system("a test works"):
            stay = Stay.objects.get(case_id=request.case_id)
            Stay.objects.filter(pk=stay.pk).update(left_at=clock.now())
            services.leave_of_stay(at=clock.now(), stay=stay)
        answer = reverse("tracing:request_answer", args=[request.public_id])
        submits(who, answer, nobody.answer(), to="/tracing/requests/")
        assert _open("tracing.late") == 1
        page = page_for(who, reverse("tracing:person", args=[request.case_id]))
    sees(page, "没有查明就离开了", "查到")


@pytest.mark.slow
def test_the_list_says_who_has_not_answered_and_tells_nothing_of_a_restricted_person(
    cast: Cast,
) -> None:
    url, who = reverse("tracing:requests"), cast.tracing_officer
    refused_for(cast.nobody, cast.police, cast.carer, url=url)
    refused_for(cast.leader, cast.auditor, url=reverse("tracing:requests_export"))
    sees(page_for(who, url), "还没有发过协查函")
    request = nobody.a_request(cast)
    does_not_see(page_for(cast.outsider, url), request.number)
    sees(page_for(who, url), request.number, "毕节市公安局", "等答复")
    sees(page_for(who, f"{url}?q=走失报警&state=open&kind=missing"), request.number)
    does_not_see(page_for(who, f"{url}?state=late"), request.number)
    with clock.frozen(clock.now() + timedelta(days=40)):
        sees(page_for(who, f"{url}?state=late"), request.number)
    assert who.browser().get(reverse("tracing:requests_export")).status_code == 200
    with scope.system("somebody may be in danger"):
        Person.objects.filter(pk=request.search.person_id).update(
            is_restricted=True, restricted_reason="可能有危险"
        )
    sees(page_for(who, f"{url}?q=走失报警"), "没有符合的协查")
    sees(page_for(who, f"{url}?q=毕节"), request.number, "受限")
    with scope.enter(scope.of_actor(who.actor)):
        told = Told("nothing", "phone", "", clock.local(clock.now()).date())
        services.put_answer(actor=who.actor, at=clock.now(), request=request, told=told)
    does_not_see(page_for(who, f"{url}?state=open"), request.number)
    sees(page_for(who, f"{url}?state=answered"), request.number, "没有查到")


@pytest.mark.slow
def test_a_request_to_a_station_of_here_is_a_letter_and_its_answer_stands_with_the_case(
    cast: Cast,
) -> None:
    """Not to oneself, not to two at once; they see the words and the facts, never the case."""
    search, who = nobody.a_search(cast), cast.tracing_officer
    url = reverse("tracing:request_add", args=[search.case_id])
    data = ASKED | {"kind": "records", "body": "station", "to": STATION, "asked_of": ""}
    submit_refused_leaving(who, url, data, unchanged=_lines)
    two = data | {"to": FAR_STATION, "asked_of": "毕节市公安局"}
    sees(submit_refused_leaving(who, url, two, unchanged=_lines), "毕节市公安局", "请空着")
    none = data | {"to": "", "words": ""}
    sees(
        submit_refused_leaving(who, url, none, unchanged=_lines), "请写明问哪个单位", "请填写这一项"
    )
    page = submits(who, url, data | {"to": FAR_STATION}, to="/tracing/requests/")
    sees(page, "贵阳市救助管理站", "看函")
    with scope.system("a test looks"):
        row = IdentityRequest.objects.get(search=search)
        copy = Letter.objects.get(direction="in", number=row.number)
        assert (copy.owner_org, copy.case_id, copy.subject_id) == (FAR_STATION, None, None)
        assert not Duty.objects.filter(kind="tracing.request", subject_id=row.public_id).exists()
    not_found_for(cast.outsider, url=reverse("tracing:request", args=[row.public_id]))
    other = cast.outsider.actor
    with scope.enter(scope.of_actor(other)):
        letters.ask_back(actor=other, at=clock.now(), letter=copy, words="左手还是右手")
    back = Told("replied", "message", "左手", clock.local(clock.now()).date())
    with scope.enter(scope.of_actor(who.actor)):
        services.go_on(actor=who.actor, at=clock.now(), request=row, told=back)
    said = letters.Said("fact", "去年冬天来过，自称样阿木")
    with scope.enter(scope.of_actor(other)):
        letters.answer(actor=other, at=clock.now(), letter=copy, said=said)
    shown = reverse("tracing:request", args=[row.public_id])
    sees(page_for(who, shown), "左手还是右手", "去年冬天来过，自称样阿木", other.name, "结果待登记")
    remind = reverse("tracing:request_line", args=[row.public_id, "remind"])
    sees(submit_refused_leaving(who, remind, nobody.answer(), unchanged=_lines), "请登记结果")
    submits(who, reverse("tracing:request_answer", args=[row.public_id]), nobody.answer(), to=shown)
    with scope.system("a test looks"):
        row.refresh_from_db()
        assert (row.state, row.answer) == ("answered", "found")
        kinds = row.lines.order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["sent", "asks_back", "replied", "told", "found"]
        assert not Duty.objects.filter(subject_id=row.public_id, state="open").exists()


@pytest.mark.slow
def test_the_clock_of_a_letter_is_that_of_its_request_and_its_withdrawal_too(cast: Cast) -> None:
    """Late in the list while the letter is; what is done on the page of the letter is done with the request, once."""
    search, who = nobody.a_search(cast), cast.tracing_officer
    asked = services.Asked("records", "station", "", "请查有没有走失报警", "paper", FAR_STATION)
    with scope.enter(scope.of_actor(who.actor)):
        row = services.send_request(actor=who.actor, at=clock.now(), search=search, asked=asked)
        letter = Letter.objects.get(subject_id=row.public_id)
    late = f"{reverse('tracing:requests')}?state=late"
    does_not_see(page_for(who, late), row.number)
    assert 'class="clock' in page_for(who, reverse("tracing:requests")).content.decode()
    with clock.frozen(clock.now() + timedelta(days=40)):
        sees(page_for(who, late), row.number)
    with scope.enter(scope.of_actor(who.actor)):
        letters.remind(actor=who.actor, at=clock.now(), letter=letter)
        letters.withdraw(actor=who.actor, at=clock.now(), letter=letter, words="已经找到")
    with scope.system("a test looks"):
        row.refresh_from_db()
        kinds = row.lines.order_by("pk").values_list("kind", flat=True)
        assert (row.state, list(kinds)) == ("withdrawn", ["sent", "reminded", "withdrawn"])
