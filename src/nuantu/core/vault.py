"""Keys: a master key in a file outside the database, a data key per case wrapped by it.

Tokens look like `s1.<key_ref>.<base64 nonce+ciphertext>` (AES-256-GCM, RFC 5116; the key's
reference is bound as associated data). Losing the key file loses every sealed value: it is
backed up apart from the database.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.core.models import DataKey

NONCE_BYTES = 12
PREFIX = "s1"
PASSING = "p1"
_GONE = _("这份资料的密钥已销毁，内容不能再读取。")
_READ = "SELECT wrapped, master, destroyed_at FROM core_datakey WHERE key_ref = %s"
_MAKE = """
INSERT INTO core_datakey (key_ref, wrapped, master) VALUES (%s, %s, %s)
ON CONFLICT DO NOTHING RETURNING key_ref
"""


class KeyDestroyed(Refusal):
    """The data key was destroyed by an erasure; what it sealed cannot be read by anybody."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The master keys by name, which one is current, and the key of the search hashes."""

    current: str
    masters: dict[str, bytes]
    index: bytes


@dataclass(frozen=True, slots=True)
class _Held:
    """Data keys opened since the savepoint `depth`, those made in it, and those made deeper."""

    depth: int
    keys: dict[UUID, bytes]
    made: set[UUID] = field(default_factory=set)
    made_deeper: set[UUID] = field(default_factory=set)

    def take(self, inner: "_Held") -> None:
        """Hold on to what a block inside has opened, unless a savepoint between may be taken back."""
        is_next = inner.depth - self.depth <= 1
        (self.made if is_next else self.made_deeper).update(inner.made)
        self.made_deeper.update(inner.made_deeper)
        kept = {ref: key for ref, key in inner.keys.items() if ref not in self.made_deeper}
        self.keys.update(kept)


_held: ContextVar[_Held | None] = ContextVar("data keys of one page", default=None)


def _path() -> Path:
    return Path(settings.NUANTU_KEY_FILE)


def load() -> KeyFile:
    """Read the key file; make it (mode 0600) on the very first use."""
    path = _path()
    if not path.exists():
        _write(KeyFile("m1", {"m1": secrets.token_bytes(32)}, secrets.token_bytes(32)), fresh=True)
    raw = json.loads(path.read_text())
    return KeyFile(
        raw["current"],
        {name: base64.b64decode(value) for name, value in raw["masters"].items()},
        base64.b64decode(raw["index"]),
    )


def _write(keys: KeyFile, *, fresh: bool = False) -> None:
    """Replace the key file in one step, so that a power cut leaves the old or the new one whole."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    body = json.dumps(
        {
            "current": keys.current,
            "masters": {n: base64.b64encode(v).decode() for n, v in keys.masters.items()},
            "index": base64.b64encode(keys.index).decode(),
        },
        indent=1,
    )
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
    with os.fdopen(handle, "w") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        # Two first starts at once must end with one file: link fails where one already stands.
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    else:
        Path(name).replace(path)


def _encrypt(key: bytes, text: bytes, bound: bytes) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, text, bound)).decode()


def _decrypt(key: bytes, token: str, bound: bytes) -> bytes:
    raw = base64.urlsafe_b64decode(token)
    try:
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound)
    except InvalidTag as error:
        raise Refusal(_("密文与密钥不符：密钥文件可能不是这个数据库的。")) from error


@contextmanager
def holding() -> Iterator[None]:
    """Keep each data key that is opened until the end: a page reads many lines of one case.

    A key that was made in a savepoint is kept only with it: taken back, it never was.
    """
    outside = _held.get()
    own = _Held(scope.depth(), dict(outside.keys) if outside else {})
    token = _held.set(own)
    try:
        yield
    finally:
        _held.reset(token)
    if outside is not None:
        outside.take(own)


def _data_key(key_ref: UUID, *, make: bool) -> bytes:
    held = _held.get()
    if held is not None and key_ref in held.keys:
        return held.keys[key_ref]
    key = _opened_key(key_ref)
    if key is None and make:
        key = _made_key(key_ref)
        if held is not None:
            (held.made if held.depth == scope.depth() else held.made_deeper).add(key_ref)
    if key is None:
        raise KeyDestroyed(_GONE)
    if held is not None and key_ref not in held.made_deeper:
        held.keys[key_ref] = key
    return key


def _opened_key(key_ref: UUID) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [key_ref])
        row = cursor.fetchone()
    if row is None:
        return None
    wrapped, master, destroyed_at = row
    if destroyed_at:
        raise KeyDestroyed(_GONE)
    return _decrypt(load().masters[master], wrapped, key_ref.bytes)


def _made_key(key_ref: UUID) -> bytes | None:
    """A fresh key, or the one that somebody else made meanwhile."""
    keys, key = load(), secrets.token_bytes(32)
    wrapped = _encrypt(keys.masters[keys.current], key, key_ref.bytes)
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, [key_ref, wrapped, keys.current])
        is_own = cursor.fetchone() is not None
    return key if is_own else _opened_key(key_ref)


def seal(key_ref: UUID, text: str) -> str:
    """Encrypt under the data key `key_ref`, made on first use."""
    return f"{PREFIX}.{key_ref.hex}.{_encrypt(_data_key(key_ref, make=True), text.encode(), key_ref.bytes)}"


def unseal(token: str) -> str:
    """The text behind a token. Raises KeyDestroyed after erasure."""
    key_ref = reference(token)
    return _decrypt(_data_key(key_ref, make=False), token.split(".", 2)[2], key_ref.bytes).decode()


def seal_bytes(key_ref: UUID, content: bytes) -> bytes:
    """Encrypt a file's content under the data key."""
    return _encrypt(_data_key(key_ref, make=True), content, key_ref.bytes).encode()


def unseal_bytes(key_ref: UUID, token: bytes) -> bytes:
    """A file's content back."""
    return _decrypt(_data_key(key_ref, make=False), token.decode(), key_ref.bytes)


def reference(token: str) -> UUID:
    """Which data key a token needs."""
    return UUID(hex=token.split(".", 2)[1])


def seal_passing(text: str, bound: str) -> str:
    """Encrypt what lives for minutes under the master key itself, bound to `bound`.

    No data key is made for it; after a rotation it cannot be opened any more.
    """
    keys = load()
    cipher = _encrypt(keys.masters[keys.current], text.encode(), f"passing:{bound}".encode())
    return f"{PASSING}.{keys.current}.{cipher}"


def unseal_passing(token: str, bound: str) -> str | None:
    """The passing text; nothing when it was changed, bound to something else or its key is gone."""
    kind, _dot, rest = token.partition(".")
    name, _dot, cipher = rest.partition(".")
    master = load().masters.get(name)
    if kind != PASSING or master is None:
        return None
    try:
        return _decrypt(master, cipher, f"passing:{bound}".encode()).decode()
    except (Refusal, ValueError):
        return None


def keyed_hash(text: str) -> str:
    """A hash for exact search that only this installation can compute (HMAC-SHA-256)."""
    return hmac.new(load().index, text.encode(), hashlib.sha256).hexdigest()


def rotate() -> int:
    """Make a new master key and wrap every living data key with it; the number of keys re-wrapped.

    1. The new master is added to the key file before any row uses it, so that a stop half-way
       leaves every row readable. 2. Each row is re-wrapped by itself; a second run finishes.
    3. Only when no row needs an old master is it dropped from the file.
    """
    keys = load()
    name = f"m{max(int(n[1:]) for n in keys.masters) + 1}"
    masters = {**keys.masters, name: secrets.token_bytes(32)}
    _write(KeyFile(name, masters, keys.index))
    count = 0
    for row in DataKey.objects.filter(destroyed_at=None).exclude(master=name).iterator():
        plain = _decrypt(masters[row.master], row.wrapped, row.key_ref.bytes)
        count += DataKey.objects.filter(
            key_ref=row.key_ref, master=row.master, destroyed_at=None
        ).update(wrapped=_encrypt(masters[name], plain, row.key_ref.bytes), master=name)
    needed = set(DataKey.objects.filter(destroyed_at=None).values_list("master", flat=True)) | {
        name
    }
    _write(KeyFile(name, {n: v for n, v in masters.items() if n in needed}, keys.index))
    return count


def destroy(key_ref: UUID, *, even_unused: bool = False) -> bool:
    """Destroy a data key for ever; whether there was one.

    `even_unused` shuts a key that nothing was sealed with yet, so that nothing ever will be.
    """
    if even_unused:
        DataKey.objects.bulk_create([DataKey(key_ref=key_ref)], ignore_conflicts=True)
    return bool(
        DataKey.objects.filter(key_ref=key_ref, destroyed_at=None).update(
            wrapped="", master="", destroyed_at=clock.now()
        )
    )
