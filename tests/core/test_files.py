"""Files that are thrown away: what is rolled back is still there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from nuantu.core import clock, files, scope, vault
from nuantu.core.models import StoredFile
from nuantu.ui.photos import photo_page
from tests.cast import COUNTY, STATION, Cast
from tests.encounters.conftest import photo

pytestmark = pytest.mark.django_db


class _PowerCut(Exception):
    """Something fails after the file was thrown away."""


@pytest.fixture
def kept(cast: Cast) -> StoredFile:
    return files.store(
        upload=photo(),
        division_code=COUNTY,
        owner_org=STATION,
        case_id=None,
        purpose="test",
        actor=cast.patroller.actor,
        at=clock.now(),
    )


@transaction.atomic
def _discard_and_fail(file: StoredFile) -> None:
    files.discard(file=file)
    raise _PowerCut


def test_a_file_whose_throwing_away_is_rolled_back_can_still_be_read(kept: StoredFile) -> None:
    content = files.read_served(kept)
    with scope.system("the job of the night"), pytest.raises(_PowerCut):
        _discard_and_fail(kept)
    again = StoredFile.objects.get(public_id=kept.public_id)
    assert files.read_served(again) == content
    assert files.read_original(again)


def test_both_copies_go_once_the_throwing_away_holds(
    kept: StoredFile, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with (
        scope.system("the job of the night"),
        django_capture_on_commit_callbacks(execute=True) as done,
    ):
        files.discard(file=kept)
        assert list(files._folder(kept.public_id).glob(f"{kept.public_id.hex}.*"))
    assert len(done) == 1
    assert not list(files._folder(kept.public_id).glob(f"{kept.public_id.hex}.*"))


@pytest.mark.parametrize("harm", ["letter", "byte", "empty", "gone"])
def test_a_copy_that_was_altered_or_is_missing_is_told_and_not_shown(
    kept: StoredFile, harm: str
) -> None:
    path = files._folder(kept.public_id) / f"{kept.public_id.hex}.served"
    content = path.read_bytes()
    if harm == "gone":
        path.unlink()
    elif harm == "empty":
        path.write_bytes(b"")
    else:
        other = b"A" if content[50:51] != b"A" else b"B"
        path.write_bytes(content[:50] + (other if harm == "letter" else b"\xff") + content[51:])
    with pytest.raises(files.FileDamaged, match="缺失或被改动"):
        files.read_served(kept)
    answer = photo_page(kept)
    assert (answer.status_code, answer["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert files.read_original(kept)


def test_a_copy_whose_key_was_destroyed_is_gone_and_not_damaged(kept: StoredFile) -> None:
    with scope.system("an erasure"):
        vault.destroy(kept.public_id)
    with pytest.raises(vault.KeyDestroyed):
        files.read_served(kept)
