"""Where the machine code of the search is kept. Say so before `engine` is imported."""

from pathlib import Path

_said: list[Path] = []


def keep_in(folder: Path) -> None:
    """Keep machine code in this folder, each version in one of its own."""
    _said[:] = [folder]


def folder() -> Path:
    """The folder that was said, else one in the user's cache."""
    return _said[0] if _said else Path.home() / ".cache" / "nuantu" / "kernels"
