"""Files of letters without a database: whatever was altered is refused, and only the right key opens one."""

from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from nuantu.letters.rules import envelope
from nuantu.letters.rules.envelope import Fault, FileFaulty
from nuantu.letters.rules.page import page, with_sealed

SIGNER: Final = Ed25519PrivateKey.generate()
ANSWER_KEY: Final = bytes(range(32))
EMPTY: Final = page("函", {"title": ("收到<b>函", "A letter")})
FILE: Final = with_sealed(
    EMPTY,
    envelope.sealed_letter(
        {"words": "请接样阿木</script>", "number": "函〔2026〕0001号"},
        signer=SIGNER,
        passphrase="山高水长2026冬",
        page_digest=envelope.page_digest(EMPTY),
    ),
).encode()
ANSWER: Final = envelope.sealed_answer(
    {"answer": "yes", "words": "来接", "by": "样站长"},
    file_id="f",
    number="函〔2026〕0001号",
    answer_key=ANSWER_KEY,
).encode()


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_letter_with_any_byte_altered_is_refused(place: int, by: int) -> None:
    altered = FILE[:place] + bytes([FILE[place] ^ by]) + FILE[place + 1 :]
    with pytest.raises(FileFaulty):
        envelope.read(altered)


@given(st.integers(0, len(ANSWER) - 1), st.integers(1, 255))
def test_an_answer_with_any_byte_altered_is_refused(place: int, by: int) -> None:
    altered = ANSWER[:place] + bytes([ANSWER[place] ^ by]) + ANSWER[place + 1 :]
    with pytest.raises(FileFaulty):
        envelope.read(altered)


@given(st.integers(0, len(FILE) - 1), st.integers(0, len(ANSWER) - 1))
def test_half_a_file_is_refused(letter: int, answer: int) -> None:
    for half in (FILE[:letter], ANSWER[:answer]):
        with pytest.raises(FileFaulty):
            envelope.read(half)


@given(st.sampled_from(["file", "number", "nonce", "sealed"]), st.text(max_size=8))
def test_whoever_makes_the_digest_anew_still_has_no_key(name: str, value: str) -> None:
    """The digest tells a broken file; the seal tells a forged one."""
    fields = {**envelope.read(ANSWER).fields, name: value}
    assert fields != envelope.read(ANSWER).fields
    with pytest.raises(FileFaulty):
        envelope.opened_answer(envelope.Opened(fields), ANSWER_KEY)


def test_only_the_passphrase_opens_a_letter_and_only_the_signer_signs_it() -> None:
    whole = envelope.read(FILE)
    with pytest.raises(FileFaulty) as refusal:
        envelope.opened_letter(whole, "山高水长2026春")
    assert refusal.value.fault == Fault.WRONG_KEY
    signed = envelope.opened_letter(whole, "山高水长2026冬")
    assert signed.content["words"] == "请接样阿木</script>"
    assert signed.public_key == SIGNER.public_key().public_bytes_raw()
    inside = {
        "content": envelope.canonical(signed.content | {"words": "请接别人"}),
        "key": envelope.encoded(signed.public_key),
        "signature": envelope.encoded(SIGNER.sign(b"else")),
    }
    with pytest.raises(FileFaulty):
        envelope.signed(inside)
    with pytest.raises(FileFaulty):
        envelope.opened_answer(envelope.read(ANSWER), bytes(32))


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (b"", Fault.NOT_OURS),
        (b"%PDF-1.7", Fault.NOT_OURS),
        (b"\xff\xfe", Fault.NOT_OURS),
        (b"<!doctype html><p>", Fault.NOT_OURS),
        (b" " * (envelope.MOST_BYTES + 1), Fault.TOO_LARGE),
        (b'{"digest":' + b"[" * 100_000, Fault.ALTERED),
        (b'{"digest":"\\ud800"}', Fault.ALTERED),
        (FILE + b"<script>alert(1)</script>", Fault.ALTERED),
        (FILE.replace(b"default-src 'none'", b"default-src *"), Fault.ALTERED),
    ],
)
def test_a_stranger_of_a_file_is_named_for_what_it_is(file: bytes, fault: Fault) -> None:
    with pytest.raises(FileFaulty) as refusal:
        envelope.read(file)
    assert refusal.value.fault == fault


@pytest.mark.parametrize(
    ("passphrase", "is_strong"),
    [("", False), ("1234567", False), ("12345678901", False), ("123456789012", True), ("山高水长冬夏春秋", True)],
)  # fmt: skip
def test_a_passphrase_is_long_enough_to_be_guessed_by_nobody(
    passphrase: str, is_strong: bool
) -> None:
    assert envelope.is_strong(passphrase) == is_strong


def test_the_page_runs_its_own_script_and_asks_no_address() -> None:
    text = FILE.decode()
    assert "default-src 'none'; script-src 'sha256-" in text
    assert "http:" not in text
    assert "https:" not in text
    assert "请接样阿木" not in text
    assert "<b>" not in text


def test_the_fingerprint_is_thirty_digits_of_its_key() -> None:
    first, second = (envelope.fingerprint(bytes([n]) * 32) for n in (1, 2))
    assert first != second
    assert [len(group) for group in first.split()] == [5] * 6
