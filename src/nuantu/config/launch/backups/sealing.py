"""An encrypted stream under a passphrase: AES-256-GCM in chunks, the key by scrypt.

Header: magic, salt, nonce prefix, log2 of scrypt's n; it is bound to every chunk. Each chunk's
nonce is prefix, counter and a flag on the last one (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár), so chunks taken out, moved or cut off at the end are noticed.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nuantu.config.launch.trouble import Trouble

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"NUANTU-SEALED-1\n"
SALT_BYTES = 16
PREFIX_BYTES = 7
SCRYPT_LOG_N = 16
CHUNK_BYTES = 1 << 20
TAG_BYTES = 16
HEADER_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES + 1


def _key(passphrase: str, salt: bytes, log_n: int) -> bytes:
    return hashlib.scrypt(
        passphrase.encode(), salt=salt, n=1 << log_n, r=8, p=1, maxmem=1 << 28, dklen=32
    )


def _nonce(prefix: bytes, counter: int, is_last: bool) -> bytes:
    return prefix + counter.to_bytes(4, "big") + bytes([is_last])


class SealedWriter(io.RawIOBase):
    """Encrypts what is written; only `close` makes the stream whole."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt, self._prefix = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(PREFIX_BYTES)
        self._header = MAGIC + salt + self._prefix + bytes([SCRYPT_LOG_N])
        self._cipher = AESGCM(_key(passphrase, salt, SCRYPT_LOG_N))
        self._target = target
        self._waiting = bytearray()
        self._counter = 0
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        piece = bytes(data)
        self._waiting += piece
        while len(self._waiting) > CHUNK_BYTES:
            self._flush_chunk(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(piece)

    def _flush_chunk(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._counter, is_last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._header))
        self._counter += 1

    def close(self) -> None:
        if not self.closed:
            self._flush_chunk(bytes(self._waiting), is_last=True)
        super().close()


class SealedReader(io.RawIOBase):
    """Decrypts a stream; raises Trouble for a wrong passphrase, a changed or a cut-off stream."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        header = source.read(HEADER_BYTES)
        if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
            raise Trouble("这不是暖途的备份文件。", "This is not a Nuantu backup.")
        salt = header[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        self._prefix = header[-PREFIX_BYTES - 1 : -1]
        log_n = min(header[-1], 20)
        self._cipher = AESGCM(_key(passphrase, salt, log_n))
        self._header = header
        self._source = source
        self._next = source.read(CHUNK_BYTES + TAG_BYTES)
        self._counter = 0
        self._plain = memoryview(b"")
        self._is_done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._plain and not self._is_done:
            self._open_chunk()
        room = memoryview(buffer)
        count = min(len(room), len(self._plain))
        room[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def _open_chunk(self) -> None:
        chunk, self._next = self._next, self._source.read(CHUNK_BYTES + TAG_BYTES)
        nonce = _nonce(self._prefix, self._counter, not self._next)
        try:
            self._plain = memoryview(self._cipher.decrypt(nonce, chunk, self._header))
        except InvalidTag as error:
            raise self._unreadable() from error
        self._is_done = not self._next
        self._counter += 1

    def _unreadable(self) -> Trouble:
        if self._counter == 0:
            return Trouble(
                "口令不对，或文件开头已损坏。",
                "The passphrase is wrong, or the beginning of the file is damaged.",
            )
        return Trouble(
            "备份文件已损坏或不完整，请改用另一份备份。",
            "The backup is damaged or cut off; use another one.",
        )


def seal(content: bytes, passphrase: str) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, passphrase)
    writer.write(content)
    writer.close()
    return target.getvalue()


def unseal(content: bytes, passphrase: str) -> bytes:
    return io.BufferedReader(SealedReader(io.BytesIO(content), passphrase)).read()
