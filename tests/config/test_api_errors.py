"""What programs are told when something is wrong: always JSON, in the language they ask for."""

import json

import pytest
from django.test import Client
from tools.reference_pages.interface import all_addresses

from nuantu.accounts.services import issue_token
from nuantu.config.api import api
from nuantu.core import clock
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TIPS = "/api/v1/tips"


def program(cast: Cast, language: str) -> Client:
    user = cast.dispatcher.user
    assert user is not None
    token = issue_token(actor=cast.dispatcher.actor, at=clock.now(), name="program", user=user)
    return Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": language})


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "没有找到，或者不属于这个令牌的单位"), ("en", "not of the organisation of this token")],
)
def test_what_is_not_there_is_said_in_the_language_asked_for(
    cast: Cast, language: str, words: str
) -> None:
    answer = program(cast, language).get(f"{TIPS}/00000000-0000-7000-8000-000000000009")
    assert answer.status_code == 404
    assert words.lower() in answer.json()["detail"].lower()


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "没有这个接口地址"), ("en", "no such endpoint")]
)
@pytest.mark.parametrize("url", ["/api/v1/nothing", "/open311/v2/tokens/1.json"])
def test_an_address_that_is_none_is_answered_as_json(url: str, language: str, words: str) -> None:
    answer = Client(headers={"Accept-Language": language}).get(url)
    assert answer.status_code == 404
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "zh", "en"),
    [
        ("limit=100000", "不能大于 200", "less than or equal to 200"),
        ("offset=-1", "不能小于 0", "greater than or equal to 0"),
        ("limit=many", "应是整数", "valid integer"),
        ("since=then", "应是日期，写成 2026-12-05", "valid date"),
    ],
)
def test_a_wrong_question_says_what_to_mend(cast: Cast, asked: str, zh: str, en: str) -> None:
    for language, words in (("zh", zh), ("en", en)):
        answer = program(cast, language).get(f"{TIPS}?{asked}")
        assert answer.status_code == 422
        (fault,) = answer.json()["detail"]
        assert fault["loc"] == ["query", asked.partition("=")[0]]
        assert words in fault["msg"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "应是 UTF-8 编码的 JSON"), ("en", "JSON in UTF-8")]
)
def test_a_body_that_is_no_json_is_said_so(language: str, words: str) -> None:
    answer = Client(headers={"Accept-Language": language}).post(
        TIPS, "{not json", content_type="application/json"
    )
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "zh", "en"),
    [
        ("status=nix", "status 只能是 open 或 closed", "status is open or closed"),
        ("service_code=nope", "没有这个 service_code", "nope is not known"),
        ("start_date=2026-99-01", "不是有效的时间", "not a W3C date-time"),
    ],
)
def test_open311_refuses_a_filter_that_means_nothing(
    cast: Cast, asked: str, zh: str, en: str
) -> None:
    for language, words in (("zh", zh), ("en", en)):
        answer = program(cast, language).get(f"/open311/v2/requests.json?{asked}")
        assert answer.status_code == 400
        assert words in answer.json()[0]["description"]


def test_the_contract_names_the_errors_of_every_operation() -> None:
    assert all_addresses(), "the addresses are loaded"
    paths = json.loads(json.dumps(api.get_openapi_schema()))["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            named = set(operation["responses"])
            if operation.get("security"):
                assert {"401", "403"} <= named, f"{method} {path}"
            if "{" in path:
                assert "404" in named, f"{method} {path}"
