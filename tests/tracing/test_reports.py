"""Missing-person reports, beginning with who is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nuantu.core import clock, journal, scope
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.tracing import services
from nuantu.tracing.models import MissingReport
from nuantu.tracing.rules.said import Danger
from nuantu.tracing.selectors.reports import Filters, card_of, reports
from tests.cast import Cast
from tests.tracing import missing
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


def _url(name: str, report: MissingReport) -> str:
    return reverse(f"tracing:{name}", args=[report.public_id])


def _count() -> int:
    with scope.system("a test counts"):
        return MissingReport.objects.count()


def test_whoever_sees_no_people_and_whoever_is_elsewhere_sees_no_row(cast: Cast) -> None:
    """The database answers, whatever a page asks: the kitchen of the same station, the police, the neighbour
    county and another prefecture see nothing."""
    missing.a_report(cast)
    for key in ("kitchen", "security", "police", "hospital", "other_patroller", "outsider"):
        with scope.enter(scope.of_actor(cast[key].actor)):
            assert not MissingReport.objects.exists(), key
    with scope.enter(scope.of_actor(cast.section_head.actor)):
        assert MissingReport.objects.exists()


def test_every_other_role_is_refused(cast: Cast) -> None:
    url = reverse("tracing:reports")
    refused_for(cast.nobody, cast.police, cast.carer, cast.reception, cast.dispatcher, url=url)
    report = missing.a_report(cast)
    not_found_for(cast.outsider, url=_url("report", report))
    refused_for(cast.leader, cast.section_head, url=_url("reveal", report))


def test_a_family_without_consent_and_a_report_of_nobody_are_refused(cast: Cast) -> None:
    url, who = reverse("tracing:new"), cast.tracing_officer
    without = {name: value for name, value in missing.TYPED.items() if "consent" not in name}
    page = submit_refused_leaving(who, url, without, unchanged=_count, says="请登记寻亲人的同意")
    sees(page, "样大山", "样大河")
    nobody = missing.TYPED | {
        "name": "",
        "age_low": "",
        "home_words": "",
        "lost_date": "",
        "marks": [],
    }
    submit_refused_leaving(who, url, nobody, unchanged=_count, says="请至少写一样能认出他的")
    wrong = missing.TYPED | {"id_number": "522601196905010011"}
    submit_refused_leaving(who, url, wrong, unchanged=_count, says="校验不过")
    lasting = missing.TYPED | {"consent_until": "2050-01-01"}
    submit_refused_leaving(who, url, lasting, unchanged=_count, says="同意最迟到")


def test_a_report_is_taken_and_its_searcher_is_asked_before_the_consent_ends(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 11, 23, 2, tzinfo=UTC)):
        submits(cast.tracing_officer, reverse("tracing:new"), missing.TYPED, to="/tracing/reports/")
    with scope.system("a test looks"):
        report = MissingReport.objects.get()
        duty = Duty.objects.get(subject_kind="missing_report", subject_id=report.public_id)
    assert (report.home_division, report.age_low, report.age_high) == ("522601100000", 39, 49)
    assert f"{report.consent_until_date}" == "2028-11-20"
    assert f"{clock.local(duty.due_at).date()}" == "2028-10-21"


def test_what_lies_sealed_is_shown_for_a_purpose_and_for_ten_minutes(cast: Cast) -> None:
    report, who = missing.a_report(cast), cast.tracing_officer
    does_not_see(page_for(who, _url("report", report)), missing.PHONE, "样大河")
    does_not_see(page_for(cast.section_head, _url("report", report)), missing.PHONE)
    with scope.system("a test looks into the table"), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM tracing_missingreport t")
        assert missing.PHONE not in cursor.fetchone()[0]
    data = {"what": "searcher", "purpose": "有"}
    submit_refused_leaving(
        who, _url("reveal", report), data, unchanged=_count, says="请写明查看目的"
    )
    page = submits(who, _url("reveal", report), data | {"purpose": "联系寻亲人核对特征"})
    sees(page, missing.PHONE, "样大河")
    with scope.system("a test looks"):
        line = JournalEntry.objects.get(verb="tracing.report.reveal")
        assert "核对" not in line.basis
        assert "核对" in journal.basis_of(line)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        does_not_see(page_for(who, _url("report", report)), missing.PHONE)


def test_a_minor_and_whoever_may_be_harmed_are_masked(cast: Cast) -> None:
    """Not even a part of the name finds them; the whole name does."""
    child = missing.a_report(cast, name="样小志", age_low=15, age_high=15)
    harmed = missing.a_report(
        cast, name="样秋菊", sex="female", danger=Danger(("domestic_violence",), "邻居说")
    )
    who = cast.tracing_officer
    page = page_for(who, reverse("tracing:reports"))
    does_not_see(page, "样小志", "样秋菊")
    sees(page, child.number, harmed.number)
    with scope.enter(scope.of_actor(who.actor)):
        assert not reports(Filters(words="小志"), clock.now()).exists()
        assert list(reports(Filters(words="样小志"), clock.now())) == [child]
    not_found_for(who, url=_url("correct", child))


def test_who_comes_of_age_is_masked_no_more_unless_he_may_be_harmed(cast: Cast) -> None:
    """A guess of an age that may still lie below the line keeps the mask; it is written down."""
    grown = missing.a_report(cast, name="样小志", age_low=17, age_high=17)
    guessed = missing.a_report(cast, name="样小勇", age_low=14, age_high=17)
    marked = missing.a_report(
        cast, name="样小梅", age_low=17, age_high=17, danger=Danger(("trafficking",), "邻居说")
    )
    with clock.frozen(clock.now() + timedelta(days=800)), scope.system("a test works"):
        assert services.unmask_grown(at=clock.now()) == 1
        assert services.unmask_grown(at=clock.now()) == 0
        masked = MissingReport.objects.filter(is_restricted=True)
        assert set(masked) == {guessed, marked}
        assert JournalEntry.objects.filter(verb="tracing.report.unmask").count() == 1
        grown.refresh_from_db()
        assert grown.restricted_reason == ""


def test_where_danger_is_marked_the_warning_comes_before_anything_is_told(cast: Cast) -> None:
    report = missing.a_report(cast, danger=Danger(("searcher_may_harm",), "邻居说常打她"))
    who = cast.tracing_officer
    sees(page_for(who, _url("report", report)), "危险提示", "寻亲人可能就是伤害他的人")
    data = {"what": "searcher", "purpose": "联系寻亲人核对特征"}
    submit_refused_leaving(
        who, _url("reveal", report), data, unchanged=_count, says="请先看危险提示，再勾选"
    )
    sees(submits(who, _url("reveal", report), data | {"is_warned": "on"}), missing.PHONE)


@pytest.mark.slow
def test_consent_of_a_closed_report_is_taken_back_and_it_is_never_kept_longer_for_that(
    cast: Cast,
) -> None:
    report, who = missing.a_report(cast), cast.tracing_officer
    with scope.enter(scope.of_actor(who.actor)):
        services.close_report(
            actor=who.actor, at=clock.now(), report=report, state="found", reason="家属来电"
        )
    sees(
        page_for(who, _url("report", report)), reverse("tracing:withdraw", args=[report.public_id])
    )
    page = submits(who, _url("withdraw", report), {"reason": "来电", "typed": report.number})
    does_not_see(page, "样大山", "三棵树", "撤回同意</a>")
    with scope.system("a test looks"):
        first = MissingReport.objects.get(pk=report.pk)
        assert first.keep_until_date == clock.local(clock.now()).date() + timedelta(days=15)
        MissingReport.objects.filter(pk=report.pk).update(
            state="found", keep_until_date=clock.local(clock.now()).date() + timedelta(days=3)
        )
    with scope.enter(scope.of_actor(who.actor)):
        again = services.withdraw_consent(
            actor=who.actor, at=clock.now(), report=report, reason="来电"
        )
    assert again.keep_until_date == clock.local(clock.now()).date() + timedelta(days=3)


@pytest.mark.slow
def test_a_withdrawn_consent_closes_and_hides_the_report_and_then_erases_it(cast: Cast) -> None:
    report, who = missing.a_report(cast), cast.tracing_officer
    submit_refused_leaving(
        who, _url("withdraw", report), {"reason": " ", "typed": "XR1"}, unchanged=_count, says="XR1"
    )
    data = {"reason": "样大河来电，不找了", "typed": report.number}
    untyped = data | {"typed": ""}
    submit_refused_leaving(who, _url("withdraw", report), untyped, unchanged=_count, says="来电")
    page = submits(who, _url("withdraw", report), data)
    does_not_see(page, "样大山", "三棵树", "样大河来电")
    not_found_for(who, url=_url("reveal", report))
    does_not_see(page_for(who, reverse("tracing:reports")), report.number)
    with scope.system("a test looks"):
        duty = Duty.objects.get(subject_id=report.public_id)
        assert duty.state == Duty.State.CANCELLED
    submit_refused_leaving(
        who, _url("withdraw", report), data, unchanged=_count, says="已经撤回过同意"
    )
    with missing.later(14):
        assert services.forget_reports(at=clock.now()) == 0
    with missing.later(16):
        assert services.forget_reports(at=clock.now()) == 1
        assert services.forget_reports(at=clock.now()) == 0
    with scope.system("a test looks"), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM tracing_missingreport t")
        assert "大山" not in cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(before::text, '') FROM core_rowhistory")
        assert "大山" not in (cursor.fetchone()[0] or "")
        assert not list(journal.verify())


def test_a_consent_that_is_over_masks_the_report_until_somebody_decides(cast: Cast) -> None:
    """Its clock closes nothing (a clock that ends is a human decision)."""
    report, actor = missing.a_report(cast), cast.tracing_officer.actor
    with (
        scope.enter(scope.of_actor(actor)),
        pytest.raises(services.ReportRefused, match="还没有到期"),
    ):
        services.close_report(
            actor=actor, at=clock.now(), report=report, state="expired", reason="没有联系上"
        )
    with missing.later(733), scope.enter(scope.of_actor(actor)):
        at = clock.now()
        report.refresh_from_db()
        assert report.is_open
        assert card_of(report, at).is_masked
        assert list(reports(Filters(state="lapsed"), at)) == [report]
        services.renew_consent(actor=actor, at=at, report=report, consent=missing.consent())
        report.refresh_from_db()
        assert not card_of(report, at).is_masked
    with scope.system("a test looks"):
        states = Duty.objects.filter(subject_id=report.public_id).order_by("opened_at")
        assert [duty.state for duty in states] == ["done", "open"]


def test_a_report_is_put_right_and_what_lies_sealed_stays(cast: Cast) -> None:
    report = missing.a_report(cast)
    typed = {name: value for name, value in missing.TYPED.items() if "consent" not in name}
    typed |= {"name": "样大山", "nickname": "山娃", "searcher_name": "", "searcher_phone": ""}
    submits(cast.tracing_officer, _url("correct", report), typed, to=str(report.public_id))
    with scope.system("a test looks"):
        now = MissingReport.objects.get()
        assert (now.nickname, now.searcher_phone.open()) == ("山娃", missing.PHONE)
        lines = journal.timeline(Subject("missing_report", report.public_id))
        assert "nickname" in lines.get(verb="tracing.report.correct").changes["fields"]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("dashan", True), ("yds", True), ("樣大山", True), ("三棵树", True), ("08550000777", True), ("大海", False)],
)  # fmt: skip
def test_a_report_is_found_by_name_sound_script_place_and_phone(
    cast: Cast, words: str, is_found: bool
) -> None:
    missing.a_report(cast)
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        assert reports(Filters(words=words), clock.now()).exists() is is_found


def test_a_list_is_narrowed_by_age_place_and_month(cast: Cast) -> None:
    missing.a_report(cast, lost_date=missing.today().replace(day=1))
    month = f"{missing.today():%Y-%m}"
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        at = clock.now()
        for one, is_found in (
            (Filters(age=44), True),
            (Filters(age=60), False),
            (Filters(place="凯里市"), True),
            (Filters(place="贵州省"), True),
            (Filters(place="三棵樹"), True),
            (Filters(place="黄平县"), False),
            (Filters(month=month), True),
            (Filters(month="1999"), False),
            (Filters(source="police"), False),
        ):
            assert reports(one, at).exists() is is_found, one


def test_neither_place_nor_month_finds_a_hidden_report(cast: Cast) -> None:
    """A masked line would tell where and when somebody was lost."""
    missing.a_report(cast, lost_date=missing.today(), danger=Danger(("domestic_violence",)))
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        at, year = clock.now(), str(missing.today().year)
        for one, is_found in (
            (Filters(place="凯里市"), False),
            (Filters(month=year), False),
            (Filters(), True),
        ):
            assert reports(one, at).exists() is is_found, one


@pytest.mark.parametrize(
    "values",
    [
        {"consent_date": None},
        {"age_high": 3},
        {"height_low": 500, "height_high": 501},
        {"state": "found"},
        {"is_restricted": True},
        {"name": "", "home_words": "", "age_low": None, "age_high": None},
    ],
)
def test_the_database_refuses_what_may_never_be(cast: Cast, values: dict[str, object]) -> None:
    report = missing.a_report(cast)
    with scope.system("a test breaks a row"), pytest.raises(IntegrityError), transaction.atomic():
        MissingReport.objects.filter(pk=report.pk).update(**values)
