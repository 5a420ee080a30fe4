"""What strangers send on purpose: numbers that are none, dates before all time, guessed receipts."""

import pytest
from django.test import Client
from django.urls import reverse

from nuantu.accounts.services import issue_token
from nuantu.core import clock
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.georeport import SERVICES
from tests.cast import Cast

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


@pytest.mark.parametrize(
    ("ask", "stopped"),
    [
        (lambda client: client.get(f"{BASE}/requests/ABCDEFGHJK.json"), 429),
        (lambda client: client.get(reverse("dispatch:receipt_picture", args=["ABCDEFGHJK"])), 404),
        (
            lambda client: client.post(
                "/api/v1/tips/receipt/ABCDEFGHJK/still-there",
                {"note": ""},
                content_type="application/json",
            ),
            422,
        ),
    ],
)
def test_guessing_receipts_is_counted_at_every_door(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, ask: object, stopped: int
) -> None:
    for module in ("api.receipts", "views.public"):
        monkeypatch.setattr(f"nuantu.dispatch.{module}.LOOK_UPS_PER_MINUTE", 1)
    client = Client()
    assert callable(ask)
    with clock.frozen(clock.now()):
        first, second = ask(client), ask(client)
    assert (first.status_code, second.status_code) == (404, stopped)
