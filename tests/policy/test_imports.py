"""What may know what: the contracts in pyproject.toml, and what imports cannot see."""

import ast
import os
import subprocess
import sys
import tomllib
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.policy import tree

pytestmark = pytest.mark.slow

INNER = {
    "urls",
    "apps",
    "views",
    "api",
    "jobs",
    "forms",
    "services",
    "access",
    "selectors",
    "models",
    "rules",
}


def _contracts() -> dict[str, dict[str, Any]]:
    loaded = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    section = loaded["tool"]["importlinter"]
    assert section["root_package"] == "nuantu"
    assert section["include_external_packages"] is True
    return {
        contract["type"] + str(number): contract
        for number, contract in enumerate(section["contracts"])
    }


def test_every_contract_is_kept() -> None:
    environment = os.environ | {"PYTHONPATH": str(tree.ROOT / "src")}
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ],
        cwd=tree.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "Contracts: 4 kept, 0 broken." in done.stdout


def test_no_import_is_excused() -> None:
    excused = [
        contract["name"]
        for contract in _contracts().values()
        if contract.get("ignore_imports") or contract.get("unmatched_ignore_imports_alerting")
    ]
    assert not excused


def test_every_domain_package_follows_the_fixed_list_of_modules() -> None:
    containers = {
        name.removeprefix("nuantu.")
        for contract in _contracts().values()
        if contract["type"] == "layers"
        for name in contract["containers"]
    }
    assert tree.domain_packages()
    assert set(tree.domain_packages()) <= containers, "name the new package in pyproject.toml"


def test_every_engine_and_every_rules_module_is_pure() -> None:
    pure = next(c for c in _contracts().values() if c["type"] == "forbidden")
    assert {
        "nuantu.*.rules",
        *(f"nuantu.{name}" for name in tree.PURE if name in tree.packages()),
    } <= set(pure["source_modules"])
    assert "django" in pure["forbidden_modules"]


def test_imports_stand_at_the_top() -> None:
    """An import inside a function hides a cycle; apps.ready() is the place Django gives for one."""
    found = [
        f"{module.name}:{node.lineno} {node.module}"
        for module in tree.modules()
        if module.path.name != "apps.py" and module.package != "config"
        for function in tree.functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nuantu")
    ]
    assert not found, found


def test_each_package_opens_with_what_it_owns() -> None:
    short = []
    for name in tree.packages():
        text = (tree.SOURCE / name / "__init__.py").read_text(encoding="utf-8")
        module = ast.parse(text)
        statement = ast.get_docstring(module) or ""
        if len(statement) < 60:
            short.append(name)
        assert len(module.body) <= 2 or name in tree.PURE, (
            f"{name}/__init__.py holds more than words"
        )
    assert not short, short


def _ours() -> list[type[models.Model]]:
    found = [m for m in apps.get_models() if m.__module__.startswith("nuantu.")]
    assert len(found) >= 5
    return found


def _package(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_relations_to_other_packages_point_down_and_stay_hidden() -> None:
    """A visible reverse relation would let the lower package look up."""
    order = [
        "core", "ui", "accounts", "papers", "places", "operations", "warnings",
        "persons", "patrols", "dispatch", "encounters", "stays", "casework", "tracing", "homeward", "fieldwork", "config",
    ]  # fmt: skip
    wrong = []
    for model in _ours():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not (field.concrete and field.is_relation and isinstance(target, type)):
                continue
            if not target.__module__.startswith("nuantu.") or _package(target) == _package(model):
                continue
            if order.index(_package(target)) > order.index(_package(model)):
                wrong.append(f"{model.__name__}.{field.name} points up")
            if field.remote_field is not None and not field.remote_field.hidden:
                wrong.append(f"{model.__name__}.{field.name} needs related_name='+'")
    assert not wrong, wrong


def test_a_template_links_only_to_its_own_and_lower_packages() -> None:
    """URL names cross boundaries silently; a page that links up is passed the address."""
    order = [
        "core", "ui", "accounts", "papers", "places", "operations", "warnings", "persons", "patrols", "dispatch",
        "encounters", "stays", "fieldwork",
    ]  # fmt: skip
    wrong = []
    seen = 0
    for path in tree.files_in(tree.SOURCE, ".html"):
        package = path.relative_to(tree.SOURCE).parts[0]
        if package not in order or package == "ui":
            continue
        for part in path.read_text(encoding="utf-8").split("{% url ")[1:]:
            seen += 1
            name = part.lstrip("'\"").split(":")[0].split("'")[0].split('"')[0]
            if name in order and order.index(name) > order.index(package):
                wrong.append(f"{tree.short(path)} links up to {name}")
    assert not wrong, wrong
