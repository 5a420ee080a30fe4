"""The figures of a season rest on rows: goods and kits on contacts, minutes on tips."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.dispatch.models import Tip
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import registered_figures
from nuantu.operations.selectors.figures import Figure
from tests import builders
from tests.cast import Cast
from tests.web import page_for

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 12, 9, 13, 0, tzinfo=UTC)


def counted(operation: Operation, at: datetime = LATER) -> dict[str, Figure]:
    return {figure.key: figure for figure in registered_figures(SYSTEM, operation, at)}


def test_who_may_not_see_the_contacts_counts_none_of_them(
    cast: Cast,
    county_plan: Operation,
    record: Callable[..., Any],
    refused: Callable[..., Any],
    seen_as: Callable[..., Any],
) -> None:
    """The figure of another county's reader is not the one of 凯里."""
    record(refused(), photos=1)
    with seen_as(cast.outsider, LATER):
        assert counted(county_plan)["goods"].value == "0"


@pytest.mark.slow
def test_goods_are_the_pieces_of_every_contact(
    cast: Cast,
    county_plan: Operation,
    record: Callable[..., Any],
    refused: Callable[..., Any],
    met: Callable[..., Any],
    seen_as: Callable[..., Any],
) -> None:
    record(refused(handed={"food": 3, "padded_clothes": 1, "quilt": 1}), photos=1)
    record(met())
    with seen_as(cast.section_head, LATER):
        goods = counted(county_plan)["goods"]
    assert goods.value == "5"
    assert goods.values[-1] == 5
    assert parse_qs(urlsplit(goods.url).query)["goods"] == ["given"]


@pytest.mark.slow
def test_a_kit_with_a_missing_item_is_not_complete(
    cast: Cast,
    county_plan: Operation,
    record: Callable[..., Any],
    refused: Callable[..., Any],
    seen_as: Callable[..., Any],
) -> None:
    record(refused(), photos=1)
    record(refused(handed={"food": 1}, missing_reason="车上没有了"), photos=1)
    with seen_as(cast.section_head, LATER):
        assert counted(county_plan)["kits"].value == "1/2"


def test_the_minutes_are_the_middle_of_what_the_tips_say(
    cast: Cast, county_plan: Operation, seen_as: Callable[..., Any]
) -> None:
    with clock.frozen(builders.EVENING):
        tips = [builders.a_tip(place) for place in ("三棵树镇南桥桥洞", "大十字", "火车站")]
    for tip, minutes in zip(tips, (12, 20, 50), strict=True):
        arrived = tip.clock_started_at + timedelta(minutes=minutes)
        Tip.objects.filter(pk=tip.pk).update(
            arrived_at=arrived, assigned_at=tip.clock_started_at, departed_at=tip.clock_started_at
        )
    with seen_as(cast.section_head, LATER):
        figure = counted(county_plan)["minutes"]
    assert figure.value == "20"
    assert figure.note.startswith("2/3")


@pytest.mark.slow
def test_a_figure_opens_to_as_many_rows_as_it_counts(
    cast: Cast, county_plan: Operation, record: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with clock.frozen(LATER):
        record(refused(), photos=1)
        url = reverse("operations:operation", args=[county_plan.public_id])
        page = page_for(cast.section_head, url)
        kinds = {kept.kind: kept for kept in page.context["figures"]}
        for kind in ("patrol.daily", "encounter.revisit"):
            list_url = (
                f"{reverse('operations:duty_list')}?window=promised&kind={kind}"
                f"&area=522601&since={county_plan.start_date.isoformat()}"
            )
            shown = page_for(cast.section_head, list_url).context["page"].paginator.count
            assert shown == kinds[kind].promised
        for figure in page.context["counted"]:
            page_for(cast.section_head, figure.url)


def test_promises_of_another_county_are_not_in_the_rows(cast: Cast, county_plan: Operation) -> None:
    with clock.frozen(LATER):
        everything = reverse("operations:duty_list")
        ours = page_for(cast.office, f"{everything}?area=522601").context["page"].paginator.count
        assert ours == Duty.objects.filter(division_code="522601000000", state="open").count()
        assert ours < page_for(cast.office, everything).context["page"].paginator.count
