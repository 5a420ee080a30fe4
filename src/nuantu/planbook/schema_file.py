"""The JSON Schema of plan files, for editors; committed as docs/reference/plan-schema.json."""

from __future__ import annotations

import json

from nuantu.planbook.schema import SCHEMA_ID, Plan


def text() -> str:
    """The schema as it is committed: sorted, two spaces, one final line break."""
    schema = Plan.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = SCHEMA_ID
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
