"""A photo that was chosen in a form that was refused: it waits sealed until the form is sent again.

A browser gives a chosen file back to no page. The page carries a word instead, which opens the file for
the account that sent it and for nobody else; the file lies outside the evidence and goes after two
hours.
"""

import base64
import json
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from nuantu.core import clock, scope, vault

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LIFE_SECONDS = 2 * 60 * 60
_NAME = re.compile(r"[0-9a-f]{32}")


def _folder() -> Path:
    return Path(settings.NUANTU_DATA) / "passing"


def keep(upload: "UploadedFile[bytes]") -> str:
    """Keep an upload for a while; the word by which `take` finds it for the same account, in its scope."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep()
    name = secrets.token_hex(16)
    upload.seek(0)
    said = {
        "name": upload.name or "",
        "type": upload.content_type or "",
        "content": base64.b64encode(upload.read()).decode(),
    }
    upload.seek(0)
    path = folder / name
    path.touch(mode=0o600)
    path.write_text(vault.seal_passing(json.dumps(said), _bound(name)))
    now = clock.now().timestamp()
    os.utime(path, (now, now))
    return name


def take(name: str) -> "UploadedFile[bytes] | None":
    """What was kept under a word; nothing once it is too old, or the word is somebody else's or none of ours."""
    path = _folder() / name
    if not _NAME.fullmatch(name) or not _is_young(path):
        return None
    plain = vault.unseal_passing(path.read_text(), _bound(name))
    if plain is None:
        return None
    said = json.loads(plain)
    content = base64.b64decode(said["content"])
    return SimpleUploadedFile(said["name"], content, content_type=said["type"])


def _bound(name: str) -> str:
    return f"{name}:{scope.acting()}"


def _is_young(path: Path) -> bool:
    try:
        return clock.now().timestamp() - path.stat().st_mtime < LIFE_SECONDS
    except FileNotFoundError:
        return False


def sweep() -> int:
    """Delete what is too old; how many."""
    old = [path for path in _folder().glob("*") if not _is_young(path)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
