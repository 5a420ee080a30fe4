"""The database itself lets nobody see what is not his."""

import pytest
from django.db import connection

from tests.policy.schema import label, our_models, scoped_models

pytestmark = pytest.mark.django_db

OPEN_TABLES = {
    "accounts.Division": "the public table of places",
    "accounts.Organisation": "names of authorities are public",
    "accounts.User": "read before there is a scope; managed through access only",
    "accounts.Grant": "the policies themselves read it",
    "accounts.ApiToken": "read before there is a scope; holds hashes only",
    "accounts.NotificationChannel": "kept by the administrator; address and secret are sealed",
    "accounts.DivisionImport": "uploaded tables of public places, for the administrator",
    "accounts.Delivery": "event, number and path of a message: no name, no place",
    "papers.PaperCounter": "the last number of each office, kind and year: nothing of a paper",
    "operations.Operation": "plans in force are read by every county and shown to the public",
    "operations.PlanRule": "as the plan",
    "operations.PlanVersion": "as the plan",
    "operations.LevelState": "the level of a county is public",
    "operations.Team": "teams are found across county lines when one county has none free",
    "operations.TeamMember": "as the team",
    "operations.Shift": "as the team",
    "operations.WatchShift": "who is on duty must be found by every county at night",
    "core.ReferenceToken": "says that public reference tables changed, nothing else",
    "core.JournalChain": "heads of chains: digests, no content",
    "core.DataKey": "keys wrapped by a master key outside the database",
    "core.RateWindow": "counts requests, says nothing about people",
    "core.Installation": "one row: demo or live",
}


def _security() -> dict[str, tuple[bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
        return {name: (enabled, forced) for name, enabled, forced in cursor.fetchall()}


def _policies() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, cmd, coalesce(qual, with_check, '') FROM pg_policies")
        for table, command, expression in cursor.fetchall():
            commands = found.setdefault(table, {})
            commands[command] = f"{commands.get(command, '')} {expression}"
    return found


def test_row_security_binds_every_table_of_ours() -> None:
    """Enabled and forced, so that the owner of the table obeys it too; the open ones are named."""
    state = _security()
    loose = [
        label(model)
        for model in our_models()
        if label(model) not in OPEN_TABLES and state[model._meta.db_table] != (True, True)
    ]
    assert scoped_models()
    assert not loose, loose


def test_open_tables_hold_nothing_of_a_case() -> None:
    """A table that left the list of models, or that carries scope columns, may not stay open."""
    by_label = {label(model): model for model in our_models()}
    assert set(OPEN_TABLES) <= set(by_label), set(OPEN_TABLES) - set(by_label)
    scoped = {label(model) for model in scoped_models()}
    assert not scoped & set(OPEN_TABLES)


def test_every_protected_table_can_be_read_under_a_condition() -> None:
    """Without a policy for a command the database refuses it; none may be open to everybody."""
    state, policies = _security(), _policies()
    tables = [m._meta.db_table for m in our_models() if state[m._meta.db_table][0]]
    assert tables
    unreadable = [table for table in tables if not {"SELECT", "ALL"} & set(policies.get(table, {}))]
    wide_open = [
        f"{table} {command}"
        for table in tables
        for command, expression in policies.get(table, {}).items()
        if command in {"SELECT", "UPDATE", "DELETE", "ALL"} and expression.strip() == "true"
    ]
    assert not unreadable + wide_open, unreadable + wide_open


def test_scoped_tables_are_seen_by_owner_overseer_and_grant_only() -> None:
    """The house policy, word for word in the database."""
    policies = _policies()
    wrong = []
    for model in scoped_models():
        seen = policies.get(model._meta.db_table, {}).get("SELECT", "")
        if not all(
            part in seen for part in ("app.org", "app.prefix", "app.system", "nuantu_granted_cases")
        ):
            wrong.append(label(model))
    assert not wrong, wrong


def test_without_a_scope_nothing_is_seen_and_nothing_can_be_added() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.system', '', false)")
        cursor.execute("SELECT count(*) FROM core_storedfile")
        assert cursor.fetchone() == (0,)
    from django.db import DatabaseError, transaction

    from nuantu.core.models import StoredFile

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        StoredFile.objects.create(
            division_code="522601000000",
            owner_org="JZ-522601",
            purpose="evidence",
            media_type="image/jpeg",
            width=1,
            height=1,
            size_bytes=1,
        )


def test_the_running_role_can_neither_change_nor_pass_by() -> None:
    """The login of the site is no superuser and may not bypass row security."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
