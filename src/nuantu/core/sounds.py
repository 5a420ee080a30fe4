"""Sound recordings: told by their content, not by their name; never decoded here."""

from typing import Final

HEAD: Final = 16  # bytes from the start that tell a container

_STARTS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1a\x45\xdf\xa3", "audio/webm"),
)
_IN_BOXES: Final = (b"M4A ", b"M4B ", b"isom", b"mp42", b"3gp4", b"3gp5")


def media_type_of(head: bytes) -> str:
    """The media type of a recording by its first bytes; empty for what is none."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:12] in _IN_BOXES else ""
    return next((kind for start, kind in _STARTS if head.startswith(start)), "")
