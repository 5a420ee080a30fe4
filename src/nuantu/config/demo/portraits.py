"""Drawn placeholders of the demo: a guest's head, shoulders and coat, nobody's face; a stop at night."""

import io
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIDE, SCENE_WIDTH = 240, 320
GROUNDS = ("#d8e2dc", "#e3ded3", "#d5dde8", "#e6dbe0")
COATS = ("#43525e", "#6b4f3a", "#27566b", "#7a3b3b", "#4c5b3c", "#5a4a6f")
SKINS = ("#e8c7a6", "#d9b38c", "#c99e76")
OLD = 55


def portrait(number: int, *, sex: str, age: int) -> SimpleUploadedFile:
    """A picture of its own for each number; the old have grey hair, women longer hair."""
    image = Image.new("RGB", (SIDE, SIDE), GROUNDS[number % len(GROUNDS)])
    pen = ImageDraw.Draw(image)
    hair = "#b9b9b4" if age >= OLD else ("#2c2622", "#4a3a2c")[number % 2]
    if sex == "female":
        pen.rounded_rectangle((72, 48, 168, 176), radius=44, fill=hair)
    pen.ellipse((36, 160, 204, 330), fill=COATS[number % len(COATS)])
    pen.rectangle((106, 140, 134, 176), fill=SKINS[number % len(SKINS)])
    pen.ellipse((80, 56, 160, 158), fill=SKINS[number % len(SKINS)])
    pen.pieslice((76, 44, 164, 140), 180, 360, fill=hair)
    if number % 3 == 0:
        pen.rounded_rectangle((70, 40, 170, 74), radius=14, fill=COATS[(number + 2) % len(COATS)])
    pen.text((8, SIDE - 20), f"DEMO {number:02}", fill="#555555")
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", quality=80)
    return SimpleUploadedFile(f"demo-{number:02}.jpg", drawn.getvalue(), "image/jpeg")


def scene(number: int, at: datetime) -> SimpleUploadedFile:
    """A bridge, a lamp and cardboard on the ground, with the hour that a patrol took it at."""
    image = Image.new("RGB", (SCENE_WIDTH, SIDE), "#141b26")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 168, SCENE_WIDTH, SIDE), fill="#2a2f35")
    pen.rectangle((0, 44, SCENE_WIDTH, 70), fill="#3d4650")
    for pier in range(28 + number * 17 % 60, SCENE_WIDTH, 110):
        pen.rectangle((pier, 70, pier + 20, 176), fill="#4a545f")
    lamp = 60 + number * 37 % 220
    pen.polygon(((lamp, 78), (lamp - 46, 186), (lamp + 46, 186)), fill="#57502f")
    pen.ellipse((lamp - 6, 70, lamp + 6, 82), fill="#ffe9a8")
    pen.polygon(((120, 200), (196, 192), (208, 208), (130, 218)), fill="#8a6d4a")
    pen.text((8, SIDE - 20), f"DEMO {at:%Y-%m-%d %H:%M}", fill="#c9ced6")
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", quality=80)
    return SimpleUploadedFile(f"demo-stop-{number:02}.jpg", drawn.getvalue(), "image/jpeg")
