"""A notice as a poster: A4 to print, a picture for a telephone; Chinese large, English below it."""

from io import BytesIO
from typing import Any, Final, Literal

import segno
from django.utils.translation import gettext, override
from segno import helpers

from nuantu.accounts.models import Organisation
from nuantu.core import clock, files
from nuantu.papers.rules.printing import SANS, SERIF, Pages, quoted
from nuantu.papers.selectors.printed import compiled
from nuantu.tracing.models import NoticeVersion, TracingNotice
from nuantu.tracing.selectors.notices import age_said, height_said

Size = Literal["a4", "phone"]
# width, height, edge, letters in points; a phone picture of 707 points has 1,080 pixels
SIZES: Final[dict[Size, tuple[float, float, float, float]]] = {
    "a4": (595.3, 841.9, 48, 15),
    "phone": (706.9, 1256.7, 44, 19),
}
LANGUAGES: Final = ("zh-hans", "en")
# of the letters' size, the largest that fits on the page is taken
SHARES: Final = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4)


def poster(
    notice: TracingNotice, version: NoticeVersion, station: Organisation, size: Size
) -> bytes:
    """The poster as PDF (`a4`) or PNG (`phone`).

    Raises the PrintingRefused of papers, and what reading the photo raises.
    """
    pictures = {"qr.svg": code_of(notice, station)}
    if version.photo is not None:
        pictures["photo.jpg"] = files.read_served(version.photo)
    source = _source(notice, version, station, size, has_photo=version.photo is not None)
    return compiled(Pages(source, pictures), "pdf" if size == "a4" else "png")[0]


def code_of(notice: TracingNotice, station: Organisation) -> bytes:
    """The QR code: a contact with the number of the notice and the desk's line, so that one tap calls."""
    said = helpers.make_mecard_data(
        name=f"寻亲公告 {notice.number}", phone=station.phone, memo=station.name
    )
    made = BytesIO()
    segno.make(said, error="m").save(made, kind="svg", border=2, scale=4)
    return made.getvalue()


def rows_of(notice: TracingNotice, version: NoticeVersion) -> list[tuple[str, str, str, str]]:
    """What the poster says: label and value in Chinese, label and value in English."""
    both = [_rows(version, language) for language in LANGUAGES]
    return [(*zh, *en) for zh, en in zip(*both, strict=True) if zh[1]]


def _rows(version: NoticeVersion, language: str) -> list[tuple[str, str]]:
    with override(language):
        look = gettext("姓名不详")
        return [
            (gettext("姓名"), version.name or look),
            (gettext("性别"), str(version.get_sex_display())),
            (gettext("看起来的年龄"), age_said(version)),
            (gettext("身高"), height_said(version)),
            (gettext("体貌特征"), version.features),
            (gettext("发现时衣着"), version.clothing),
            (gettext("健康状况"), _known(version.health, version.get_health_display())),
            (gettext("智力状况"), _known(version.intellect, version.get_intellect_display())),
            (gettext("精神状态"), _known(version.mental_state, version.get_mental_state_display())),
            (gettext("发现日期"), f"{version.found_date:%Y-%m-%d}"),
            (gettext("发现地点"), version.found_place),
        ]


def _known(code: str, label: Any) -> str:
    return "" if code == "unknown" else str(label)


def _source(
    notice: TracingNotice,
    version: NoticeVersion,
    station: Organisation,
    size: Size,
    *,
    has_photo: bool,
) -> str:
    width, height, edge, letters = SIZES[size]
    day = f"{clock.local(notice.refreshed_at or notice.recorded_at):%Y-%m-%d}"
    with override("zh-hans"):
        title, ask, found = gettext("寻亲公告"), gettext("认识他的请来电"), gettext("公告编号")
    photo = _photo_block(width, edge) if has_photo else ""
    rows = "\n".join(
        f"[#text(fill: grey)[#{quoted(zh)}]#linebreak()#text(size: 0.6em, fill: grey)[#{quoted(en)}]],"
        f"[#text(weight: 500)[#{quoted(said)}]"
        + (
            f"#linebreak()#text(size: 0.6em, fill: grey)[#{quoted(said_en)}]"
            if said_en != said
            else ""
        )
        + "],"
        for zh, said, en, said_en in rows_of(notice, version)
    )
    return f"""#set page(width: {width}pt, height: {height}pt, margin: {edge}pt, numbering: none)
#set document(title: {quoted(f"{title} {notice.number}")})
#set text(font: ("{SANS}", "{SERIF}"), size: {letters}pt, lang: "zh", region: "cn")
#set par(leading: 0.45em, spacing: 0.6em)
#let grey = luma(90)
#let head = [#align(center)[#text(size: 2.6em, weight: 700, tracking: 0.3em)[#{quoted(title)}]#linebreak()
#text(size: 0.9em, fill: grey)[Do you know this person?]]
#v(0.6em)]
#let told(share) = [{photo}
#set text(size: {letters}pt * share)
#grid(columns: (auto, 1fr), column-gutter: 1.2em, row-gutter: 0.65em, {rows})]
#let foot = [#line(length: 100%, stroke: 1.5pt)
#grid(columns: (1fr, auto), column-gutter: 1em, align: (left + horizon, right + horizon),
[#text(size: 1.1em)[#{quoted(ask)}] #text(size: 0.7em, fill: grey)[Please call]#linebreak()
#text(size: 2em, weight: 700)[#{quoted(station.phone)}]#linebreak()
#{quoted(station.name)}#linebreak()
#text(size: 0.75em, fill: grey)[#{quoted(f"{found} {notice.number} · {day}")}]],
image("qr.svg", width: {letters * 7}pt))]
// One page whatever is told: the words shrink, never the telephone number or the code.
#layout(space => {{
  let high(part) = measure(block(width: space.width, part)).height
  let room = space.height - high(head) - high(foot) - {letters}pt
  let shares = {SHARES}
  let fitting = shares.find(share => high(told(share)) <= room)
  let share = if fitting == none {{ shares.last() }} else {{ fitting }}
  block(width: 100%, height: 100%, breakable: false)[#head #told(share) #v(1fr) #foot]
}})
"""


def _photo_block(width: float, edge: float) -> str:
    """The photo gives way too, down to three fifths."""
    side = (width - 2 * edge) * 0.42
    return f'#align(center)[#image("photo.jpg", width: {side:.1f}pt * calc.max(share, 0.6))]\n#v(0.4em)'
