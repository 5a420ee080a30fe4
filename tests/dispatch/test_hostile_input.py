"""What strangers send on purpose, and what a guest of a tip tries: neither gets further."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from nuantu.accounts.services import issue_token
from nuantu.core import clock
from nuantu.dispatch import services
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.georeport import SERVICES
from nuantu.dispatch.services.intake import LOOK_UPS_PER_MINUTE
from nuantu.operations.models import Team
from tests import builders
from tests.cast import FAR_STATION, Cast

pytestmark = pytest.mark.django_db
BASE = "/open311/v2"


@pytest.mark.parametrize("field", ["lat", "long", "attribute[person_count]"])
@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999"])
def test_a_number_that_is_none_is_refused_in_words(cast: Cast, field: str, value: str) -> None:
    said = {
        "service_code": SERVICES[0].code,
        "address_string": "三棵树镇南桥",
        "lat": "26.5637",
        "long": "108.066",
    }
    assert Client().post(f"{BASE}/requests.json", said).status_code == 201
    answer = Client().post(f"{BASE}/requests.json", said | {field: value})
    assert answer.status_code == 400
    assert Tip.objects.count() == 1


@pytest.mark.parametrize("end", ["0001-01-01", "0001-01-01T00:00:00+08:00"])
def test_a_window_before_all_time_is_refused_in_words(cast: Cast, end: str) -> None:
    token = issue_token(
        actor=cast.operator.actor, at=clock.now(), name="test", user=cast.operator.account
    )
    client = Client(headers={"Authorization": f"Bearer {token}"})
    answer = client.get(f"{BASE}/requests.json", {"end_date": end})
    assert answer.status_code in (200, 400)


@pytest.mark.slow
@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get(f"{BASE}/requests/ABCDEFGHJK.json"),
        lambda client: client.get(reverse("dispatch:receipt", args=["ABCDEFGHJK"])),
        lambda client: client.get(reverse("dispatch:receipt_picture", args=["ABCDEFGHJK"])),
        lambda client: client.get("/api/v1/tips/receipt/ABCDEFGHJK"),
        lambda client: client.post(
            "/api/v1/tips/receipt/ABCDEFGHJK/still-there",
            {"note": ""},
            content_type="application/json",
        ),
    ],
)
def test_guessing_receipts_is_counted_at_every_door(
    cast: Cast, ask: Callable[[Client], HttpResponse]
) -> None:
    client = Client()
    with clock.frozen(clock.now()):
        assert ask(client).status_code == 404
        for _ in range(LOOK_UPS_PER_MINUTE - 1):
            services.admit_look_up(address="127.0.0.1")
        assert ask(client).status_code == 429


@pytest.mark.slow
def test_who_only_sent_a_team_reads_the_tip_and_decides_nothing(
    cast: Cast, team: Team, evening: datetime
) -> None:
    Team.objects.filter(pk=team.pk).update(organisation_id=FAR_STATION)
    team.refresh_from_db()
    tip = builders.a_tip(callback="138 0000 0000")
    with clock.frozen(evening):
        services.assign(actor=cast.dispatcher.actor, at=clock.now(), tip=tip, team=team)
        guest = cast.outsider.browser()
        assert guest.get(reverse("dispatch:tip", args=[tip.public_id])).status_code == 200
        for deed, said in {
            "reporter": {"purpose": "想知道是谁报告的"},
            "tip_mark": {"mark": "malicious", "reason": "不想去"},
            "tip_urgent": {"flags": [], "reason": "看错了"},
            "tip_close": {"outcome": "not_found"},
        }.items():
            url = reverse(f"dispatch:{deed}", args=[tip.public_id])
            assert guest.post(url, said).status_code == 404, deed
    tip.refresh_from_db()
    assert (tip.mark, tip.state) == ("", Tip.State.ASSIGNED)
