"""A test with real transactions leaves no row to the next."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests import builders
from tests.cast import assemble
from tests.database import KEPT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def _filled() -> set[str]:
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        found = set()
        for table in tables:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
            if cursor.fetchone() == (True,):
                found.add(table)
    return found


def test_a_season_leaves_nothing_behind() -> None:
    assemble()
    builders.a_season()
    assert len(_filled()) > 10
    call_command("flush", interactive=False, verbosity=0)
    assert _filled() <= KEPT
