"""A letter as one file: sealed by a passphrase, signed by the sender, answered under a key that lies inside.

One scheme that Python and every browser (WebCrypto) can do: PBKDF2-HMAC-SHA-256 (RFC 8018), AES-256-GCM (RFC 5116),
Ed25519 (RFC 8032) over the exact bytes of the content. Nothing here trusts what it reads: a text that is not the one
canonical form of what it says is refused.
"""

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION: Final = 1
# OWASP Password Storage Cheat Sheet (2023) for PBKDF2-HMAC-SHA-256.
ROUNDS: Final = 600_000
MOST_BYTES: Final = 400_000
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
SHORTEST_PASSPHRASE, SHORTEST_DIGITS = 8, 12
LETTER, ANSWER = "letter", "answer"
_BLOCK: Final = re.compile(r'(<script type="application/json" id="sealed">)([^<]*)(</script>)')
_PAGE, _ANSWER = "<!doctype html>", '{"digest":'


class Fault(StrEnum):
    """Why a file is not read."""

    NOT_OURS = "not_ours"
    TOO_LARGE = "too_large"
    ALTERED = "altered"
    WRONG_KEY = "wrong_key"


class FileFaulty(ValueError):
    """A file that cannot be read, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Signed:
    """What a letter's file holds, and by which public key it is signed."""

    content: dict[str, Any]
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope that was read and not yet opened."""

    fields: dict[str, Any]

    @property
    def kind(self) -> str:
        """A letter or an answer."""
        return str(self.fields["kind"])


def canonical(value: Mapping[str, Any]) -> str:
    """The one way to write it: keys in order, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encoded(content: bytes) -> str:
    """Bytes as text (base64)."""
    return base64.b64encode(content).decode()


def decoded(text: object) -> bytes:
    """The bytes again. Raises FileFaulty."""
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError as error:
        raise FileFaulty(Fault.ALTERED) from error


def fingerprint(public_key: bytes) -> str:
    """Thirty digits of a public key in groups of five, to be read out on the telephone (about 100 bits)."""
    digits = str(int.from_bytes(hashlib.sha256(public_key).digest()) % 10**30).zfill(30)
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))


def is_strong(passphrase: str) -> bool:
    """Whether it is long enough; digits only are guessed faster."""
    least = SHORTEST_DIGITS if passphrase.isdigit() else SHORTEST_PASSPHRASE
    return len(passphrase) >= least


def key_of(passphrase: str, salt: bytes) -> bytes:
    """The key that a passphrase gives; slow on purpose."""
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, ROUNDS, KEY_BYTES)


def sealed_letter(
    content: Mapping[str, Any], *, signer: Ed25519PrivateKey, passphrase: str, page_digest: str
) -> str:
    """The envelope of a letter: signed, then sealed for whoever knows the passphrase, bound to its page."""
    said = canonical(content)
    inside = {
        "content": said,
        "key": encoded(signer.public_key().public_bytes_raw()),
        "signature": encoded(signer.sign(said.encode())),
    }
    salt = secrets.token_bytes(SALT_BYTES)
    head = {"kind": LETTER, "nuantu": VERSION, "page": page_digest, "rounds": ROUNDS, "salt": encoded(salt)}  # fmt: skip
    return _sealed(head, key_of(passphrase, salt), inside)


def sealed_answer(
    content: Mapping[str, str], *, file_id: str, number: str, answer_key: bytes
) -> str:
    """An answer that only who read the letter can have made."""
    head = {"file": file_id, "kind": ANSWER, "nuantu": VERSION, "number": number}
    return _sealed(head, answer_key, content)


def _sealed(head: Mapping[str, Any], key: bytes, inside: Mapping[str, Any]) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    bound = {**head, "nonce": encoded(nonce)}
    cipher = AESGCM(key).encrypt(nonce, canonical(inside).encode(), canonical(bound).encode())
    fields = {**bound, "sealed": encoded(cipher)}
    return canonical({**fields, "digest": _digest(canonical(fields))})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def page_digest(page: str) -> str:
    """The digest of a page without what is sealed in it."""
    return _digest(_BLOCK.sub(r"\1\3", page))


def read(file: bytes) -> Opened:
    """The envelope of a file, whole and unaltered as far as can be said without a key. Raises FileFaulty."""
    if len(file) > MOST_BYTES:
        raise FileFaulty(Fault.TOO_LARGE)
    try:
        text = file.decode()
    except UnicodeDecodeError as error:
        raise FileFaulty(Fault.ALTERED if _is_like_ours(file) else Fault.NOT_OURS) from error
    if text.startswith(_PAGE) and 'data-nuantu="letter"' in text[:200]:
        return _read_page(text)
    if text.startswith(_ANSWER):
        return _whole(text, ANSWER)
    raise FileFaulty(Fault.NOT_OURS)


def _is_like_ours(file: bytes) -> bool:
    return file.startswith(_ANSWER.encode()) or b'data-nuantu="letter"' in file[:200]


def _read_page(text: str) -> Opened:
    found = _BLOCK.findall(text)
    if len(found) != 1:
        raise FileFaulty(Fault.ALTERED)
    whole = _whole(found[0][1], LETTER)
    if whole.fields.get("page") != page_digest(text) or whole.fields.get("rounds") != ROUNDS:
        raise FileFaulty(Fault.ALTERED)
    return whole


def _whole(text: str, kind: str) -> Opened:
    fields = parsed(text)
    digest = fields.pop("digest", None)
    if digest != _digest(canonical(fields)) or fields.get("kind") != kind:
        raise FileFaulty(Fault.ALTERED)
    if fields.get("nuantu") != VERSION or "sealed" not in fields or "nonce" not in fields:
        raise FileFaulty(Fault.NOT_OURS)
    return Opened(fields)


def parsed(text: str) -> dict[str, Any]:
    """What a canonical text says. Raises FileFaulty for any other."""
    try:
        found = json.loads(text)
        is_same = isinstance(found, dict) and canonical(found).encode() == text.encode()
    except (ValueError, RecursionError) as error:
        raise FileFaulty(Fault.ALTERED) from error
    if not is_same:
        raise FileFaulty(Fault.ALTERED)
    return dict(found)


def unsealed(envelope: Opened, key: bytes) -> dict[str, Any]:
    """What lies inside. Raises FileFaulty: wrong passphrase or key, or somebody altered what it is bound to."""
    bound = {name: value for name, value in envelope.fields.items() if name != "sealed"}
    nonce, cipher = decoded(bound["nonce"]), decoded(envelope.fields["sealed"])
    try:
        inside = AESGCM(key).decrypt(nonce, cipher, canonical(bound).encode())
        return parsed(inside.decode())
    except (InvalidTag, ValueError) as error:
        raise FileFaulty(Fault.WRONG_KEY) from error


def opened_letter(envelope: Opened, passphrase: str) -> Signed:
    """A letter and by which key it is signed. Raises FileFaulty."""
    return signed(unsealed(envelope, key_of(passphrase, decoded(envelope.fields.get("salt")))))


def signed(inside: Mapping[str, Any]) -> Signed:
    """The content whose signature is right. Raises FileFaulty."""
    said, public_key = str(inside.get("content", "")), decoded(inside.get("key"))
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(decoded(inside.get("signature")), said.encode())
    except (InvalidSignature, ValueError) as error:
        raise FileFaulty(Fault.ALTERED) from error
    return Signed(parsed(said), public_key)


def opened_answer(envelope: Opened, answer_key: bytes) -> dict[str, Any]:
    """What was answered. Raises FileFaulty: not made by anybody who could read the letter."""
    try:
        return unsealed(envelope, answer_key)
    except FileFaulty as error:
        raise FileFaulty(Fault.ALTERED) from error
