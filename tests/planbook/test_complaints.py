"""A plan file with a mistake is answered in the language of whoever wrote it, and with the way out."""

import io
from pathlib import Path

import pytest

from nuantu.planbook import cli, files

P9 = files.packaged_text("P9")

# what is spoilt: old, new, and what the author is told
MISTAKES = {
    "a number in words": ("{year: 2022}", "{year: 二〇二二}", "（year）：应是整数"),
    "a code with a path": ("code: P9\n", "code: ../../etc\n", "方案代号（code）：写法不合要求"),
    "a title without end": ("“寒冬送温暖”", "长" * 5000, "方案名称（title）：太长，最多 120 个字"),
    "a list that is a word": ("legal_basis:\n", "legal_basis: 无\nwith_nothing:\n", "应是清单"),
    "zero patrols": ("at_least: 3", "at_least: 0", "不能小于 1"),
    "a tab": ("issuer: {", "\tissuer: {", "不能用制表符"),
    "a day that is no day": (
        "start: Y-11-中旬",
        "start: Y-02-30",
        "行动起止 › 行动第一天（start）：",
    ),
    "an open bracket": ("{year: 2022}", "{year: 2022", "括号"),
    "its own parent": ("code: P9\n", "code: P9\nparent: P9\n", "本方案自己"),
}


def told(path: Path, *, parent: str | None = None, language: str = "zh") -> tuple[int, str]:
    out = io.StringIO()
    return cli.check(path, parent, language=language, out=out), out.getvalue()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_in_chinese(name: str, tmp_path: Path) -> None:
    old, new, expected = MISTAKES[name]
    assert old in P9
    path = tmp_path / "plan.yaml"
    path.write_text(P9.replace(old, new, 1), "utf-8")
    code, said = told(path)
    assert code == cli.HAS_ERRORS
    assert expected in said
    assert "Input should" not in said
    assert "String should" not in said
    assert max(len(line) for line in said.splitlines()) < 400


@pytest.mark.parametrize(
    ("content", "expected"), [(P9.encode("gb18030"), "GBK"), (P9.encode("utf-16"), "UTF-8")]
)
def test_another_encoding_is_told_what_to_do(content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(content)
    code, said = told(path)
    assert code == cli.UNREADABLE
    assert expected in said
    assert "codec" not in said
    good = tmp_path / "good.yaml"
    good.write_text(P9, "utf-8")
    assert told(good, parent=str(path))[1].startswith(str(path)), "the parent's file is at fault"


def test_a_file_that_is_not_there_is_told_in_the_language_asked_for(tmp_path: Path) -> None:
    assert told(tmp_path / "none.yaml")[1].endswith("没有这个文件\n")
    assert told(tmp_path / "none.yaml", language="en")[1].endswith("There is no such file\n")


def test_a_parent_that_was_not_seen_is_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(P9.replace("code: P9\n", "code: P9\nparent: ZZ\n", 1), "utf-8")
    assert "没有对照上级方案 ZZ" in told(path)[1]
    assert "对照的却是 P1" in told(path, parent="P1")[1]
    path.write_text(P9.replace("code: P9\n", "code: P9\nparent: P1\n", 1), "utf-8")
    assert "对照" not in told(path)[1]
