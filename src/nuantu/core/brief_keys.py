"""Keys that no backup outlives: each lies in a file of its own, outside the database and left out of every backup.

What they seal is read for a term and never after it. Once the file is gone nobody reads it again, whatever is
restored; a machine that is lost takes it along. AES-256-GCM (RFC 5116), the key's name bound as associated data.
"""

import hashlib
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FOLDER: Final = "brief-keys"
_BYTES: Final = 32
_NONCE: Final = 12


class BriefKeyGone(Exception):
    """The key was destroyed, or lay on a machine that is lost."""


def _path(ref: UUID) -> Path:
    name = ref.hex
    return Path(settings.NUANTU_DATA) / FOLDER / name[-2:] / name


def make(ref: UUID) -> str:
    """Make a key under a name that is new; its digest (SHA-256, hex), by which its end is proved."""
    path = _path(ref)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(key).hexdigest()


def is_there(ref: UUID) -> bool:
    """Whether the key can still be read."""
    return _path(ref).is_file()


def destroy(ref: UUID) -> bool:
    """Take a key away for ever: overwritten, then removed; whether there was one."""
    path = _path(ref)
    try:
        with path.open("r+b") as file:
            file.write(bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    finally:
        _cipher.cache_clear()
    return True


@lru_cache(maxsize=4096)
def _cipher(path: Path, changed_ns: int) -> AESGCM:
    return AESGCM(path.read_bytes())


def _opened(ref: UUID) -> AESGCM:
    """The cipher of a key; asked of the file each time, because another process may have destroyed it."""
    path = _path(ref)
    try:
        return _cipher(path, path.stat().st_mtime_ns)
    except (FileNotFoundError, ValueError) as error:
        raise BriefKeyGone(ref) from error


def seal(ref: UUID, content: bytes) -> bytes:
    """Encrypt under a key. Raises BriefKeyGone."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _opened(ref).encrypt(nonce, content, ref.bytes)


def unseal(ref: UUID, content: bytes) -> bytes:
    """What was sealed. Raises BriefKeyGone, also for what this key never sealed."""
    try:
        return _opened(ref).decrypt(content[:_NONCE], content[_NONCE:], ref.bytes)
    except InvalidTag as error:
        raise BriefKeyGone(ref) from error


def names() -> set[UUID]:
    """Every key that lies there."""
    folder = Path(settings.NUANTU_DATA) / FOLDER
    return {UUID(hex=path.name) for path in folder.glob("??/*") if len(path.name) == _BYTES}
