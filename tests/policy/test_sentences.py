"""Every verb that the journal may hold has its sentences, and each of them an English one."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from django.utils import translation

from nuantu.core import sentences
from tests.policy import tree
from tests.policy.words import HAN

pytestmark = pytest.mark.slow

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def functions(package: str) -> list[tuple[ast.Module, Function]]:
    """Every function of a package, with the module it stands in."""
    return [
        (module.tree, node)
        for module in tree.modules(with_migrations=False)
        if module.package == package
        for node in module.nodes
        if isinstance(node, Function)
    ]


def calls(
    package: str, home: ast.Module, function: Function
) -> Iterator[tuple[dict[str, ast.expr], ast.Module, Function]]:
    """What each caller gives, by parameter, and where it stands; a private one is called at home."""
    spec = function.args
    places = [argument.arg for argument in [*spec.posonlyargs, *spec.args]]
    for module, caller in functions(package):
        if function.name.startswith("_") and module is not home:
            continue
        for call in ast.walk(caller):
            if not isinstance(call, ast.Call):
                continue
            if tree.dotted(call.func).rpartition(".")[2] == function.name:
                given = dict(zip(places, call.args, strict=False))
                given |= {word.arg: word.value for word in call.keywords if word.arg}
                yield given, module, caller


def values(package: str, value: ast.expr, module: ast.Module, within: Function) -> set[str]:
    """Every text that an expression can be, followed through names, tables and callers."""
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    if isinstance(value, ast.IfExp):
        return values(package, value.body, module, within) | values(
            package, value.orelse, module, within
        )
    if isinstance(value, ast.Subscript):
        return _of_table(package, value, module, within)
    if isinstance(value, ast.JoinedStr | ast.Name):
        return _put_together(package, value, module, within)
    return set()


def _of_table(package: str, value: ast.Subscript, module: ast.Module, within: Function) -> set[str]:
    found: set[str] = set()
    for node in module.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Dict):
            continue
        if tree.dotted(value.value) in {tree.dotted(target) for target in _targets(node)}:
            for one in node.value.values:
                found |= values(package, one, module, within)
    return found


def _put_together(
    package: str, value: ast.JoinedStr | ast.Name, module: ast.Module, within: Function
) -> set[str]:
    """A name or an f-string: what is assigned here, else what each caller gives, taken together."""
    parts: list[ast.expr] = [value] if isinstance(value, ast.Name) else value.values
    bare = [part.value if isinstance(part, ast.FormattedValue) else part for part in parts]
    here = [_assigned(package, part, module, within) for part in bare]
    if all(here):
        return {"".join(words) for words in product(*here)}
    found: set[str] = set()
    for given, where, caller in calls(package, module, within):
        told = [
            words
            or (
                values(package, given[part.id], where, caller)
                if isinstance(part, ast.Name) and part.id in given
                else set()
            )
            for words, part in zip(here, bare, strict=True)
        ]
        found |= {"".join(words) for words in product(*told)}
    return found


def _assigned(package: str, part: ast.expr, module: ast.Module, within: Function) -> set[str]:
    if not isinstance(part, ast.Name):
        return values(package, part, module, within)
    found: set[str] = set()
    for node in [*ast.walk(within), *module.body]:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        if any(isinstance(t, ast.Name) and t.id == part.id for t in _targets(node)):
            found |= values(package, node.value, module, within)
    return found


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


@cache
def verbs() -> dict[str, str]:
    """Every verb that code writes into the journal, with where."""
    found: dict[str, str] = {}
    lost = []
    for package in tree.packages():
        for module, function in functions(package):
            for call in ast.walk(function):
                if not isinstance(call, ast.Call):
                    continue
                if tree.dotted(call.func) not in ("journal.record", "record"):
                    continue
                for word in call.keywords:
                    if word.arg == "verb":
                        told = values(package, word.value, module, function)
                        where = f"{package} {function.name}:{call.lineno}"
                        found |= dict.fromkeys(told, where)
                        lost += [where] if not told else []
    assert not lost, f"write the verb so that it can be followed: {lost}"
    return found


def test_every_verb_has_its_sentences() -> None:
    """A new verb without them fails here; write them in src/nuantu/<package>/sentences.py."""
    assert len(verbs()) > 60
    silent = {verb: where for verb, where in verbs().items() if verb not in sentences.sentences()}
    assert not silent, silent


def test_no_sentence_is_left_over() -> None:
    dead = set(sentences.sentences()) - set(verbs())
    assert not dead, dead


@pytest.mark.django_db
@pytest.mark.parametrize("verb", sorted(sentences.sentences()))
def test_a_line_reads_in_english(verb: str) -> None:
    """Each sentence is found again from what it wrote, and says in English what it names."""
    for template in sentences.sentences()[verb]:
        names = sentences.PLACE.findall(template)
        summary = template % {name: f"x{name}" for name in names}
        with translation.override("en"):
            english = sentences.say(verb, summary)
        assert not HAN.search(english), english
        assert all(f"x{name}" in english for name in names if name != "org"), english
