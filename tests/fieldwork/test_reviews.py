"""Review cards: who decides them, how, and that none is forgotten."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from nuantu.accounts.models import Delivery, Organisation
from nuantu.accounts.services import channels
from nuantu.config.jobs import tell_review
from nuantu.core import clock, events, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.erasure import erase_case
from nuantu.core.models import DataKey, JournalEntry
from nuantu.core.typed import GONE
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Tip
from nuantu.encounters.models import Encounter
from nuantu.fieldwork import services
from nuantu.fieldwork.models import FieldCommand, ReviewCard
from nuantu.operations.models import Duty
from nuantu.patrols.models import PatrolVisit
from tests import builders
from tests.builders import PATROL
from tests.cast import OTHER_STATION, STATION
from tests.clips import MP4, clip
from tests.encounters.conftest import photo
from tests.fieldwork.phones import states

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.fieldwork.phones import Phone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def card(phone: "Phone") -> ReviewCard:
    """The team says that nobody was there, but never that it arrived."""
    phone.send(
        phone.make("run.begin", phone.route.public_id, crew="杨二"),
        phone.make("visit.nobody", phone.stop, note="只有纸板"),
    )
    return ReviewCard.objects.get()


def _url(name: str, card: ReviewCard) -> str:
    return reverse(f"fieldwork:{name}", args=[card.public_id])


def test_the_team_itself_and_other_places_decide_no_card(cast: "Cast", card: ReviewCard) -> None:
    assert cast.patroller.browser().get(_url("review", card)).status_code == 403
    assert cast.outsider.browser().get(_url("review", card)).status_code == 404
    said = {"reason": "不要了"}
    assert cast.outsider.browser().post(_url("review_set_aside", card), said).status_code == 404
    card.refresh_from_db()
    assert card.state == "open"


def test_who_oversees_the_station_reads_its_cards_and_decides_none(
    cast: "Cast", card: ReviewCard
) -> None:
    account: Any = cast.section_head.account
    account.roles = ["dispatcher"]
    account.save()
    browser = cast.section_head.browser()
    page = browser.get(_url("review", card)).content.decode()
    assert _url("review_set_aside", card) not in page
    for name in ("review_apply", "review_enter", "review_set_aside"):
        assert browser.post(_url(name, card), {"reason": "重复"}).status_code == 404
    card.refresh_from_db()
    assert card.state == "open"


def test_the_head_of_the_dispatch_board_counts_open_cards_for_who_may_decide_them(
    cast: "Cast", card: ReviewCard
) -> None:
    waits = "<b>1</b> 手机补送待核卡"
    assert waits not in cast.outsider.browser().get("/dispatch/").content.decode()
    assert waits in cast.dispatcher.browser().get("/dispatch/").content.decode()
    cast.dispatcher.browser().post(_url("review_set_aside", card), {"reason": "不要了"})
    assert "</b> 手机补送待核卡" not in cast.dispatcher.browser().get("/dispatch/").content.decode()


def test_the_station_of_the_phone_is_told_once_however_many_cards_it_fills(
    cast: "Cast", phone: "Phone", card: ReviewCard
) -> None:
    event = "fieldwork.review_opened"
    for code in (OTHER_STATION, STATION):
        channels.add_channel(
            actor=SYSTEM,
            at=PATROL,
            organisation=Organisation.objects.get(code=code),
            name=code,
            kind="webhook",
            address="https://example.org/hook",
            events=[event],
        )
    phone.send(phone.make("visit.met", phone.stop, count=2))
    assert events.subscribers()[event] == ["config.tell_review"]
    for one in ReviewCard.objects.all():
        tell_review(str(one.public_id))
    told = Delivery.objects.get(event=event)
    assert (told.channel.organisation_id, told.path) == (STATION, "/field/reviews/?state=open")


def test_a_card_says_what_the_phone_said_and_what_stands(cast: "Cast", card: ReviewCard) -> None:
    page = cast.dispatcher.browser().get(_url("review", card)).content.decode()
    for words in ("请先按“到达”", "只有纸板", "南桥桥洞", "未到"):
        assert words in page
    assert "没有人" in cast.dispatcher.browser().get(reverse("fieldwork:reviews")).content.decode()


def test_what_was_said_lies_sealed(card: ReviewCard) -> None:
    assert "只有纸板" not in str(
        FieldCommand.objects.filter(pk=card.command_id).values_list("body")
    )
    assert card.command.body.open() == '{"note": "只有纸板"}'


def test_a_card_is_a_duty_with_a_clock_until_the_last_is_decided(
    cast: "Cast", phone: "Phone", card: ReviewCard
) -> None:
    phone.send(phone.make("visit.met", phone.stop, count=2))
    first, second = ReviewCard.objects.order_by("pk")
    duty = Duty.objects.get(kind="fieldwork.review")
    assert first.duty_id == second.duty_id == duty.public_id
    assert duty.due_at == PATROL + timedelta(minutes=60)
    for one in (first, second):
        duty.refresh_from_db()
        assert duty.state == "open"
        cast.dispatcher.browser().post(_url("review_set_aside", one), {"reason": "重复"})
    duty.refresh_from_db()
    assert duty.state == "done"


def test_a_card_that_goes_now_is_entered_in_the_name_of_the_team(
    cast: "Cast", phone: "Phone", card: ReviewCard
) -> None:
    browser = cast.dispatcher.browser()
    refused = browser.post(_url("review_apply", card), follow=True).content.decode()
    assert "请先按“到达”" in refused
    with clock.frozen(PATROL + timedelta(minutes=9)):
        arrived = phone.make("visit.arrive", phone.stop)
        assert states(phone.send(arrived)) == ["applied"]
        browser.post(_url("review_apply", card))
    visit = PatrolVisit.objects.get()
    assert (visit.state, visit.note, visit.recorded_by) == ("nobody", "只有纸板", "杨二")
    card.refresh_from_db()
    assert (card.state, card.decided_by) == ("applied", "龙海")
    assert card.command.body.token == ""


def test_a_card_entered_otherwise_names_where(cast: "Cast", card: ReviewCard) -> None:
    browser = cast.dispatcher.browser()
    encounter = builders.an_encounter(cast)
    wrong = {"reason": "按电话登记", "address": "https://x/desk/"}
    assert browser.post(_url("review_enter", card), wrong).status_code == 422
    address = "http://x" + reverse("encounters:detail", args=[encounter.public_id])
    browser.post(_url("review_enter", card), {"reason": "按电话登记", "address": address})
    card.refresh_from_db()
    assert (card.state, card.entered_kind, card.entered_id) == (
        "entered", "encounter", encounter.public_id,
    )  # fmt: skip
    assert "按电话登记" in browser.get(_url("review", card)).content.decode()


def test_of_two_dispatchers_the_second_is_told_who_was_first(
    cast: "Cast", card: ReviewCard
) -> None:
    cast.leader.browser().post(_url("review_set_aside", card), {"reason": "重复"})
    page = cast.dispatcher.browser().post(_url("review_set_aside", card), {"reason": "重复"})
    assert "潘带班 已处理这张卡" in page.content.decode()


def test_what_is_set_aside_goes_with_its_key_after_its_days(cast: "Cast", card: ReviewCard) -> None:
    cast.dispatcher.browser().post(_url("review_set_aside", card), {"reason": "重复"})
    with scope.system("the job of the night"):
        assert services.forget_settled(at=PATROL + timedelta(days=29)) == 0
        assert services.forget_settled(at=PATROL + timedelta(days=31)) == 1
    command = FieldCommand.objects.get(pk=card.command_id)
    assert not command.body
    assert DataKey.objects.get(key_ref=command.public_id).destroyed_at is not None
    assert "原文已删除" in cast.dispatcher.browser().get(_url("review", card)).content.decode()


def test_one_id_with_two_contents_is_a_card_beside_the_first(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    phone.send(begin)
    other: dict[str, Any] = begin | {"body": {"crew": "别人"}}
    assert phone.send(other).json()["kept"] == [begin["id"]]
    phone.send(other)
    assert ReviewCard.objects.get().why == "copy"
    assert FieldCommand.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "house.burn"}, "unknown"),
        ({"kind": 7}, "unreadable"),
        ({"made_at": "gestern"}, "unreadable"),
        ({"about": None}, "unreadable"),
        ({"body": ["x"]}, "unreadable"),
    ],
)
def test_what_is_no_command_is_kept_for_the_desk(
    phone: "Phone", change: dict[str, Any], why: str
) -> None:
    made = phone.make("visit.nobody", UUID(int=1)) | change
    answer = phone.send(made).json()
    assert answer["kept"] == [made["id"]]
    assert [one["id"] for one in answer["refused"]] == [made["id"]]
    assert ReviewCard.objects.get().why == why


def test_a_photo_waits_sealed_with_its_card_and_goes_along_when_it_is_applied(
    phone: "Phone", cast: "Cast"
) -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    taken = phone.make("photo.add", phone.stop)
    answer = phone.send(begin, taken, files={f"file-{taken['id']}-1": photo()})
    assert states(answer) == ["applied", "review"]
    with clock.frozen(PATROL + timedelta(minutes=3)):
        phone.send(phone.make("visit.arrive", phone.stop))
        cast.dispatcher.browser().post(_url("review_apply", ReviewCard.objects.get()))
    assert PatrolVisit.objects.get().photos.count() == 1
    file = FieldCommand.objects.get(kind="photo.add").files.get()
    assert bytes(file.content) == b""


@pytest.mark.slow
def test_a_video_that_is_too_large_lies_before_the_desk_and_does_not_stop_the_phone(
    phone: "Phone",
) -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    arrive, large = phone.make("visit.arrive", phone.stop), phone.make("photo.add", phone.stop)
    small = phone.make("photo.add", phone.stop)
    answer = phone.send(
        begin,
        arrive,
        large,
        small,
        files={
            f"file-{large['id']}-1": clip(MP4 + bytes(20_000_001)),
            f"file-{small['id']}-1": clip(MP4, "video"),
        },
    )
    assert states(answer) == ["applied", "applied", "review", "applied"]
    assert "视频超过 20 MB" in ReviewCard.objects.get().words
    assert PatrolVisit.objects.get().photos.get().file.media_type == "video/mp4"
    assert phone.bundle().json()["limits"]["video_bytes"] == 20_000_000


def test_the_journal_keeps_both_moments_of_what_is_told_late(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    with clock.frozen(PATROL + timedelta(hours=3)):
        phone.send(begin)
    line = JournalEntry.objects.get(verb="patrols.run.begin")
    assert (line.happened_at, line.recorded_at) == (PATROL, PATROL + timedelta(hours=3))


def test_contrary_results_of_two_phones_are_a_card(phone: "Phone") -> None:
    made = [
        phone.make("run.begin", phone.route.public_id, crew="杨二"),
        phone.make("visit.arrive", phone.stop),
        phone.make("visit.nobody", phone.stop),
        phone.make("visit.met", phone.stop, count=2),
    ]
    assert states(phone.send(*made)) == ["applied", "applied", "applied", "review"]
    assert ReviewCard.objects.get().why == "contrary"
    assert not Encounter.objects.exists()


def _contrary(phone: "Phone") -> ReviewCard:
    """One member found nobody, the phone that comes now met two people."""
    made = [
        phone.make("run.begin", phone.route.public_id, crew="杨二"),
        phone.make("visit.arrive", phone.stop),
        phone.make("visit.nobody", phone.stop),
        phone.make("visit.met", phone.stop, count=2),
    ]
    phone.send(*made)
    return ReviewCard.objects.get()


def test_the_phones_version_takes_the_place_of_the_other_by_one_press(
    phone: "Phone", cast: "Cast"
) -> None:
    card = _contrary(phone)
    browser = cast.dispatcher.browser()
    assert "以这部手机为准" in browser.get(_url("review", card)).content.decode()
    assert cast.patroller.browser().post(_url("review_apply", card)).status_code == 403
    with clock.frozen(PATROL + timedelta(minutes=9)):
        browser.post(_url("review_apply", card))
    card.refresh_from_db()
    assert (card.state, card.decided_by) == ("applied", "龙海")
    visit = PatrolVisit.objects.get()
    assert (visit.state, visit.people_count, visit.recorded_by) == ("met", 2, "杨二")
    assert visit.left_at == PATROL
    back = JournalEntry.objects.get(verb="patrols.visit.take_back")
    assert (back.actor_name, back.happened_at) == ("龙海", PATROL)
    line = JournalEntry.objects.get(verb="fieldwork.review.apply")
    assert line.summary == "待核卡以这部手机为准"


def test_a_card_is_entered_after_the_team_took_the_other_result_back_itself(
    phone: "Phone", cast: "Cast"
) -> None:
    card = _contrary(phone)
    phone.send(phone.make("visit.take_back", phone.stop))
    cast.dispatcher.browser().post(_url("review_apply", card))
    card.refresh_from_db()
    assert card.state == "applied"
    visit = PatrolVisit.objects.get()
    assert (visit.state, visit.people_count) == ("met", 2)
    assert JournalEntry.objects.filter(verb="patrols.visit.take_back").count() == 1


def test_where_the_phones_version_may_not_stand_nothing_is_changed(
    phone: "Phone", cast: "Cast"
) -> None:
    card = _contrary(phone)
    phone.send(phone.make("run.finish", phone.route.public_id, note="无事", checks=[]))
    answer = cast.dispatcher.browser().post(_url("review_apply", card), follow=True)
    assert "这次巡查没有在进行" in answer.content.decode()
    card.refresh_from_db()
    assert card.state == "open"
    assert PatrolVisit.objects.get().state == "nobody"
    assert not JournalEntry.objects.filter(verb="patrols.visit.take_back").exists()


@pytest.mark.parametrize("spoken", ["zh-hans", "en"])
def test_a_card_is_read_in_the_language_of_its_reader_whatever_the_phone_speaks(
    phone: "Phone", cast: "Cast", spoken: str
) -> None:
    phone.client = Client(headers={"Accept-Language": spoken})
    card = _contrary(phone)
    assert card.words.startswith("“南桥桥洞”已由杨二登记为“没有人")
    chinese = cast.dispatcher.browser().get(_url("review", card)).content.decode()
    english = cast.dispatcher.browser("en").get(_url("review", card)).content.decode()
    assert "这部手机说的不一样" in chinese
    assert "这部手机说的不一样" not in english
    assert "This phone says otherwise" in english or "this phone says otherwise" in english
    told = phone.send(ask=[str(card.command.command_id)]).json()["states"]
    (said,) = (one["words"] for one in told.values())
    assert ("手机" in said) == (spoken == "zh-hans")


def test_a_card_of_a_contact_shows_its_fields_in_words_and_hides_what_is_sealed(
    phone: "Phone", cast: "Cast"
) -> None:
    fields = [["outcome", "refused"], ["goods_quilt", "1"], ["health", "糖尿病"], ["place", "南桥"]]
    phone.send(phone.make("contact.record", fields=fields))
    page = cast.dispatcher.browser().get(_url("review", ReviewCard.objects.get())).content.decode()
    for words in ("怎么结束", "拒绝救助", "棉被", reverse("encounters:new")):
        assert words in page
    assert "糖尿病" not in page


def test_an_erasure_reaches_what_a_phone_said_of_a_case(phone: "Phone", cast: "Cast") -> None:
    case = builders.a_case(cast)
    assert case.case_id is not None
    with scope.enter(scope.of_actor(cast.dispatcher.actor)):
        tip = builders.a_tip()
        run = dispatch.assign(
            actor=cast.dispatcher.actor, at=clock.now(), tip=tip, team=phone.route.team
        )
    Tip.objects.filter(pk=tip.pk).update(case_id=case.case_id)
    phone.send(
        phone.make("contact.record", fields=[["looks", "灰大衣"]], dispatch=str(run.public_id))
    )
    card = ReviewCard.objects.get()
    assert card.case_id == card.command.case_id == case.case_id
    page = _url("review", card)
    assert "灰大衣" in cast.dispatcher.browser().get(page).content.decode()
    erase_case(
        case_id=case.case_id,
        actor=cast.station_head.actor,
        at=clock.now(),
        reason="本人申请",
        division_code=case.division_code,
        owner_org=case.owner_org,
    )
    shown = cast.dispatcher.browser().get(page).content.decode()
    assert "灰大衣" not in shown
    assert "原文已删除" in shown
    card.refresh_from_db()
    assert card.words == card.command.words == GONE
