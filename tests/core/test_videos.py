"""Videos told by their content, beginning with what is none."""

import struct

import pytest

from nuantu.core import videos
from tests.clips import MP4, WEBM


def box(name: bytes, content: bytes = b"") -> bytes:
    """One ISO box."""
    return struct.pack(">I", 8 + len(content)) + name + content


def movie(
    *more: bytes, brand: bytes = b"isom", seconds: int = 5, handler: bytes = b"vide"
) -> bytes:
    """A movie of boxes that holds nothing to look at."""
    header = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000))
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler)))
    whole = box(b"moov", header + track + b"".join(more))
    return box(b"ftyp", brand + bytes(4)) + whole + box(b"mdat", b"frames")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x1a\x45\xdf\xa3",
        b"RIFF0000AVI LIST",
        WEBM[:-40],
        MP4[:-40],
        MP4[:600],
        WEBM.replace(b"webm", b"text"),
        box(b"ftyp", b"isom0000"),
        movie(handler=b"soun"),
        movie(brand=b"heic"),
        box(b"ftyp", b"isom0000") + box(b"free") * (videos.MOST_PARTS + 1),
    ],
)
def test_what_is_cut_off_or_shows_nothing_is_no_video(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut off|no picture|no video|not WebM|too many"):
        videos.read(content)


def test_no_cut_and_no_flipped_byte_does_more_than_refuse() -> None:
    for whole in (WEBM, MP4):
        for at in range(len(whole)):
            for broken in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
                try:
                    videos.read(broken)
                except ValueError:
                    continue


@pytest.mark.parametrize(("content", "kind"), [(WEBM, videos.WEBM), (MP4, videos.MP4)])
def test_a_recording_of_a_browser_is_known_with_its_seconds(content: bytes, kind: str) -> None:
    found = videos.read(content)
    assert found.media_type == kind
    assert found.seconds == pytest.approx(0.7, abs=0.1)
    assert found.served == content, "there was nothing to blot out"


def test_the_movie_of_an_apple_phone_is_quicktime() -> None:
    assert videos.read(movie(brand=b"qt  ")).media_type == videos.QUICKTIME


def test_where_it_was_taken_is_not_served_and_nothing_moves() -> None:
    place = b"+26.5742+107.9781/"
    told = box(b"udta", box(b"\xa9xyz", place))
    timed = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + b"meta")))
    content = movie(told, timed)
    found = videos.read(content)
    assert place not in found.served
    assert found.served.count(b"trak") == 1
    assert found.served.index(b"frames") == content.index(b"frames")


def test_a_live_recording_says_no_seconds() -> None:
    assert videos.read(movie(seconds=0)).seconds is None
