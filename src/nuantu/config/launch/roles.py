"""The database roles: `nuantu` signs in and migrates, `nuantu_app` is what the site acts as.

Neither is a superuser and neither may pass row-level security by. `nuantu_app` may read and write
rows, but of the journal it may only add and read lines.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

LOGIN_ROLE = "nuantu"
RUNTIME_ROLE = "nuantu_app"
EXTENSIONS = ("pg_trgm", "btree_gist", "btree_gin")
APPEND_ONLY = (
    "core_journalentry",
    "core_journalsubject",
    "core_rowhistory",
    "operations_planversion",
)


def prepare_cluster(superuser_url: str, template_url: str) -> None:
    """Make roles, and extensions and default rights in template1, once per cluster."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        make_role(connection, LOGIN_ROLE, "LOGIN CREATEDB")
        make_role(connection, RUNTIME_ROLE, "NOLOGIN")
        connection.execute(f"GRANT {RUNTIME_ROLE} TO {LOGIN_ROLE}")
    with psycopg.connect(template_url, autocommit=True) as connection:
        for extension in EXTENSIONS:
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        grant_by_default(connection, LOGIN_ROLE)


def make_role(connection: psycopg.Connection, name: str, attributes: str) -> None:
    safe = f"{attributes} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    verb = "ALTER" if known else "CREATE"
    connection.execute(f"{verb} ROLE {name} {safe}")


def grant_by_default(connection: psycopg.Connection, owner: str) -> None:
    """Let `nuantu_app` use what `owner` will create; databases made from here inherit it."""
    who = sql.Identifier(owner)
    for what in (
        "SELECT, INSERT, UPDATE, DELETE ON TABLES",
        "USAGE, SELECT ON SEQUENCES",
        "EXECUTE ON FUNCTIONS",
    ):
        connection.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO nuantu_app").format(
                who, sql.SQL(what)
            )
        )
    connection.execute("GRANT USAGE ON SCHEMA public TO nuantu_app")


def create_database(superuser_url: str, name: str) -> None:
    """Create the database, owned by `nuantu`, unless it is there."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", (name,)
        ).fetchone()
        if known is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER nuantu").format(sql.Identifier(name))
            )


def grant_runtime(cursor: Any) -> None:
    """Give `nuantu_app` its rights on what migrations made; run after every migrate.

    `cursor` is Django's or psycopg's.
    """
    cursor.execute("GRANT USAGE ON SCHEMA public TO nuantu_app")
    cursor.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO nuantu_app"
    )
    cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO nuantu_app")
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relname = ANY(%s)",
        (list(APPEND_ONLY),),
    )
    for (table,) in cursor.fetchall():
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM nuantu_app")
