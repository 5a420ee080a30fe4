"""The JSON Schema of plan files, for editors; committed as docs/reference/plan-schema.json."""

from __future__ import annotations

import json
from typing import Any, Final

from nuantu.planbook.schema import SCHEMA_ID, Plan

COPY_NEEDS: Final = ("schema", "template", "code", "instance")
COPY_ONLY: Final[dict[str, Any]] = {
    "template": {
        "description": "同一文本的模板方案的 code：本文件只写不同之处",
        "title": "模板",
        "type": "string",
    },
    "without": {
        "description": "只用于副本：模板里有、本方案没有的规则编号",
        "items": {"type": "string"},
        "title": "没有的规则",
        "type": "array",
    },
}


def text() -> str:
    """The schema as it is committed: sorted, two spaces, one final line break."""
    schema = Plan.model_json_schema(by_alias=True)
    _in_chinese(schema)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = SCHEMA_ID
    schema["properties"].update(COPY_ONLY)
    schema["if"] = {"required": ["template"]}
    schema["then"] = {"required": list(COPY_NEEDS)}
    schema["else"] = {"required": [*schema.pop("required"), "schema"]}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _in_chinese(node: Any) -> None:
    """Titles that an editor shows are the Chinese ones; English docstrings stay in the code."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            _titled(node)
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            _in_chinese(item)


def _titled(node: dict[str, Any]) -> None:
    if "properties" in node:
        node.pop("description", None)
    elif node.get("type") != "object":
        said = str(node.get("description", ""))
        node["title"] = said.partition("：")[0].partition("；")[0]
        if not said:
            node.pop("title")
