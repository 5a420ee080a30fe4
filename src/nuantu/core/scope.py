"""What the database lets this transaction see.

Row-level security reads settings that live only as long as the transaction: `app.org` (whose
rows), `app.prefix` (overseen divisions), `app.system`, `app.public` and `app.receipt` (the one tip
a receipt opens), `app.narrow` (no medical rows). `app.actor` goes into the row history. Without a scope nothing is seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from nuantu.core import clock
from nuantu.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Scope:
    """The settings the policies read."""

    org: str = ""
    prefix: str = ""
    is_system: bool = False
    is_public: bool = False
    receipt: str = ""
    actor: str = ""
    is_narrow: bool = False
    reads_risks: bool = False


NOBODY = Scope()
SYSTEM_SCOPE = Scope(is_system=True, reads_risks=True)

# True while this thread or task works in a transaction that `enter` or `system` elevated.
_is_elevated: ContextVar[bool] = ContextVar("nuantu_is_elevated", default=False)
# True while whoever reads may be told which risk somebody is at; elevation does not change the reader.
_reads_risks: ContextVar[bool] = ContextVar("nuantu_reads_risks", default=False)

_SETTINGS = (
    "app.org",
    "app.prefix",
    "app.system",
    "app.public",
    "app.receipt",
    "app.actor",
    "app.narrow",
    "app.now",
)
_WRITE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS)
# PostgreSQL evaluates a select list from left to right: a value is read before it is changed.
_EXCHANGE = "SELECT " + ", ".join(
    f"coalesce(current_setting('{name}', true), ''), set_config('{name}', %s, true)"
    for name in _SETTINGS
)
_ELEVATE = """
SELECT coalesce(current_setting('app.system', true), ''), set_config('app.system', 'on', true),
  set_config('app.now', %s, true)
"""


def of_actor(actor: Actor) -> Scope:
    """The scope an actor works in."""
    if actor.is_system:
        return SYSTEM_SCOPE
    if actor.is_public:
        return Scope(is_public=True, actor=actor.public_id)
    return Scope(
        org=actor.org_code,
        prefix=actor.prefix,
        actor=actor.public_id,
        is_narrow=actor.is_narrow,
        reads_risks=actor.reads_risks,
    )


def _values(scope: Scope) -> list[str]:
    return [
        scope.org,
        scope.prefix,
        "on" if scope.is_system else "",
        "on" if scope.is_public else "",
        scope.receipt,
        scope.actor,
        "on" if scope.is_narrow else "",
        clock.now().isoformat(),
    ]


@contextmanager
def enter(scope: Scope) -> Iterator[None]:
    """One transaction in which the policies see `scope`; the scope before it comes back after.

    An exception rolls the transaction back; inside another transaction it rolls back to its
    own savepoint.
    """
    values = _values(scope)
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            before: tuple[str, ...] | None = None
            cursor.execute(_EXCHANGE if is_nested else _WRITE, values)
            if is_nested:
                before = cursor.fetchone()[::2]
        mark, reader = _is_elevated.set(scope.is_system), _reads_risks.set(scope.reads_risks)
        try:
            yield
        finally:
            _is_elevated.reset(mark)
            _reads_risks.reset(reader)
        if before is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(_WRITE, list(before))


@contextmanager
def system(reason: str) -> Iterator[None]:
    """Write what belongs to another organisation, for the reason named.

    The caller has checked the right already; the reason is there for whoever reads the code.
    """
    if not reason:
        raise ValueError("elevation needs its reason")
    is_nested = connection.in_atomic_block
    if is_nested and _is_elevated.get():
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ELEVATE, [clock.now().isoformat()])
            (before, *_) = cursor.fetchone()
        mark = _is_elevated.set(True)
        try:
            yield
        finally:
            _is_elevated.reset(mark)
        if is_nested and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.system', %s, true)", [before])


@contextmanager
def public(receipt: str = "") -> Iterator[None]:
    """What somebody without an account may see: the row whose receipt hash is `receipt`."""
    with enter(Scope(is_public=True, receipt=receipt)):
        yield


def become(scope: Scope) -> None:
    """Change the scope of the running transaction, for a request that proves who it is half-way (API token)."""
    if not connection.in_atomic_block:
        raise RuntimeError("a scope lives in a transaction")
    _reads_risks.set(scope.reads_risks)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, _values(scope))


def reads_risks() -> bool:
    """Whether whoever reads may be told which risk somebody is at."""
    return _reads_risks.get()


def acting() -> str:
    """The account in whose scope the transaction runs, also while it is elevated; empty for none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.actor', true), '')")
        return str(cursor.fetchone()[0])


def depth() -> int:
    """In how many savepoints the running transaction stands."""
    return sum(name is not None for name in connection.savepoint_ids)
