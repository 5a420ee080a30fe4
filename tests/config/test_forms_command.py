"""`./nuantu forms check`: what an administrator proves before a template is uploaded."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from nuantu.papers.selectors import kinds
from tests import builders
from tests.cast import Cast
from tests.papers.files import word_file

pytestmark = pytest.mark.django_db


def _check(*words: str) -> str:
    said = StringIO()
    call_command("forms", "check", *words, stdout=said)
    return said.getvalue()


def test_a_file_with_an_unknown_placeholder_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "坏.docx"
    file.write_bytes(word_file("{{姓名}} {{随便写的}}"))
    said = StringIO()
    with pytest.raises(CommandError, match="1 templates cannot be used"):
        call_command("forms", "check", str(file), "--kind", "self_departure", stdout=said)
    assert "随便写的" in said.getvalue()


def test_a_missing_file_and_an_unknown_kind_are_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        _check(str(tmp_path / "没有.docx"))
    file = tmp_path / "好.docx"
    file.write_bytes(word_file("{{姓名}}"))
    with pytest.raises(CommandError, match="No such kind"):
        _check(str(file), "--kind", "nothing")


@pytest.mark.slow
def test_the_kind_of_a_file_is_found_and_what_it_leaves_out_is_named(tmp_path: Path) -> None:
    file = tmp_path / "清单.docx"
    file.write_bytes(word_file("{{姓名}} {{封签号}}", row=("{{随身物品.物品名称}}",)))
    said = _check(str(file))
    assert "✓ 随身物品寄存清单 belongings" in said
    assert "现金金额" in said


@pytest.mark.slow
def test_every_kind_has_a_template_and_uploaded_ones_are_checked_too(cast: Cast) -> None:
    builders.a_paper_template(cast)
    said = _check()
    assert said.count("✓") == len(kinds.kinds()) + 1
    assert "✗" not in said
