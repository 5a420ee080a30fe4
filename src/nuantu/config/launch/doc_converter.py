"""Old .doc files become .docx where LibreOffice is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nuantu.planbook.reading.opening.pieces import Converter

_PROGRAMS: Final = ("soffice", "libreoffice")
_SECONDS: Final = 60


def installed() -> Converter | None:
    """The converter of this machine, or None."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return None
    path = program

    def convert(data: bytes) -> bytes:
        return _convert(path, data)

    return convert


def _convert(program: str, data: bytes) -> bytes:
    """The same document as .docx. Raises OSError when the program fails or takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plan.doc"
        source.write_bytes(data)
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "docx", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        except subprocess.SubprocessError as problem:
            raise OSError(str(problem)) from problem
        return (Path(folder) / "plan.docx").read_bytes()
