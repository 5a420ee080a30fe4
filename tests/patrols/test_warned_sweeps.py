"""A cold wave opens the sweep that the plan of the county asks for, and nothing else does."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from nuantu.core import scope
from nuantu.core.actors import SYSTEM
from nuantu.operations import services as operations
from nuantu.operations.models import Duty
from nuantu.patrols import services
from nuantu.patrols.models import Sweep
from nuantu.planbook import files
from nuantu.warnings import services as warnings
from nuantu.warnings.models import Warning
from tests import builders
from tests.builders import EVENING
from tests.cast import BUREAU, COUNTY, OTHER_COUNTY, POLICE, TOWNSHIP

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COLD = "黔东南州气象台发布寒潮蓝色预警信号：预计未来48小时全州最低气温下降8℃以上。"


def _told(cast: "Cast", text: str, at: "datetime") -> Warning:
    """A message is taken in."""
    return warnings.take_message(
        actor=cast.office.actor,
        at=at,
        body=text.encode(),
        content_type="text/plain",
        received_at=at,
    )


def _ordered(warning: Warning, at: "datetime", county: str = COUNTY) -> list[Sweep]:
    return services.sweep_on_warning(at=at, warning=warning.public_id, division_code=county)


def test_a_warning_the_plan_does_not_name_orders_no_sweep(cast: "Cast") -> None:
    builders.a_plan("P14", BUREAU)
    fog = _told(cast, "黔东南州气象台发布大雾黄色预警信号：全州有雾。", EVENING)
    assert _ordered(fog, EVENING) == []
    assert _ordered(_told(cast, COLD, EVENING), EVENING, OTHER_COUNTY) == []


@pytest.mark.rule("P14-27")
def test_a_cold_wave_orders_the_carpet_sweep_with_police_and_city_management(
    cast: "Cast",
) -> None:
    builders.a_plan("P14", BUREAU)
    warning = _told(cast, COLD, EVENING)
    (asked,) = ProcrastinateJob.objects.filter(
        args__event="warnings.warning_in_force", args__payload__division=COUNTY
    )
    assert asked.args["payload"]["warning"] == str(warning.public_id)
    (sweep,) = _ordered(warning, EVENING)
    assert (sweep.clause, sweep.owner_org) == ("P14-27", BUREAU)
    assert sweep.due_at == EVENING + timedelta(hours=48)
    with scope.system("a test looks for what is owed"):
        (owed,) = Duty.objects.filter(kind="sweep.report", owner_org=TOWNSHIP)
        assert sweep.areas.count() == 2
    assert owed.due_at == sweep.due_at
    page = cast.section_head.browser().get(reverse("patrols:sweep", args=[sweep.public_id]))
    for said in ("P14-27", "救助管理站、公安、城管", "寒潮", "无人负责"):
        assert said in page.content.decode()


def test_a_partner_with_an_area_reads_the_cause_without_a_link_that_is_shut_to_him(
    cast: "Cast",
) -> None:
    builders.a_plan("P14", BUREAU)
    (sweep,) = _ordered(_told(cast, COLD, EVENING), EVENING)
    actor = cast.section_head.actor
    with scope.enter(scope.of_actor(actor)):
        free = sweep.areas.select_related("sweep").get(assigned_at=None)
        services.assign_area(actor=actor, at=EVENING, area=free, org_code=POLICE)
    address = reverse("patrols:sweep", args=[sweep.public_id])
    page = cast.police.browser().get(address).content.decode()
    assert "随预警布置" in page
    assert "/warnings/" not in page
    assert "/warnings/" in cast.section_head.browser().get(address).content.decode()


def test_an_episode_orders_one_sweep_however_often_it_is_told(cast: "Cast") -> None:
    builders.a_plan("P14", BUREAU)
    first = _told(cast, COLD, EVENING)
    assert len(_ordered(first, EVENING)) == 1
    assert _ordered(first, EVENING) == []
    later = EVENING + timedelta(hours=6)
    graver = _told(cast, COLD.replace("蓝色", "橙色"), later)
    assert _ordered(graver, later) == []


def test_a_clause_that_asks_for_two_sweeps_is_ordered_once_and_holds_up_nothing(
    cast: "Cast",
) -> None:
    text = files.packaged_text("P14")
    line = next(one for one in text.splitlines() if "on_warning" in one)
    twice = text.replace(line, f"{line}\n{line.replace('寒潮期间对', '再对')}")
    operations.start_plan(actor=SYSTEM, at=EVENING, text=twice, org_code=BUREAU, year=2026)
    assert len(_ordered(_told(cast, COLD, EVENING), EVENING)) == 1


def test_a_warning_that_is_over_orders_nothing(cast: "Cast") -> None:
    builders.a_plan("P14", BUREAU)
    warning = _told(cast, COLD, EVENING)
    later = EVENING + timedelta(hours=2)
    _told(cast, "黔东南州气象台解除寒潮蓝色预警信号。", later)
    assert _ordered(warning, later) == []
