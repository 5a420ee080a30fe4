"""Tracing notices, beginning with who is refused and what may not be published."""

from datetime import timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.erasure import erase_case
from nuantu.persons import services as persons
from nuantu.persons.models import Person
from nuantu.stays.models import Stay
from nuantu.stays.rules import clocks
from nuantu.stays.services.health import DeathFound, register_death
from nuantu.tracing.models import NoticeVersion, Posting, TracingLead, TracingNotice
from nuantu.tracing.rules.framing import Frame
from nuantu.tracing.selectors import noticing
from nuantu.tracing.services import notices
from nuantu.tracing.services.notices import NoticeRefused
from tests.cast import Cast
from tests.stays import house
from tests.tracing import noticed
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


@pytest.mark.slow
def test_whoever_sees_no_people_and_whoever_is_elsewhere_sees_no_row(cast: Cast) -> None:
    """The database answers: kitchen, police, the neighbour county and another prefecture see neither the
    notice nor where it stands, who oversees the county does."""
    noticed.sent(cast, noticed.a_standing(cast))
    for key in ("kitchen", "police", "other_patroller", "outsider"):
        with scope.enter(scope.of_actor(cast[key].actor)):
            rows = (TracingNotice, NoticeVersion, Posting, TracingLead)
            assert not any(model.objects.exists() for model in rows), key
    with scope.enter(scope.of_actor(cast.section_head.actor)):
        assert Posting.objects.exists()


def test_whoever_drafted_does_not_approve_whatever_he_is_called(cast: Cast) -> None:
    """The service says why, the database holds it."""
    head = cast.station_head.actor
    case = noticed.a_case(cast)
    with scope.enter(scope.of_actor(head)):
        now = clock.now()
        notice = notices.draft_notice(actor=head, at=now, case=case, text=noticed.text())
        version = notices.ask_approval(actor=head, at=now, notice=notice)
        with pytest.raises(NoticeRefused, match="起草人不能审核"):
            notices.approve(actor=head, at=now, notice=notice)
        with pytest.raises(IntegrityError, match="approved_by_somebody_else"), transaction.atomic():
            NoticeVersion.objects.filter(pk=version.pk).update(
                state="approved",
                approved_at=now,
                approved_by="别人",
                approved_by_id=head.account_id,
            )


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("features", "精神分裂，右腿跛"),
        ("features", "电话13800000000"),
        ("name", "一三八零零零零零零零零"),
        ("clothing", "身份证522601196905010011"),
        ("features", "现在凯里市救助管理站"),
        ("features", "住男区101床"),
        ("found_place", "目前住第一人民医院3病房"),
        ("features", "家属重谢"),
    ],
)
def test_words_that_may_not_be_published_are_refused(cast: Cast, field: str, words: str) -> None:
    case = noticed.a_case(cast)
    with pytest.raises(NoticeRefused) as refusal:
        noticed.a_draft(cast, case, **{field: words})
    assert refusal.value.field == field


def test_the_table_takes_no_telephone_and_has_no_column_for_anything_else(cast: Cast) -> None:
    """The columns that may be published are those of the national tracing site and no more (ID-06)."""
    notice = noticed.a_draft(cast)
    with scope.system("a test writes past the service"), pytest.raises(IntegrityError):
        NoticeVersion.objects.filter(notice=notice).update(features="电话 13800000000")
    public = {name for name, kind in NoticeVersion.field_classes.items() if kind == "public"}
    assert public == {
        "name", "sex", "health", "intellect", "mental_state", "features", "clothing", "found_place",
    }  # fmt: skip


def test_a_notice_waits_for_what_the_law_asks(cast: Cast) -> None:
    """A minor's photo needs his guardian's word, a mark of danger somebody's weighing, whoever is known no
    notice at all; without a telephone of the desk there is nothing to publish."""
    case = noticed.a_case(cast)
    notice = noticed.a_draft(cast, case)
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        persons.assign_classes(
            actor=actor, at=clock.now(), case=case, codes=["trafficked"], source="自述"
        )
    with pytest.raises(NoticeRefused, match="危险标记"):
        noticed.asked(cast, notice)
    with scope.system("a test takes the telephone away"), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_organisation SET phone = ''")
    with pytest.raises(NoticeRefused, match="还没有登记电话"):
        noticed.asked(cast, notice)


@pytest.mark.slow
@pytest.mark.rule("P1-63")
def test_sending_it_in_time_keeps_the_clock_of_the_stay(cast: Cast) -> None:
    """Approved is not published: the 24 hours end when a channel has it; the plan's channels are offered."""
    case = noticed.a_case(cast)
    with scope.system("a test looks"):
        assert Stay.objects.get(case_id=case.case_id).is_here
    (owed,) = noticed.duties(clocks.NOTICE)
    notice = noticed.a_standing(cast, case)
    assert noticed.duties(clocks.NOTICE) == [owed]
    noticed.sent(cast, notice, "newspaper")
    assert noticed.duties(clocks.NOTICE) == []
    with pytest.raises(NoticeRefused, match="已经发布"):
        noticed.sent(cast, notice, "newspaper")
    with pytest.raises(NoticeRefused, match="没有这个渠道"):
        noticed.sent(cast, notice, "nowhere")


def test_nothing_goes_out_before_the_second_person_or_without_proof(cast: Cast) -> None:
    notice = noticed.a_draft(cast)
    with pytest.raises(NoticeRefused, match="还没有审核通过"):
        noticed.sent(cast, notice)
    noticed.asked(cast, notice)
    noticed.approved(cast, notice)
    now = clock.now()
    with pytest.raises(NoticeRefused, match="请留凭据"):
        noticed.as_officer(
            cast,
            lambda actor: notices.send(
                actor=actor,
                at=now,
                notice=notice,
                sent=notices.Sent("newspaper", now),
                proof=notices.Proof(),
            ),
        )


@pytest.mark.slow
@pytest.mark.rule("P1-64")
def test_every_month_somebody_says_what_changed_and_the_channels_follow(cast: Cast) -> None:
    notice = noticed.a_standing(cast)
    posting = noticed.sent(cast, notice)
    noticed.sent(cast, notice, "public_pages")
    (refresh,) = noticed.duties(notices.REFRESH)
    assert timedelta(days=27) < refresh.due_at - clock.now() < timedelta(days=33)
    with noticed.later(days=30):
        changed = noticed.text(changed_words="想起老家有座木桥", features="左手缺小指，会木工")
        act = notices.draft_next
        now = clock.now()
        noticed.as_officer(cast, lambda who: act(actor=who, at=now, notice=notice, text=changed))
        noticed.asked(cast, notice)
        noticed.approved(cast, notice)
        (again,) = noticed.duties(notices.REFRESH)
        assert again.pk != refresh.pk
        (replace,) = noticed.duties(notices.REPLACE)
        assert replace.subject_id == posting.public_id
        proof = notices.Proof(link=noticed.LINK)
        row = noticed.as_officer(
            cast,
            lambda who: notices.replace_posting(actor=who, at=now, posting=posting, proof=proof),
        )
        assert row.version.version == 2
        assert noticed.duties(notices.REPLACE) == []


@pytest.mark.slow
def test_a_replaced_proof_stays_readable_below_the_newer_one(cast: Cast) -> None:
    """Each with its own link and picture, who put it there, and who replaced it; nobody else's account opens one."""
    notice = noticed.a_standing(cast)
    now, officer, head = clock.now(), cast.tracing_officer, cast.station_head
    posting = noticed.as_officer(
        cast,
        lambda who: notices.send(
            actor=who, at=now, notice=notice, sent=notices.Sent("tracing_website", now),
            proof=notices.Proof(link=noticed.LINK, picture=house.a_photo()),
        ),
    )  # fmt: skip
    newer = notices.Proof(link=f"{noticed.LINK}?v=2", words="已换")
    with scope.enter(scope.of_actor(head.actor)):
        notices.replace_posting(actor=head.actor, at=clock.now(), posting=posting, proof=newer)
    url = reverse("tracing:posting", args=[posting.public_id])
    with scope.system("a test looks"):
        first = posting.proofs.get(kind="up")
    picture = reverse("tracing:posting_proof", args=[posting.public_id, first.public_id])
    not_found_for(cast.outsider, url=picture)
    refused_for(cast.carer, url=picture)
    page = page_for(officer, url)
    text = page.content.decode()
    assert text.index(f"{noticed.LINK}?v=2") < text.index(f'"{noticed.LINK}"') < text.index(picture)
    sees(page, f"已被替换：{head.actor.name}", officer.actor.name)
    assert officer.browser().get(picture).headers["Content-Type"] == "image/jpeg"
    noticed.withdrawn(cast, notice.of_case)
    gone = notices.Proof(words="打不开了", picture=house.a_photo())
    noticed.as_officer(
        cast, lambda who: notices.take_down(actor=who, at=clock.now(), posting=posting, proof=gone)
    )
    with noticed.later(days=400):
        assert notices.forget_photos(at=clock.now()) == 2, "the picture of the empty page too"


@pytest.mark.slow
def test_a_verified_name_withdraws_it_everywhere_and_each_channel_owes_proof(cast: Cast) -> None:
    """Pages of this system drop it at once; the others stay owed until there is proof, and a cancelled
    duty comes back."""
    case = noticed.a_case(cast)
    notice = noticed.a_standing(cast, case)
    for channel in ("tracing_website", "newspaper", "public_pages"):
        noticed.sent(cast, notice, channel)
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        persons.add_fact(
            actor=actor,
            at=clock.now(),
            person=case.person,
            case=case,
            kind="name",
            value="样大山",
            certainty="verified",
            source="户口本",
        )
    with scope.system("the job of the event"):
        assert notices.look_again(at=clock.now(), person=case.person) == 1
        assert notices.look_again(at=clock.now(), person=case.person) == 0
    assert noticed.fresh(notice).cause == "identified"
    assert len(noticed.duties(notices.TAKE_DOWN)) == 2
    with scope.system("somebody cancels what is owed"):
        for duty in noticed.duties(notices.TAKE_DOWN):
            duty.state, duty.cancel_reason = "cancelled", "不用了"
            duty.save()
        notices.watch_notices(at=clock.now())
    assert noticed.left_unowed() == []
    with scope.system("a test looks"):
        site = Posting.objects.get(channel="tracing_website")
    take, now = notices.take_down, clock.now()
    with pytest.raises(NoticeRefused, match="撤下的凭据"):
        noticed.as_officer(
            cast, lambda who: take(actor=who, at=now, posting=site, proof=notices.Proof())
        )
    gone = notices.Proof(words="网站编辑来电确认已删")
    noticed.as_officer(cast, lambda who: take(actor=who, at=now, posting=site, proof=gone))
    assert len(noticed.duties(notices.TAKE_DOWN)) == 1


@pytest.mark.slow
def test_a_danger_marked_after_the_approval_takes_it_down_channel_by_channel(cast: Cast) -> None:
    """Nobody has to ask for it; the second person has to approve anew, with a basis in words."""
    case = noticed.a_case(cast)
    notice = noticed.a_standing(cast, case)
    for channel in ("tracing_website", "newspaper"):
        noticed.sent(cast, notice, channel)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        actor, now = cast.reception.actor, clock.now()
        with scope.enter(scope.of_actor(actor)):
            persons.assign_classes(
                actor=actor, at=now, case=case, codes=["domestic_violence"], source="本人说"
            )
        with scope.system("the job of the event"):
            assert notices.look_again(at=now, person=case.person) == 1
    assert noticed.fresh(notice).cause == "danger"
    assert len(noticed.duties(notices.TAKE_DOWN)) == 2
    assert noticed.left_unowed() == []


@pytest.mark.slow
def test_a_notice_follows_its_case_and_is_erased_with_it(cast: Cast) -> None:
    """Whoever takes the case over ends it; nothing of what it said stays, in its history neither."""
    case = noticed.a_case(cast)
    notice = noticed.a_standing(cast, case, features="左手缺小指像月牙")
    noticed.sent(cast, notice)
    assert case.case_id is not None
    noticing.move(notice.public_id, case.case_id, "JZ-522622")
    with scope.system("a test looks"):
        for model in (TracingNotice, NoticeVersion, Posting):
            assert set(model.objects.values_list("owner_org", flat=True)) == {"JZ-522622"}
        erase_case(
            case_id=case.case_id, actor=cast.station_head.actor, at=clock.now(), reason="保存期满",
            division_code=case.division_code, owner_org=case.owner_org,
        )  # fmt: skip
        with connection.cursor() as cursor:
            for table in ("tracing_noticeversion", "tracing_posting", "core_rowhistory"):
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%月牙%'")
                assert cursor.fetchone() == (0,), table


@pytest.mark.slow
def test_death_withdraws_it(cast: Cast) -> None:
    case = noticed.a_case(cast)
    notice = noticed.a_standing(cast, case)
    actor = cast.medic.actor
    with scope.enter(scope.of_actor(actor)):
        found = DeathFound(died_at=clock.now(), place="凯里暖医院", found_by="吴医务", story="")
        register_death(actor=actor, at=clock.now(), case=case, known=found)
    with scope.system("the job of the event"):
        notices.look_again(at=clock.now(), person=case.person)
    assert noticed.fresh(notice).cause == "died"


@pytest.mark.slow
def test_a_lead_is_judged_by_a_human_and_its_source_lies_sealed(cast: Cast) -> None:
    notice = noticed.a_standing(cast)
    now = clock.now()
    told = notices.Told(
        "phone", now, "像我们村的木匠，给钱才说", "样来电", "08550000999", is_for_reward=True
    )
    lead = noticed.as_officer(
        cast,
        lambda who: notices.take_lead(actor=who, at=now, notice=notice, told=told),
    )
    assert len(noticed.duties("tracing.lead")) == 1
    with scope.system("a test looks into the table"), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM tracing_tracinglead t")
        assert "0999" not in cursor.fetchone()[0]
    judge = notices.judge_lead
    with pytest.raises(NoticeRefused, match="怎么判断"):
        noticed.as_officer(
            cast, lambda who: judge(actor=who, at=now, lead=lead, state="useful", words=" ")
        )
    clue = notices.Clue("work", "是个木匠")
    said = {"at": now, "lead": lead, "words": "要钱才说", "clue": clue}
    with pytest.raises(NoticeRefused, match="有用的线索才记"):
        noticed.as_officer(cast, lambda who: judge(actor=who, state="abusive", **said))
    row = noticed.as_officer(cast, lambda who: judge(actor=who, state="useful", **said))
    assert (row.fragment.said_by, row.fragment.words) == ("outsider", "是个木匠")
    assert noticed.duties("tracing.lead") == []


@pytest.mark.slow
def test_the_photo_is_a_part_and_goes_after_its_term_but_not_while_a_channel_shows_it(
    cast: Cast,
) -> None:
    """What was cut away is in no file of the notice."""
    case, now = noticed.a_case(cast), clock.now()
    notice = noticed.as_officer(
        cast,
        lambda who: notices.draft_notice(
            actor=who,
            at=now,
            case=case,
            text=noticed.text(),
            photo=notices.Photo("new", house.a_photo(), Frame(share=50, across=100, down=100)),
        ),
    )
    noticed.asked(cast, notice)
    version = noticed.approved(cast, notice)
    assert version.photo is not None
    assert version.photo.width * 4 == pytest.approx(version.photo.height * 3, abs=4)
    posting = noticed.sent(cast, noticed.fresh(notice))
    noticed.withdrawn(cast, case)
    with noticed.later(days=40), scope.system("a night job"):
        assert notices.forget_photos(at=clock.now()) == 0
    proof = notices.Proof(words="站里看过，没有了")
    noticed.as_officer(
        cast, lambda who: notices.take_down(actor=who, at=now, posting=posting, proof=proof)
    )
    with noticed.later(days=40), scope.system("a night job"):
        assert notices.forget_photos(at=clock.now()) == 1
        assert not NoticeVersion.objects.filter(photo__isnull=False).exists()


@pytest.mark.slow
def test_what_was_typed_stays_and_a_draft_of_a_restricted_record_is_for_those_who_work_on_it(
    cast: Cast,
) -> None:
    """The auditor sees neither words nor photo of it, the officer does; nobody prints a draft."""
    case = noticed.a_case(cast)
    url = f"{reverse('tracing:notice_new')}?case={case.public_id}"
    typed = {
        "sex": "male", "found_date": f"{noticed.text().found_date}", "found_place": "火车站", "features": "糖尿病",
        "clothing": "绿雨衣", "health": "weak", "intellect": "unknown", "mental_state": "calm", "photo_which": "none",
    }  # fmt: skip
    page = submit_refused_leaving(
        cast.tracing_officer, url, typed, unchanged=_count, says="不能写病名"
    )
    sees(page, "绿雨衣")
    submits(cast.tracing_officer, url, typed | {"features": "左耳缺一块"}, to="/tracing/notices/")
    with scope.system("a test looks"):
        notice = TracingNotice.objects.get()
        Person.objects.update(is_restricted=True, restricted_reason="可能未成年")
    address = reverse("tracing:notice", args=[notice.public_id])
    sees(page_for(cast.tracing_officer, address), "左耳缺一块")
    does_not_see(page_for(cast.auditor, address), "左耳缺一块", "绿雨衣")
    does_not_see(page_for(cast.auditor, reverse("tracing:notices")), "左耳缺一块")
    not_found_for(cast.station_head, url=reverse("tracing:notice_pdf", args=[notice.public_id]))


def _count() -> int:
    with scope.system("a test counts"):
        return TracingNotice.objects.count()


@pytest.mark.slow
def test_a_poster_is_one_page_with_its_number_however_much_is_told(cast: Cast) -> None:
    """The words shrink; the line to call and the code stay as they are, with a photo and without."""
    longest = noticed.text(
        name="阿卜杜热合曼·" * 8,
        features="额头有一道旧疤，走路往左歪，" * 21,
        clothing="褪色的红毛衣，灰大衣，" * 18,
        found_place="火车站广场东侧公交站台旁边" * 9,
    )
    case, actor = noticed.a_case(cast), cast.tracing_officer.actor
    photo = notices.Photo("new", house.a_photo(), Frame())
    with scope.enter(scope.of_actor(actor)):
        notice = notices.draft_notice(
            actor=actor, at=clock.now(), case=case, text=longest, photo=photo
        )
    noticed.asked(cast, notice)
    noticed.approved(cast, notice)
    url = reverse("tracing:notice_pdf", args=[notice.public_id])
    not_found_for(cast.outsider, url=url)
    made = cast.tracing_officer.browser().get(url)
    pages = pypdfium2.PdfDocument(made.content)
    assert len(pages) == 1
    said = pages[0].get_textpage().get_text_range()
    assert noticed.LINE in said
    assert notice.number in said
