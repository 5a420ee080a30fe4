"""What sent a patient to a hospital lies sealed; who of the staff was ill is forgotten in time."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from nuantu.core import clock, scope
from nuantu.core.erasure import opened
from nuantu.core.models import JournalEntry
from nuantu.stays.models import CloseContact, HospitalCare, Infection
from nuantu.stays.selectors.health.measured import signs_of
from nuantu.stays.services import health
from nuantu.stays.services.health.keeping import sweep_staff_illness
from tests.cast import Cast
from tests.stays.house import NIGHT
from tests.stays.patients import a_care

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
SIGN = "suspected_mental_disorder"


ROWS = "SELECT coalesce(string_agg(t::text, ' '), '') FROM stays_hospitalcare t"
VERSIONS = "SELECT coalesce(string_agg(before::text, ' '), '') FROM core_rowhistory"


def _stored(sql: str) -> str:
    with scope.system("a test looks"), connection.cursor() as cursor:
        cursor.execute(sql)
        (found,) = cursor.fetchone()
    return str(found)


@pytest.mark.slow
def test_signs_are_nowhere_in_the_clear_and_read_by_whoever_heals(cast: Cast, as_: As) -> None:
    care = a_care(cast, signs=(SIGN,))
    with as_(cast.medic):
        health.put_found(
            actor=cast.medic.actor, at=NIGHT, care=care, found="relief_object", words="无家可归"
        )
        assert signs_of(HospitalCare.objects.get()) == (SIGN,)
    assert SIGN not in _stored(ROWS) + _stored(VERSIONS)


def test_rows_and_versions_from_before_are_sealed_and_come_back(cast: Cast) -> None:
    care = a_care(cast)
    module = import_module("nuantu.stays.migrations.0031_signs_of_cares_sealed")
    editor = SimpleNamespace(connection=connection)
    with scope.system("the migration runs"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE stays_hospitalcare ADD COLUMN signs varchar(32)[]")
        for signs in ([SIGN], [SIGN, "injury"]):
            cursor.execute("UPDATE stays_hospitalcare SET signs = %s", [signs])
        assert SIGN in _stored(VERSIONS)
        module.seal(None, editor)
        cursor.execute("SELECT before->>'seen' FROM core_rowhistory WHERE before->>'seen' <> ''")
        assert len(cursor.fetchall()) == 1
        cursor.execute("UPDATE stays_hospitalcare SET signs = NULL")
        module.unseal(None, editor)
        cursor.execute("SELECT signs FROM stays_hospitalcare")
        assert cursor.fetchone() == ([SIGN, "injury"],)
        cursor.execute("ALTER TABLE stays_hospitalcare DROP COLUMN signs")
        assert signs_of(HospitalCare.objects.get(pk=care.pk)) == (SIGN, "injury")


def _ill(cast: Cast) -> Infection:
    actor = cast.medic.actor
    row = health.report(
        actor=actor,
        at=NIGHT,
        known=health.Report("confirmed", "流感", NIGHT, staff_name="李接待"),
    )
    health.add_contact(actor=actor, at=NIGHT, infection=row, how="met", staff_name="杨照料")
    return row


@pytest.mark.slow
def test_an_ill_colleague_is_forgotten_after_the_term_and_not_while_it_goes_on(
    cast: Cast, as_: As
) -> None:
    with as_(cast.medic):
        row, still = _ill(cast), _ill(cast)
        near = row.contacts.get()
        health.release(actor=cast.medic.actor, at=NIGHT, contact=near, words="阴性")
        with clock.frozen(NIGHT):
            health.end_infection(actor=cast.medic.actor, at=NIGHT, infection=row, end="recovered")
    assert sweep_staff_illness(at=NIGHT + timedelta(days=90)) == 0
    assert sweep_staff_illness(at=NIGHT + timedelta(days=91)) == 1
    assert sweep_staff_illness(at=NIGHT + timedelta(days=91)) == 0
    with scope.system("a test looks"):
        row.refresh_from_db()
        near.refresh_from_db()
        assert (row.staff_name, near.staff_name) == ("〔已删除〕", "〔已删除〕")
        assert opened(row.illness) == "〔已删除〕"
        assert Infection.objects.get(pk=still.pk).staff_name == "李接待"
        assert CloseContact.objects.get(infection=still).staff_name == "杨照料"
        line = JournalEntry.objects.get(verb="core.key.destroy")
        assert "保存到" in line.basis
        versions = _stored(VERSIONS)
    assert '"staff_name": "李接待"' not in versions
