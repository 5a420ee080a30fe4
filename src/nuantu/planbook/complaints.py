"""What YAML and the schema complain of, in the words of somebody who writes plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from nuantu.planbook.schema_fields import name_of, way_to
from nuantu.planbook.text import Text

SHOWN: Final = 60

# By the kind of complaint; the figures come from its context.
_CHINESE: Final[Mapping[str, str]] = {
    "string_type": "应是文字",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_too_short": "太短，至少 {min_length} 个字",
    "string_pattern_mismatch": "写法不合要求，格式是 {pattern}",
    "int_type": "应是整数",
    "int_parsing": "应是整数，用阿拉伯数字写",
    "int_from_float": "应是整数，不带小数",
    "float_type": "应是数字",
    "float_parsing": "应是数字，用阿拉伯数字写",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "list_type": "应是清单，每项一行，以“- ”开头",
    "tuple_type": "应是清单，每项一行，以“- ”开头",
    "dict_type": "应写成若干“名称: 值”",
    "model_type": "应写成若干“名称: 值”",
    "model_attributes_type": "应写成若干“名称: 值”",
    "literal_error": "只能写 {expected} 之一",
    "missing": "缺少这一项",
    "uuid_type": "应是编号（UUID）",
    "uuid_parsing": "应是编号（UUID）",
    "date_type": "应是日期，写成 2026-12-05",
    "date_parsing": "应是日期，写成 2026-12-05",
    "date_from_datetime_parsing": "应是日期，写成 2026-12-05",
    "datetime_type": "应是时间，写成 2026-12-05T21:30:00+08:00",
    "datetime_parsing": "应是时间，写成 2026-12-05T21:30:00+08:00",
    "datetime_from_date_parsing": "应是时间，写成 2026-12-05T21:30:00+08:00",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
}


def in_chinese(item: Mapping[str, Any], said: str) -> str:
    """One complaint of the schema; what has no words of ours stays as it was said."""
    words = _CHINESE.get(str(item["type"]))
    return words.format(**item.get("ctx", {})) if words else said


def in_english(said: str, given: object) -> str:
    """The same in English, with what was written."""
    if said.isascii():
        return f"{said} (written: {shown(given)})"
    if "这一天" in said:
        return f"there is no such day ({shown(given)})"
    if "日期要写成" in said:
        return (
            f"a date is written Y-12-01, 2026-12-01, Y-11-中旬, Y+1-春节, Y+1-春节-1d, issue+10d"
            f" or 待定 ({shown(given)})"
        )
    return f"not valid ({shown(given)}): {said}"


def shown(given: object) -> str:
    """What was written, cut where it would fill the screen."""
    text = repr(given)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def of_yaml(problem: Exception, said: str) -> tuple[str, str]:
    """Why a text is no YAML, in both languages: the place to look, and what the parser said."""
    if isinstance(problem, RecursionError):
        return "括号或缩进套得太深", "Brackets or indentation nest too deep"
    if r"'\t'" in said:
        return (
            "YAML 写法有误：不能用制表符（Tab），请改成空格",
            "The YAML cannot be read: no tabs, write spaces",
        )
    return (
        f"YAML 写法有误：请看这一行和上一行的缩进、冒号后的空格、引号和括号（{said}）",
        f"The YAML cannot be read: {said}",
    )


def of_file(problem: Exception) -> tuple[str, str]:
    """Why a file was not even read, in both languages."""
    if isinstance(problem, UnicodeDecodeError):
        return (
            "不是 UTF-8 编码的文本（可能是 GBK）；请另存为 UTF-8 再检查",
            "This is no UTF-8 text (maybe GBK); save it as UTF-8 and check again",
        )
    if isinstance(problem, FileNotFoundError):
        return "没有这个文件", "There is no such file"
    if isinstance(problem, OSError):
        return f"读不出来（{problem.strerror}）", f"It cannot be read ({problem.strerror})"
    return str(problem), str(problem)


def place(path: tuple[str | int, ...]) -> Text:
    """The way to a value in the words of people, with the key to write."""
    keys = [part for part in path if isinstance(part, str)]
    if not keys:
        return Text("方案", "The plan")
    way = way_to(path)
    return Text(f"{way.zh}（{keys[-1]}）", f"{way.en} ({keys[-1]})")


def missing(path: tuple[str | int, ...]) -> tuple[str, str]:
    """What is missing, in Chinese and English: the name people use, and the key to write."""
    key = str(path[-1]) if path else ""
    name = name_of(path) if path else None
    zh = f"缺少“{name.zh}”（{key}）" if name and name.zh != key else f"缺少“{key}”"
    return zh, f"“{key}” is missing"
