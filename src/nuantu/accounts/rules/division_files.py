"""Everything that is wrong with an uploaded table of divisions, line by line."""

import csv
import io
import json
from dataclasses import dataclass

from nuantu.accounts.rules.divisions import CODE_HEADINGS, NAME_HEADINGS, full_code


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line; `why`: file, heading, code, name or twice."""

    line: int
    why: str
    value: str = ""


def as_csv(text: str) -> str:
    """The table as CSV: a JSON list of objects is written out, CSV stays as it is. Raises ValueError."""
    text = "\n".join(text.splitlines())
    if not text.lstrip("\ufeff \n\t").startswith("["):
        return text
    rows = json.loads(text.lstrip("\ufeff"))
    if not all(isinstance(row, dict) for row in rows):
        message = "a JSON table is a list of objects with code and name"
        raise ValueError(message)
    written = io.StringIO()
    headings = list(dict.fromkeys(str(key) for row in rows for key in row))
    writer = csv.DictWriter(written, headings, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def faults_in(text: str) -> list[Fault]:
    """All faults of a CSV table, in the order of its lines; empty when it can be imported.

    Raises csv.Error for what is no CSV.
    """
    if "\x00" in text:
        message = "a table holds no zero bytes"
        raise csv.Error(message)
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    headings = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    code_heading = next((headings[name] for name in CODE_HEADINGS if name in headings), None)
    name_heading = next((headings[name] for name in NAME_HEADINGS if name in headings), None)
    if code_heading is None or name_heading is None:
        return [Fault(1, "heading", ", ".join(name for name in headings if name)[:80])]
    found: list[Fault] = []
    first_at: dict[str, int] = {}
    for line, row in enumerate(reader, start=2):
        told = (row.get(code_heading) or "").strip()
        try:
            code = full_code(told)
        except ValueError:
            found.append(Fault(line, "code", told[:40]))
            continue
        if not (row.get(name_heading) or "").strip():
            found.append(Fault(line, "name", told))
        if code in first_at:
            found.append(Fault(line, "twice", told))
        first_at.setdefault(code, line)
    return found if found or first_at else [Fault(1, "file")]
