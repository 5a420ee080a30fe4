"""Earlier versions of a row are kept by the database itself."""

import pytest
from django.db import connection

from nuantu.accounts.models import User
from nuantu.core import scope
from nuantu.core.models import RowHistory
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_nobody_reads_or_changes_the_history_through_a_page(cast: Cast) -> None:
    User.objects.filter(login=cast.operator.account.login).update(name="改名")
    with scope.enter(scope.of_actor(cast.admin.actor)):
        assert not RowHistory.objects.exists()
    assert RowHistory.objects.update(changed_by="x") == 0
    assert not RowHistory.objects.filter(changed_by="x").exists()


def test_plain_sql_leaves_the_version_before(cast: Cast) -> None:
    user = cast.operator.user
    assert user is not None
    with scope.enter(scope.Scope(org="x", actor="somebody")), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET name = '改名' WHERE public_id = %s", [user.public_id]
        )
    kept = RowHistory.objects.get(table_name="accounts_user", row_id=user.public_id)
    assert (kept.operation, kept.changed_by, kept.before["name"]) == (
        "UPDATE",
        "somebody",
        user.name,
    )
