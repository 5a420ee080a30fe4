"""The colours of both themes, measured: text at least 7 to 1, edges and signs at least 3 to 1."""

import re
from pathlib import Path

import pytest

STATIC = Path("src/nuantu/ui/static/ui")
CSS = (STATIC / "tokens.css").read_text(encoding="utf-8")
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")

GROUNDS = ("paper", "surface", "sunk")
TEXTS = ("ink", "ink-2", "teal", "teal-strong", "amber-text", "red-text")
PAIRS = [(text, ground) for text in TEXTS for ground in GROUNDS] + [
    ("on-teal", "teal"),
    ("on-teal", "teal-strong"),
    ("on-amber", "amber"),
    ("on-red", "red"),
    ("ink", "teal-wash"),
    ("teal", "teal-wash"),
    ("teal-strong", "teal-wash"),
    ("ink", "amber-wash"),
    ("ink", "red-wash"),
    ("red-text", "red-wash"),
    ("paper", "ink"),
    ("on-warn-white", "warn-white"),
    ("on-warn-blue", "warn-blue"),
    ("on-warn-yellow", "warn-yellow"),
    ("on-warn-orange", "warn-orange"),
    ("on-warn-red", "warn-red"),
]
SIGNS = [(sign, ground) for sign in ("edge", "focus", "teal", "red") for ground in GROUNDS]


def block(opening: str) -> dict[str, str]:
    start = CSS.index(opening) + len(opening)
    return dict(TOKEN.findall(CSS[start : CSS.index("}", start)]))


DAY = block(":root {")
NIGHT = DAY | block(':root[data-theme="night"] {')
THEMES = {"day": DAY, "night": NIGHT}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable_with_tired_eyes(theme: str, text: str, ground: str) -> None:
    tokens = THEMES[theme]
    assert contrast(tokens[text], tokens[ground]) >= 7.0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_edges_and_signs_are_seen(theme: str, sign: str, ground: str) -> None:
    tokens = THEMES[theme]
    assert contrast(tokens[sign], tokens[ground]) >= 3.0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_a_hint_inside_a_field_is_readable(theme: str, ground: str) -> None:
    assert contrast(THEMES[theme]["hint"], THEMES[theme][ground]) >= 4.5


def test_the_formula_is_the_one_of_wcag() -> None:
    """Black on white is 21 to 1 and #767676 on white the known 4.54."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_night_of_the_system_is_the_night_of_the_switch() -> None:
    assert block(':root:not([data-theme="day"]) {') == block(':root[data-theme="night"] {')


def test_every_colour_has_its_night() -> None:
    """Warnings keep their colours by law; amber is the same on both grounds."""
    colours = {name for name, value in DAY.items() if value.startswith(("#", "rgb"))}
    fixed = {name for name in colours if "warn" in name}
    assert colours - fixed == set(block(':root[data-theme="night"] {'))


def test_no_other_file_names_a_colour() -> None:
    """Print is black on white; everything else asks a token."""
    for file in ("base.css", "components.css", "parts.css"):
        found = re.findall(
            r"#[0-9a-fA-F]{3,8}\b|rgba?\(", (STATIC / file).read_text(encoding="utf-8")
        )
        assert not found, f"{file}: {found}"


def test_four_sizes_and_two_weights() -> None:
    assert len([name for name in DAY if name.startswith("size-")]) == 4
    assert len([name for name in DAY if name.startswith("weight-")]) == 2
    for file in ("base.css", "components.css", "parts.css"):
        text = (STATIC / file).read_text(encoding="utf-8")
        assert not re.findall(r"font-weight:\s*\d", text), file
