"""Ways out as somebody presses through them: who can take over, what is asked before he goes home."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.accounts.models import Organisation, User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope
from nuantu.operations.models import Duty, Handover
from nuantu.operations.services import accept_handover
from nuantu.papers.selectors import kinds
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.stays import services
from nuantu.stays.models import Belonging, Stay
from nuantu.stays.selectors.checks import Plan, checks_of
from nuantu.stays.services.handing import owe_bringing
from tests.builders import a_plan
from tests.cast import COUNTY, HOSPITAL, OFFICE, OTHER_STATION, POLICE, Cast, Player
from tests.stays.house import NIGHT, TO_A_FAMILY, a_stay, a_stay_in_bed, a_thing
from tests.web import does_not_see, page_for, sees, submit_refused_leaving, submits

pytestmark = pytest.mark.django_db
HOME = "JG-522601-1"


def _url(name: str, stay: Stay) -> str:
    return reverse(f"stays:{name}", args=[stay.public_id])


def _an_institution() -> Player:
    """Somebody of a foster institution in the county."""
    body = Organisation.objects.create(
        code=HOME, kind="partner", name="凯里市福利院", division_id=COUNTY
    )
    user = User.objects.create(
        login="home", name="文护理", organisation=body, roles=["partner"], password="!"
    )
    return Player("home", user.name, actor_for(user), user)


def _marked(cast: Cast, stay: Stay, code: str) -> None:
    case = Case.objects.get(case_id=stay.case_id)
    persons.assign_classes(
        actor=cast.reception.actor, at=clock.now(), case=case, codes=[code], source="本人说"
    )


def _asked(stay: Stay, way: str) -> set[str]:
    found = checks_of(stay, Plan(way), clock.now())
    return {check.code for check in found if check.finding.state == "ask"}


def _words(stay: Stay, code: str) -> str:
    found = checks_of(stay, Plan("foster"), clock.now())
    return next(check.finding.words for check in found if check.code == code)


@pytest.mark.parametrize(
    ("way", "to_org"),
    [("foster", POLICE), ("police", OTHER_STATION), ("station", HOSPITAL), ("foster", "")],
)
def test_nobody_is_handed_to_a_body_of_another_kind(cast: Cast, way: str, to_org: str) -> None:
    stay = a_stay_in_bed(cast)
    offered = {"way": way, "to_org": to_org, "note_text": "随身一个背包"}
    page = submit_refused_leaving(
        cast.reception, _url("hand_over", stay), offered, unchanged=Handover.objects.count
    )
    sees(page, "随身一个背包")
    left = cast.reception.browser().get(_url("leave", stay), {"way": way, "to_org": to_org})
    assert left.status_code == 422
    sees(left, "下一步")
    with scope.enter(scope.of_actor(cast.reception.actor)):
        with pytest.raises(services.LeavingRefused) as refusal:
            services.leave(
                actor=cast.reception.actor,
                at=NIGHT,
                stay=stay,
                out=services.WayOut(way=way, to_org=to_org),
                confirmed={"notices": "无匹配"},
            )
        assert refusal.value.field == "to_org"


@pytest.mark.slow
def test_who_chose_a_way_reads_what_is_asked_before_he_is_told_what_is_missing(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    first = page_for(cast.reception, _url("leave", stay))
    sees(first, 'method="get"')
    second = page_for(cast.reception, f"{_url('leave', stay)}?way=self&to_org=")
    sees(second, "寻亲公告和走失报案")
    does_not_see(second, "请先改正")


@pytest.mark.slow
def test_he_goes_to_a_foster_institution_once_it_has_taken_him_over(cast: Cast) -> None:
    stay, home = a_stay_in_bed(cast), _an_institution()
    sent = {"way": "foster", "to_org": HOME, "check_notices": "查过，没有"}
    submit_refused_leaving(
        cast.reception, _url("leave", stay), sent, unchanged=lambda: _left(stay), says="先提出移交"
    )
    submits(cast.reception, _url("hand_over", stay), {**sent, "note_text": "降压药每天一片"})
    with scope.enter(scope.of_actor(home.actor)):
        accept_handover(actor=home.actor, at=clock.now(), handover=Handover.objects.get())
    submits(cast.reception, _url("leave", stay), sent)
    sees(page_for(cast.reception, _url("detail", stay)), "已离站", "转托养机构", "凯里市福利院")


def _left(stay: Stay) -> Any:
    return Stay.objects.get(pk=stay.pk).left_at


@pytest.mark.parametrize("way", ["self", "relatives", "fetched", "escorted"])
def test_who_was_in_danger_is_asked_alone_before_any_way_home(
    cast: Cast, as_: Any, way: str
) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.reception):
        assert "danger" not in _asked(stay, way)
        _marked(cast, stay, "danger")
        assert "danger" in _asked(stay, way)
        with pytest.raises(services.LeavingRefused) as refusal:
            services.leave(
                actor=cast.reception.actor,
                at=NIGHT,
                stay=stay,
                out=services.WayOut(
                    way=way, is_declared=True, collector="王大山", is_collector_checked=True
                ),
                confirmed={"notices": "无匹配", "collector": "居民身份证，夫妻"},
            )
        assert refusal.value.field == "check_danger"
        assert _left(stay) is None


@pytest.mark.slow
def test_only_a_minor_goes_to_a_family_and_its_paper_says_on_what_that_rests(cast: Cast) -> None:
    """Nobody of age; the family shows its ID, and the decision is written down (MI-02)."""
    man, boy = a_stay_in_bed(cast), a_stay(cast, years=9)
    url = f"{_url('leave', man)}?way=foster_family"
    sees(page_for(cast.reception, url), "家庭寄养只给未成年人")
    submits(cast.reception, _url("leave", boy), TO_A_FAMILY)
    assert boy.case_id is not None
    with scope.enter(scope.of_actor(cast.reception.actor)):
        offered = {kind.code for kind, _about in kinds.offered(boy.case_id)}
        feed = kinds.feed_of("foster_handover")
        assert feed is not None
        values = feed.gather(cast.reception.actor, boy, clock.now())
    assert "foster_handover" in offered
    assert "family_pickup" not in offered
    assert values["decided_on"] == TO_A_FAMILY["check_fostering"]
    assert (values["receiver_unit"], values["receiver_name"]) == ("家庭寄养", "文秀英")
    assert values["identified"] == "no"


@pytest.mark.slow
@pytest.mark.rule("P1-56")
@pytest.mark.rule("P1-57")
def test_a_plan_asks_whether_a_foster_placement_is_where_it_wants_him_first(
    cast: Cast, as_: Any
) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.reception):
        assert "placement" not in _asked(stay, "foster")
    a_plan("P1", OFFICE)
    with as_(cast.reception):
        assert "placement" not in _asked(stay, "self")
        assert "公办养老机构（P1-57）" in _words(stay, "placement")
        _marked(cast, stay, "suspected_mental_disorder")
        assert "公立精神卫生机构（P1-56）" in _words(stay, "placement")
    sent = {"way": "foster", "to_org": HOSPITAL, "check_notices": "无匹配"}
    submits(cast.reception, _url("hand_over", stay), sent)
    with scope.enter(scope.of_actor(cast.hospital.actor)):
        accept_handover(actor=cast.hospital.actor, at=clock.now(), handover=Handover.objects.get())
    url = _url("leave", stay)
    submit_refused_leaving(cast.reception, url, sent, unchanged=lambda: _left(stay), says="P1-56")
    submits(cast.reception, url, {**sent, "check_placement": "是，州精神卫生中心"})
    assert _left(stay) is not None


@pytest.mark.slow
def test_once_they_have_accepted_the_page_of_the_stay_says_so_and_leads_on(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    submits(cast.reception, _url("hand_over", stay), {"way": "police", "to_org": POLICE})
    does_not_see(page_for(cast.reception, _url("detail", stay)), "等人送到")
    with scope.enter(scope.of_actor(cast.police.actor)):
        accept_handover(actor=cast.police.actor, at=clock.now(), handover=Handover.objects.get())
    leads = f"{_url('leave', stay)}?way=police&to_org={POLICE}"
    with scope.system("the job of the event"):
        owed = [owe_bringing(at=clock.now(), handover=row) for row in 2 * [Handover.objects.get()]]
    assert [duty and duty.due_at - clock.now() for duty in owed] == [timedelta(hours=24), None]
    sees(page_for(cast.reception, _url("detail", stay)), "已接收移交，等人送到", leads, "clock")
    sent = {"way": "police", "to_org": POLICE, "check_notices": "无匹配"}
    submits(cast.reception, _url("leave", stay), sent)
    with scope.system("a test looks"):
        assert Duty.objects.get(kind="stay.bring").state == "done"


def test_things_go_with_him_against_the_signature_of_who_takes_him_over(
    cast: Cast, as_: Any
) -> None:
    bag, actor = a_thing(cast), cast.reception.actor
    with as_(cast.reception):
        knife = services.take_belonging(
            actor=actor, at=NIGHT, reception=bag.reception, kind="forbidden", item="砍刀"
        )
        with pytest.raises(services.BelongingRefused, match="签收"):
            services.end_belonging(actor=actor, at=NIGHT, belonging=bag, end="handed_on")
        services.end_belonging(
            actor=actor, at=NIGHT, belonging=bag, end="handed_on", is_signed_for=True
        )
        with pytest.raises(services.BelongingRefused, match="违禁品"):
            services.end_belonging(
                actor=actor, at=NIGHT, belonging=knife, end="handed_on", is_signed_for=True
            )
        assert set(Belonging.objects.values_list("item", "end")) == {
            ("背包", "handed_on"),
            ("砍刀", ""),
        }


@pytest.mark.slow
@pytest.mark.parametrize("code", ["domestic_violence", "trafficked"])
def test_who_was_harmed_at_home_is_asked_away_from_who_fetches_her(
    cast: Cast, as_: Any, code: str
) -> None:
    stay = a_stay_in_bed(cast)
    _marked(cast, stay, code)
    with as_(cast.reception):
        for way in ("self", "relatives", "fetched", "escorted"):
            (found,) = [one for one in checks_of(stay, Plan(way), NIGHT) if one.code == "danger"]
            assert found.finding.state == "ask"
            assert "接领人不在场" in found.finding.words
        assert "danger" not in _asked(stay, "police")
    url = f"{_url('leave', stay)}?way=relatives"
    sent = {"way": "relatives", "collector": "王大山", "is_collector_checked": "on"}
    answers = {"check_notices": "无匹配", "check_collector": "居民身份证，夫妻"}
    back = submit_refused_leaving(
        cast.reception, url, {**sent, **answers}, unchanged=lambda: _left(stay)
    )
    sees(back, "王大山", "接领人不在场")
    asked = "单独问过，不怕；已告诉大十字派出所潘警官"
    submits(cast.reception, url, {**sent, **answers, "check_danger": asked})
    assert Stay.objects.get(pk=stay.pk).leaving.checks.get(code="danger").note == asked
