"""What a column may hold."""

from typing import Literal

Kind = Literal["name", "text", "code", "date", "number"]
NUMBER_OF = {"name": 0, "text": 1, "code": 2, "date": 3, "number": 4}
