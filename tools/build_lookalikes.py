"""Find characters that are taken for each other by their shape. Run by hand, when the font changes.

    python -m tools.build_lookalikes src/nuantu/linkage/lookalikes.txt

Draws the 6,763 characters of GB 2312 in Noto Sans SC (SIL Open Font License, from the locked package
pylopdf-fonts-zh-cn), blurs them a little and keeps for each the few whose drawings are nearly the same.
The file has one line for each: the character, then its look-alikes, the likest first.
"""

import argparse
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Drawings = NDArray[np.float32]

SIZE: Final = 40  # pixels of a side
BLUR: Final = 1.1
ALIKE: Final = 0.855  # correlation of two drawings from which they are taken for each other
MOST: Final = 6
STRETCH: Final = 1_000


def main() -> None:
    """Write the file and say how many pairs it has."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    characters = common_characters()
    found = alike(characters, drawn(characters))
    lines = [f"{one} {''.join(others)}" for one, others in found.items()]
    asked.target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} characters, {sum(map(len, found.values())) // 2} pairs")


def common_characters() -> list[str]:
    """GB 2312, level one and two."""
    rows = range(0xB0, 0xF8)
    cells = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return [one for one in (cell.decode("gb2312", "ignore") for cell in cells) if one]


def drawn(characters: Sequence[str]) -> Drawings:
    """Each character as a row of length one around its mean."""
    font = files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf")
    letters = ImageFont.truetype(str(font), SIZE - 4)
    rows = np.empty((len(characters), SIZE * SIZE), np.float32)
    for place, one in enumerate(characters):
        picture = Image.new("L", (SIZE, SIZE))
        ImageDraw.Draw(picture).text((SIZE / 2, SIZE / 2), one, 255, letters, anchor="mm")
        rows[place] = np.asarray(picture.filter(ImageFilter.GaussianBlur(BLUR))).ravel()
    rows -= rows.mean(axis=1, keepdims=True)
    found: Drawings = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def alike(characters: Sequence[str], rows: Drawings) -> dict[str, list[str]]:
    """The look-alikes of each character that has any."""
    found: dict[str, list[str]] = {}
    for first in range(0, len(rows), STRETCH):
        near = rows[first : first + STRETCH] @ rows.T
        for place, line in enumerate(near, first):
            line[place] = 0.0
            order = [int(one) for one in np.argsort(-line)[:MOST] if line[one] >= ALIKE]
            if order:
                found[characters[place]] = [characters[one] for one in order]
    return found


if __name__ == "__main__":
    main()
