"""Reads a plan file: YAML with line numbers, then the schema, with findings a person can act on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml
from pydantic import BaseModel, ValidationError

from nuantu.planbook import complaints, instances
from nuantu.planbook.findings import Finding, Level, error
from nuantu.planbook.schema import Plan

Path = tuple[str | int, ...]
_SHIPPED: Final = re.compile(r"^([ps])(\d{2})\.yaml$")
SIZE_LIMIT: Final = 1_000_000
NUMBER_TAGS: Final = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
LONGEST_NUMBER: Final = 40
UNPRINTABLE: Final = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\ud800-\\udfff]")


class _Loader(yaml.SafeLoader):
    """YAML 1.1 without its surprises.

    No dates: a day that does not exist must reach the checks. Only true and false are truth values:
    a key ``on`` or a word ``no`` is text.
    """


_TEXT_HERE: Final = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag not in _TEXT_HERE]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


@dataclass(frozen=True, slots=True)
class Source:
    """The raw content of a plan file and the line of every entry."""

    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int | None:
        """The line of an entry, or of the nearest entry around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan that could be read, or why not; both may be there when findings are no errors."""

    plan: Plan | None
    source: Source
    findings: tuple[Finding, ...] = ()


def _shipped() -> dict[str, str]:
    """The plans that come with Nuantu: P1 is p01.yaml, S1 is s01.yaml."""
    names = [entry.name for entry in files("nuantu.planbook").joinpath("plans").iterdir()]
    found = [_SHIPPED.match(name) for name in sorted(names)]
    return {f"{match[1].upper()}{int(match[2])}": match[0] for match in found if match}


PACKAGED: Final = _shipped()


def read(text: str, template: Callable[[str], str | None] | None = None) -> Reading:
    """Read the text of a plan file. Never raises on bad content: it becomes findings.

    ``template`` gives the text of a plan by its code, for copies; the packaged plans by default.
    """
    source, findings = _compose(text)
    if findings or not isinstance(source.data, dict):
        empty = error("not_a_plan", "这不是方案文件", "This is not a plan file", line=1)
        return Reading(None, source, tuple(findings) or (empty,))
    source, findings = _whole(source, template or _shipped_text)
    if findings:
        return Reading(None, source, tuple(findings))
    try:
        plan = Plan.model_validate(source.data)
    except ValidationError as problem:
        return Reading(None, source, tuple(_explain(problem, source)))
    return Reading(plan, source, tuple(_own_parent(plan, source)))


def _own_parent(plan: Plan, source: Source) -> Iterator[Finding]:
    if plan.parent == plan.code:
        yield error(
            "own_parent",
            f"上级方案（parent）写成了本方案自己 {plan.code}",
            f"The plan names itself ({plan.code}) as its parent",
            line=source.line_of(("parent",)),
        )


def content(text: str) -> Any:
    """The plain values of a plan file as written; None when it is no YAML that `read` takes.

    They are shared: copy them before changing one.
    """
    source, findings = _compose(text)
    return None if findings else source.data


@cache
def packaged(code: str) -> Reading:
    """A plan that comes with Nuantu, by its code (``P1``, ``S1``).

    Errors: KeyError when there is none.
    """
    return read(packaged_text(code))


def packaged_text(code: str) -> str:
    """The text of a packaged plan file."""
    return files("nuantu.planbook").joinpath("plans", PACKAGED[code]).read_text(encoding="utf-8")


def whole_text(text: str) -> str:
    """A copy with its template, so that it stands without other files; any other text as it is."""
    source, findings = _compose(text)
    if findings or not isinstance(source.data, dict) or "template" not in source.data:
        return text
    reading = read(text)
    if reading.plan is None:
        return text
    return yaml.safe_dump(reading.source.data, allow_unicode=True, sort_keys=False, width=120)


def _shipped_text(code: str) -> str | None:
    return packaged_text(code) if code in PACKAGED else None


def _whole(source: Source, template: Callable[[str], str | None]) -> tuple[Source, list[Finding]]:
    """The content with its template, if it is a copy, and with names filled in."""
    findings: list[Finding] = []
    if "template" in source.data:
        source, findings = _with_template(source, template)
    elif "without" in source.data:
        line = source.line_of(("without",))
        findings = [
            error(
                "without_template",
                "只有副本（template）才能写 without",
                "Only a copy (template) may write “without”",
                line=line,
            )
        ]
    if findings:
        return source, findings
    data, unknown = instances.filled(source.data, instances.names_of(source.data))
    return Source(data, source.lines), [
        error(
            "unknown_name",
            f"{{{name}}} 没有写明：请在 instance.names 里写 {name}",
            f"{{{name}}} is not given: write {name} in instance.names",
            line=source.line_of(path),
            path=path,
        )
        for path, name in unknown
    ]


def _with_template(
    source: Source, template: Callable[[str], str | None]
) -> tuple[Source, list[Finding]]:
    code = str(source.data["template"])
    line = source.line_of(("template",))
    text = template(code)
    if text is None:
        nearest = difflib.get_close_matches(code, PACKAGED, n=1)
        hint = f"，是不是 {nearest[0]}？" if nearest else ""
        return source, [
            error(
                "no_such_template",
                f"没有方案 {code} 可作模板{hint}",
                f"There is no plan {code} to be a template",
                line=line,
            )
        ]
    base, findings = _compose(text)
    if findings or not isinstance(base.data, dict):
        return source, [
            error(
                "bad_template",
                f"模板 {code} 本身读不出来",
                f"The template {code} cannot be read",
                line=line,
            )
        ]
    if "template" in base.data:
        return source, [
            error(
                "template_of_template",
                f"{code} 自己也是副本，模板请写 {base.data['template']}",
                f"{code} is a copy itself; write {base.data['template']} as the template",
                line=line,
            )
        ]
    merge = instances.Merge(base.data, source.data, source.lines)
    missing = [
        error(
            "no_such_clause",
            f"模板 {code} 没有规则 {item}，不能写进 without",
            f"The template {code} has no rule {item} that “without” could take out",
            line=source.line_of(("without",)),
        )
        for item in merge.absent
    ]
    return Source(merge.data, merge.lines), missing


@lru_cache(maxsize=16)
def _compose(text: str) -> tuple[Source, list[Finding]]:
    """The content of a text; kept, because a plan in force is read again and again."""
    if len(text) > SIZE_LIMIT:
        return Source(None), [
            error("too_large", "方案文件超过 1 MB", "The plan file is larger than 1 MB", line=1)
        ]
    walk = _Walk()
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Source(None), []
        walk.visit(node)
        data = None if walk.findings else loader.construct_document(node)
        return Source(data, walk.lines), walk.findings
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        said = getattr(problem, "problem", None) or str(problem)
        line = mark.line + 1 if mark else 1
        return Source(None, walk.lines), [
            error("yaml", *complaints.of_yaml(problem, said), line=line)
        ]


class _Walk:
    """Notes the line of every entry; a key written twice and an alias are errors."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.findings: list[Finding] = []
        self._seen: set[int] = set()

    def visit(self, node: yaml.Node, path: Path = ()) -> None:
        """Walk a node once; what comes a second time is an alias and is not walked again."""
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if id(node) in self._seen:
            self._refuse("alias", "不能用别名（*）", "Aliases (*) are not allowed", path)
            return
        self._seen.add(id(node))
        self._check_scalar(node, path)
        if isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self.visit(item, (*path, number))
        elif isinstance(node, yaml.MappingNode):
            for key_node, value_node in node.value:
                self._entry(key_node, value_node, path)

    def _entry(self, key_node: yaml.Node, value_node: yaml.Node, path: Path) -> None:
        key = str(key_node.value)
        place = (*path, key)
        is_second = place in self.lines
        self.lines[place] = key_node.start_mark.line + 1
        self._check_scalar(key_node, place)
        if is_second:
            self._refuse("key_twice", f"“{key}”写了两次", f"“{key}” is written twice", place)
        self.visit(value_node, place)

    def _check_scalar(self, node: yaml.Node, path: Path) -> None:
        """What no row can hold; a number of a hundred thousand digits or base-60 places would be
        computed for minutes."""
        if isinstance(node, yaml.ScalarNode) and UNPRINTABLE.search(node.value):
            self._refuse(
                "unprintable", "有不能显示的字符", "There are unprintable characters", path
            )
        if node.tag in NUMBER_TAGS and len(str(node.value)) > LONGEST_NUMBER:
            self._refuse("long_number", "数字太长", "The number is too long", path)

    def _refuse(self, code: str, zh: str, en: str, path: Path) -> None:
        self.findings.append(error(code, zh, en, line=self.lines[path], path=path))


def _explain(problem: ValidationError, source: Source) -> Iterator[Finding]:
    seen: set[tuple[Path, str]] = set()
    for item in problem.errors(include_url=False):
        path = tuple(part for part in item["loc"] if _is_place(part, source, item["loc"]))
        if (path, item["type"]) in seen:
            continue
        seen.add((path, item["type"]))
        yield _finding_of(dict(item), path, source)


def _is_place(part: str | int, source: Source, loc: tuple[str | int, ...]) -> bool:
    """Leave out the names of union branches that pydantic puts into a location."""
    return isinstance(part, int) or any(part in path for path in source.lines) or part == loc[-1]


def _finding_of(item: dict[str, Any], path: Path, source: Source) -> Finding:
    line = source.line_of(path)
    name = str(path[-1]) if path else ""
    given = item.get("input")
    if item["type"] == "extra_forbidden":
        return _unknown_key(name, path, line)
    if item["type"] == "missing":
        return error("missing", *complaints.missing(path), line=line, path=path)
    if item["type"] in ("literal_error", "enum"):
        return _unknown_word(item, path, line)
    said = str(item.get("ctx", {}).get("error", "")) or str(item["msg"])
    said = said.removeprefix(f"{given}: ")
    code = "no_such_date" if "没有" in said and "这一天" in said else "bad_value"
    where = complaints.place(path)
    return error(
        code,
        f"{where.zh}：{complaints.in_chinese(item, said)}"
        + (f"（写的是 {complaints.shown(given)}）" if not isinstance(given, dict) else ""),
        f"{where.en}: {complaints.in_english(said, given)}",
        line=line,
        path=path,
    )


def _unknown_key(name: str, path: Path, line: int | None) -> Finding:
    nearest = difflib.get_close_matches(name, sorted(_keys_at(path[:-1])), n=1, cutoff=0.5)
    hint_zh = f"，是不是“{nearest[0]}”？" if nearest else ""
    hint_en = f"; did you mean “{nearest[0]}”?" if nearest else ""
    return error(
        "unknown_key",
        f"不认识的项“{name}”{hint_zh}",
        f"Unknown key “{name}”{hint_en}",
        line=line,
        path=path,
    )


def _unknown_word(item: dict[str, Any], path: Path, line: int | None) -> Finding:
    expected = str(item.get("ctx", {}).get("expected", ""))
    words = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    given = str(item.get("input"))
    nearest = difflib.get_close_matches(given, words, n=1, cutoff=0.5)
    hint_zh = f"，是不是“{nearest[0]}”？" if nearest else f"，可用：{'、'.join(words)}"
    hint_en = f"; did you mean “{nearest[0]}”?" if nearest else f"; one of: {', '.join(words)}"
    return error(
        "unknown_word",
        f"{path[-1] if path else ''}：不认识“{given}”{hint_zh}",
        f"{path[-1] if path else ''}: “{given}” is not known{hint_en}",
        line=line,
        path=path,
    )


def _keys_at(path: Path) -> set[str]:
    """The keys the schema allows at a place."""
    models: list[type[BaseModel]] = [Plan]
    for part in path:
        if isinstance(part, int):
            continue
        models = [
            inner
            for model in models
            for name, info in model.model_fields.items()
            if part in (name, info.alias)
            for inner in _models_in(info.annotation)
        ]
    return {info.alias or name for model in models for name, info in model.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


__all__ = [
    "Level",
    "Path",
    "Reading",
    "Source",
    "content",
    "packaged",
    "packaged_text",
    "read",
    "whole_text",
]
