"""The sealed stream of a backup: whole and unchanged, or refused.

The header says what its key cost; here keys are cheap, save where that is the point.
"""

import io
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuantu.config.launch.backups import sealing
from nuantu.config.launch.trouble import Trouble

SECRET = "冬天的第一床被子"
SHIPPED = sealing.SCRYPT_LOG_N


@pytest.fixture(scope="module", autouse=True)
def _cheap_keys() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "SCRYPT_LOG_N", 8)
        yield


@pytest.mark.slow
def test_a_key_is_dear_as_shipped_and_the_header_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """2^16 rounds over 8 blocks are 64 MB for each guess at a passphrase."""
    monkeypatch.setattr(sealing, "SCRYPT_LOG_N", SHIPPED)
    stream = sealing.seal(b"rest", SECRET)
    assert stream[sealing.HEADER_BYTES - 1] == SHIPPED >= 16
    monkeypatch.setattr(sealing, "SCRYPT_LOG_N", 8)
    assert sealing.unseal(stream, SECRET) == b"rest"
    with pytest.raises(Trouble, match="口令不对"):
        sealing.unseal(stream, SECRET + "。")


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """Two full chunks and a rest."""
    return sealing.seal(b"\x00\x01" * sealing.CHUNK_BYTES + b"rest", SECRET)


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.binary(max_size=3000), st.lists(st.integers(1, 700), max_size=8))
def test_what_goes_in_comes_out(content: bytes, pieces: list[int]) -> None:
    """However the writing is cut into pieces."""
    target = io.BytesIO()
    writer = sealing.SealedWriter(target, SECRET)
    rest = content
    for size in pieces:
        writer.write(rest[:size])
        rest = rest[size:]
    writer.write(rest)
    writer.close()
    assert sealing.unseal(target.getvalue(), SECRET) == content


@pytest.mark.parametrize("around", [-1, 0, 1])
def test_lengths_around_a_chunk_come_out_whole(around: int) -> None:
    content = b"x" * (2 * sealing.CHUNK_BYTES + around)
    assert sealing.unseal(sealing.seal(content, SECRET), SECRET) == content


def test_a_wrong_passphrase_is_refused(sealed: bytes) -> None:
    with pytest.raises(Trouble, match="口令不对"):
        sealing.unseal(sealed, SECRET + "。")


@pytest.mark.parametrize("at", [len(sealing.MAGIC) + 3, sealing.HEADER_BYTES + 9, -5])
def test_a_changed_byte_is_noticed(sealed: bytes, at: int) -> None:
    """In the header, in the first chunk, in the last tag."""
    changed = bytearray(sealed)
    changed[at] ^= 1
    with pytest.raises(Trouble):
        sealing.unseal(bytes(changed), SECRET)


def test_a_stream_cut_off_at_a_chunk_is_noticed(sealed: bytes) -> None:
    """The last chunk carries a flag, so the end cannot be moved."""
    whole_chunks = sealing.HEADER_BYTES + 2 * (sealing.CHUNK_BYTES + sealing.TAG_BYTES)
    with pytest.raises(Trouble, match="不完整"):
        sealing.unseal(sealed[:whole_chunks], SECRET)


def test_chunks_that_changed_places_are_noticed(sealed: bytes) -> None:
    size = sealing.CHUNK_BYTES + sealing.TAG_BYTES
    head, body = sealed[: sealing.HEADER_BYTES], sealed[sealing.HEADER_BYTES :]
    with pytest.raises(Trouble):
        sealing.unseal(head + body[size : 2 * size] + body[:size] + body[2 * size :], SECRET)


def test_another_file_is_refused() -> None:
    with pytest.raises(Trouble, match="不是暖途的备份"):
        sealing.unseal(b"PK\x03\x04 something else entirely, and long enough", SECRET)


def test_the_same_content_is_never_sealed_the_same_way() -> None:
    assert sealing.seal(b"same", SECRET) != sealing.seal(b"same", SECRET)
