"""Letters from a return plan: what the station there is told, its gate, and the arrival that it confirms."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.selectors.gates import gates_of
from nuantu.homeward.selectors.sheets import SHEET, is_signed_by_both, sheet_values
from nuantu.homeward.services import on_the_way
from nuantu.letters import services
from nuantu.letters.models import Letter
from nuantu.letters.services import Said
from nuantu.operations.models import Duty
from nuantu.papers.models import PaperVersion
from nuantu.papers.rules.printing import pages
from nuantu.papers.selectors.kinds import kinds as known
from nuantu.papers.selectors.printed import word_file
from nuantu.papers.services import issue_paper, sign_on_screen
from tests import builders
from tests.cast import FAR_STATION, Cast
from tests.homeward import returning
from tests.homeward.contacts import a_contact
from tests.homeward.returning import a_return, escorted, under_way
from tests.homeward.wearing import NOON
from tests.letters.writing import does, received
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _asks(cast: Cast, plan: ReturnPlan, **more: Any) -> Letter:
    url = reverse("homeward:return_letter", args=[plan.public_id])
    data = {"kind": "take", "to": FAR_STATION, "told": ["name", "transport"], "words": "请到站接人"}
    submits(cast.reception, url, data | more, to="/letters/")
    with scope.system("a test looks"):
        return Letter.objects.filter(direction="out").latest("pk")


@pytest.mark.rule("P1-33")
def test_a_station_is_told_what_was_chosen_and_its_word_opens_the_gate(cast: Cast) -> None:
    plan = a_return(cast, way="station")
    url = reverse("homeward:return_letter", args=[plan.public_id])
    refused_for(cast.nobody, cast.kitchen, cast.section_head, url=url)
    not_found_for(cast.outsider, url=url)
    sent = _asks(cast, plan)
    with scope.system("a test reads what was told"):
        told = received(sent).facts.open()
    assert "样阿木" in told
    assert "桥江镇" not in told
    page = page_for(cast.reception, reverse("homeward:return", args=[plan.public_id]))
    sees(page, "贵阳市救助管理站", "还没有函复同意")
    said = Said("yes", "同意，到怀化站接")
    does(cast.outsider, services.answer, received(sent), said=said)
    with scope.system("a test asks the gates"):
        assert {one.code: one.is_open for one in gates_of(plan, NOON)}["agreed"]
    page = page_for(cast.reception, reverse("homeward:return", args=[plan.public_id]))
    sees(page, f"函 {sent.number}：答复")
    does_not_see(page, "到怀化站接", "还没有函复同意")


def test_a_station_of_the_contact_book_brings_its_phones_and_is_asked_once(cast: Cast) -> None:
    a_contact(cast)
    plan = a_return(cast)
    sent = _asks(cast, plan, to="", name="样溪县救助管理站", told=[], kind="address")
    assert (sent.partner_phones, sent.means) == ("0745-00000001", "paper")
    url = reverse("homeward:return_letter", args=[plan.public_id])
    data = {"kind": "address", "to": "", "name": "样溪县救助管理站", "words": "请核实住址"}
    twice = cast.reception.browser().post(url, data)
    assert twice.status_code == 422
    sees(twice, "正在等答复", "请核实住址")


def test_the_station_there_confirms_the_arrival_and_the_plan_has_arrived(cast: Cast) -> None:
    plan = under_way(cast)
    sent = _asks(cast, plan, kind="arrival")
    with clock.frozen(NOON + timedelta(hours=7)):
        values = {"event": "arrived", "words": "人好", "happened_at": NOON + timedelta(hours=6)}
        does(cast.outsider, services.tell, received(sent), **values)
    with scope.system("a test looks"):
        row = ReturnPlan.objects.get(pk=plan.pk)
        line = row.lines.get(event="arrived")
    assert (row.state, row.arrived_at) == ("arrived", NOON + timedelta(hours=6))
    assert line.heard_of == "贵阳市救助管理站 外人"


@pytest.mark.rule("P1-62")
def test_the_station_there_signs_the_sheet_that_came_along_by_its_confirmed_arrival(
    cast: Cast,
) -> None:
    plan = a_return(cast, way="escorted")
    escorted(cast, plan)
    sent = _asks(cast, plan, kind="arrival")
    sees(page_for(cast.outsider, _arrived(received(sent))), "接收方在单上的签收")
    returning.does(cast, on_the_way.depart, plan, departed_at=NOON)
    _signed_here(cast, plan)
    with scope.system("the job looks"):
        on_the_way.watch_returns(at=NOON)
        assert not is_signed_by_both(plan.public_id)
    with clock.frozen(NOON + timedelta(hours=7)):
        data = {"happened_at": "2026-12-09T18:00", "words": "物品药品点清"}
        not_found_for(cast.reception, url=_arrived(received(sent)), data=data)
        submits(cast.outsider, _arrived(received(sent)), data)
        with scope.system("the job looks"):
            on_the_way.watch_returns(at=clock.now())
            kinds = Duty.objects.filter(subject_id=plan.public_id, state=Duty.State.OPEN)
            assert "return.sheet" not in set(kinds.values_list("kind", flat=True))
        page = page_for(cast.reception, reverse("homeward:return", args=[plan.public_id]))
        sees(page, "接收方已签", "接收方在函上确认到达，作为签收：贵阳市救助管理站")
    confirmed = "贵阳市救助管理站 外人 2026年12月09日19:00 在本系统函中确认到达，作为签收"
    with clock.frozen(NOON + timedelta(hours=8)):
        _signed_here(cast, plan)
        page = page_for(cast.reception, reverse("homeward:return", args=[plan.public_id]))
        sees(page, "接收方未签")
    assert [confirmed in one for one in _printed(plan)] == [True, False]


def _printed(plan: ReturnPlan) -> list[str]:
    """The versions of the sheet as they are set for PDF, from the Word file."""
    with scope.system("a test prints"):
        versions = PaperVersion.objects.filter(paper__subject_id=plan.public_id).order_by("version")
        return [pages([word_file(one, office="")]).source for one in versions]


def _arrived(letter: Letter) -> str:
    return reverse("letters:deed", args=[letter.public_id, "arrived"])


def _signed_here(cast: Cast, plan: ReturnPlan) -> None:
    """The sheet as it is now, signed by the station that hands him over."""
    actor, at = cast.station_head.actor, clock.now()
    with scope.enter(scope.of_actor(actor)):
        held = ReturnPlan.objects.get(pk=plan.pk)
        values = sheet_values(actor, held, at)
        paper = issue_paper(actor=actor, at=at, kind=known()[SHEET], subject=held, values=values)
        slot, drawn = "giver_signature", builders.drawn()
        sign_on_screen(
            actor=actor, at=at, paper=paper, slot=slot, drawn=drawn, version=paper.version
        )
