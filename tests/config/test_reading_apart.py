"""A document is read in a process of its own: what hangs there hangs nothing here."""

import time

import pytest

from nuantu.config import reading_apart
from nuantu.planbook.reading.opening.pieces import no_progress
from tests import builders


def test_a_reading_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    # less than any child needs to begin: what it reads does not matter
    monkeypatch.setattr(reading_apart, "SECONDS", 0.05)
    began = time.monotonic()
    with pytest.raises(ChildProcessError, match="-9"):
        reading_apart.read_apart(b"1" * 60_000, "a.txt", part=None, year=2026, progress=no_progress)
    assert time.monotonic() - began < 20


@pytest.mark.slow
def test_what_is_read_apart_is_what_is_read_here() -> None:
    steps: list[str] = []
    found = reading_apart.read_apart(
        builders.PLAN_TEXT.encode(),
        "寒冬送温暖方案.txt",
        part=None,
        year=2026,
        progress=lambda done, total, what: steps.append(what),
    )
    assert found["facts"]["title"] == "凯里市“寒冬送温暖”专项救助行动方案"
    assert {"rules", "draft"} <= set(steps)
