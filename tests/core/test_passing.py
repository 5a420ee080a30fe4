"""What waits for a form to be sent again: sealed, for two hours."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from nuantu.core import clock, passing, scope

pytestmark = pytest.mark.django_db


def test_nobody_takes_what_another_account_sent() -> None:
    with scope.enter(scope.Scope(org="JZ-522601", actor="one")):
        word = passing.keep(SimpleUploadedFile("a.jpg", b"picture", "image/jpeg"))
    with scope.enter(scope.Scope(org="JZ-522601", actor="other")):
        assert passing.take(word) is None
    assert passing.take(word) is None
    with scope.enter(scope.Scope(org="JZ-522601", actor="one")), scope.system("for its reason"):
        assert passing.take(word) is not None


def test_what_is_too_old_is_gone_and_what_waits_lies_sealed() -> None:
    old = passing.keep(SimpleUploadedFile("a.jpg", b"picture of a room", "image/jpeg"))
    path = Path(settings.NUANTU_DATA) / "passing" / old
    assert b"picture" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    found = passing.take(old)
    assert found is not None
    assert (found.name, found.content_type, found.read()) == (
        "a.jpg",
        "image/jpeg",
        b"picture of a room",
    )
    with clock.frozen(clock.now() + timedelta(seconds=passing.LIFE_SECONDS + 1)):
        assert passing.take(old) is None
        passing.keep(SimpleUploadedFile("b.jpg", b"x", "image/jpeg"))
        assert not path.exists()
