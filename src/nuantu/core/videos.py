"""Short videos: told by their content, not by their name; where they were taken is blotted out.

Two containers: ISO boxes (MP4, QuickTime) and EBML (WebM). A video is never decoded here.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MP4, QUICKTIME, WEBM = "video/mp4", "video/quicktime", "video/webm"

HEAD: Final = 64  # bytes from the start that tell a container
MOST_PARTS: Final = 20_000  # beside one another; a short video has a few hundred at most

_EBML, _SEGMENT, _CLUSTER, _VOID = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xEC
_DOC_TYPE, _INFO, _SCALE, _LENGTH = 0x4282, 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _TRACK, _TRACK_TYPE, _TAGS = 0x1654AE6B, 0xAE, 0x83, 0x1254C367
_STILLS: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"M4A ", b"M4B ")
_TELLING: Final = (b"udta", b"meta", b"uuid")


@dataclass(frozen=True, slots=True)
class Video:
    """What a container says of itself. `seconds` is None where it says nothing; `served` is the
    copy without tags (maker, position), byte for byte as long as the original."""

    media_type: str
    seconds: float | None
    served: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A box or element: its name, where it begins, its content begins and ends, in bytes."""

    name: bytes | int
    start: int
    inside: int
    end: int


def is_video_like(head: bytes) -> bool:
    """Whether the first `HEAD` bytes are those of a video container, and of no still picture."""
    if head[4:8] == b"ftyp":
        return head[8:12] not in _STILLS
    return head[:4] == _EBML.to_bytes(4, "big")


def read(content: bytes) -> Video:
    """What the video is. Raises ValueError for what is cut off, has no picture or is no video."""
    if not is_video_like(content[:HEAD]):
        raise ValueError("no video container")
    return _webm(content) if content[0] == 0x1A else _boxed(content)


def _boxes(content: bytes, at: int, end: int) -> Iterator[Part]:
    """The boxes between two places. Raises ValueError where one reaches beyond the end."""
    for _count in range(MOST_PARTS):
        if end - at < 8:
            return
        size, inside = int.from_bytes(content[at : at + 4], "big"), at + 8
        if size == 1:
            size, inside = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
        stop = at + size if size else end
        if stop < inside or stop > end:
            raise ValueError("a box is cut off")
        yield Part(content[at + 4 : at + 8], at, inside, stop)
        at = stop
    raise ValueError("too many boxes")


def _boxed(content: bytes) -> Video:
    served = bytearray(content)
    whole = list(_boxes(content, 0, len(content)))
    movie = next((part for part in whole if part.name == b"moov"), None)
    if movie is None or not any(part.name == b"mdat" for part in whole):
        raise ValueError("no picture")
    seconds, has_picture, tracks = None, False, []
    for part in _boxes(content, movie.inside, movie.end):
        if part.name == b"mvhd":
            seconds = _movie_seconds(content[part.inside : part.end])
        if part.name == b"trak":
            handler = _handler(content, part)
            has_picture = has_picture or handler == b"vide"
            tracks.append((part, handler))
    if not has_picture:
        raise ValueError("no picture")
    _blot(served, whole)
    _blot(served, _boxes(content, movie.inside, movie.end))
    for track, handler in tracks:
        if handler == b"meta":  # timed metadata may hold the position of every second
            served[track.start + 4 : track.start + 8] = b"free"
        else:
            _blot(served, _boxes(content, track.inside, track.end))
    is_apple = content[8:12] == b"qt  "
    return Video(QUICKTIME if is_apple else MP4, seconds, bytes(served))


def _blot(served: bytearray, parts: "Iterator[Part] | list[Part]") -> None:
    """Make what tells of maker and place free space; nothing moves, so all offsets still hold."""
    for part in parts:
        if part.name in _TELLING:
            served[part.start + 4 : part.start + 8] = b"free"
            served[part.inside : part.end] = bytes(part.end - part.inside)


def _handler(content: bytes, track: Part) -> bytes:
    for media in _boxes(content, track.inside, track.end):
        if media.name != b"mdia":
            continue
        for part in _boxes(content, media.inside, media.end):
            if part.name == b"hdlr":
                return content[part.inside + 8 : part.inside + 12]
    return b""


def _movie_seconds(header: bytes) -> float | None:
    wide = header[:1] == b"\x01"
    at, size = (20, 8) if wide else (12, 4)
    scale = int.from_bytes(header[at : at + 4], "big")
    length = header[at + 4 : at + 4 + size]
    if not scale or not any(length) or length == b"\xff" * size:
        return None
    return int.from_bytes(length, "big") / scale


def _number(content: bytes, at: int) -> tuple[int, int, bool]:
    """A variable-length number: with its marker, its length, whether all its bits are set."""
    first = content[at] if at < len(content) else 0
    length = 9 - first.bit_length()
    if not first or at + length > len(content):
        raise ValueError("an element is cut off")
    value = int.from_bytes(content[at : at + length], "big")
    return value, length, value == (1 << (7 * length + 1)) - 1


def _elements(content: bytes, at: int, end: int) -> Iterator[Part]:
    """The elements between two places; one of unknown size, as a live recording has, is the last."""
    for _count in range(MOST_PARTS):
        if at >= end:
            return
        name, taken, _all = _number(content, at)
        size, length, is_unknown = _number(content, at + taken)
        inside = at + taken + length
        stop = end if is_unknown else inside + (size ^ (1 << (7 * length)))
        if stop > end:
            raise ValueError("an element is cut off")
        yield Part(name, at, inside, stop)
        at = stop
    raise ValueError("too many elements")


def _webm(content: bytes) -> Video:
    top = list(_elements(content, 0, len(content)))
    head = next(iter(top))
    kinds = [part for part in _elements(content, head.inside, head.end) if part.name == _DOC_TYPE]
    if [content[kind.inside : kind.end].rstrip(b"\0") for kind in kinds] != [b"webm"]:
        raise ValueError("not WebM")
    served, seconds, has_picture, has_frames = bytearray(content), None, False, False
    segment = next((part for part in top if part.name == _SEGMENT), None)
    for part in _elements(content, segment.inside, segment.end) if segment else ():
        has_frames = has_frames or part.name == _CLUSTER
        if part.name == _INFO:
            seconds = _info_seconds(content, part)
        elif part.name == _TRACKS:
            has_picture = _shows(content, part)
        elif part.name == _TAGS and part.end - part.start >= 9:
            size = (part.end - part.start - 9).to_bytes(7, "big")
            blank = bytes([_VOID, 1]) + size
            served[part.start : part.end] = blank + bytes(part.end - part.start - 9)
    if not has_picture or not has_frames:
        raise ValueError("no picture")
    return Video(WEBM, seconds, bytes(served))


def _info_seconds(content: bytes, info: Part) -> float | None:
    scale, length = 1_000_000, 0.0
    for part in _elements(content, info.inside, info.end):
        said = content[part.inside : part.end]
        if part.name == _SCALE:
            scale = int.from_bytes(said, "big")
        if part.name == _LENGTH and len(said) in (4, 8):
            (length,) = struct.unpack(">f" if len(said) == 4 else ">d", said)
    return length * scale / 1e9 if length > 0 else None


def _shows(content: bytes, tracks: Part) -> bool:
    for track in _elements(content, tracks.inside, tracks.end):
        if track.name != _TRACK:
            continue
        for part in _elements(content, track.inside, track.end):
            if part.name == _TRACK_TYPE and content[part.inside : part.end] == b"\x01":
                return True
    return False
