"""What an editor shows while a plan file is written."""

import json
from collections.abc import Iterator
from typing import Any

from nuantu.planbook import schema_file
from tests.policy.words import HAN

SCHEMA = json.loads(schema_file.text())


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield node
        for value in node.values():
            yield from _objects(value)
    elif isinstance(node, list):
        for item in node:
            yield from _objects(item)


def test_every_key_is_explained_in_chinese() -> None:
    """Completion shows the title, hovering the description."""
    found = list(_objects(SCHEMA))
    assert len(found) > 70
    for part in found:
        assert HAN.search(part["title"]), part["title"]
        assert part["additionalProperties"] is False, "a slip is never silent"
        for name, said in part["properties"].items():
            assert HAN.search(said.get("description", "")), (part["title"], name)


def test_a_copy_needs_little_and_a_plan_needs_its_window() -> None:
    assert SCHEMA["if"] == {"required": ["template"]}
    assert set(SCHEMA["then"]["required"]) == {"schema", "template", "code", "instance"}
    assert {"window", "title", "issuer"} <= set(SCHEMA["else"]["required"])
    assert {"template", "without"} <= set(SCHEMA["properties"])


def test_every_value_rests_on_a_clause() -> None:
    """Whatever entry holds a clause must have one."""
    for part in _objects(SCHEMA):
        if "clause" in part["properties"]:
            assert "clause" in part["required"], part["title"]
