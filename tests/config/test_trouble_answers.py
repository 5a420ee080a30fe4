"""What people and programs are told when the database is gone or its disk is full."""

import json

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from nuantu.config.views import server_error


def told(address: str) -> HttpResponse:
    """The answer while the database does not do what it was asked."""
    request = RequestFactory().post(address)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(2)")
    except OperationalError:
        return server_error(request)
    raise AssertionError("the database answered")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/tips", "/open311/v2/requests.json"])
def test_a_program_is_told_to_come_again(address: str) -> None:
    answer = told(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "没有保存" in json.loads(answer.content)["detail"]


@pytest.mark.django_db
def test_a_person_gets_a_page_with_the_emergency_numbers() -> None:
    answer = told("/report/where/")
    assert answer.status_code == 500
    assert "120" in answer.content.decode()


def test_a_fault_of_ours_is_json_for_a_program_and_no_invitation_to_repeat() -> None:
    answer = server_error(RequestFactory().post("/api/v1/tips"))
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers
    assert "没有保存" in json.loads(answer.content)["detail"]
