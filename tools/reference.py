"""Write docs/reference from the code: `python -m tools.reference [PAGE ...]`.

The pages say what settings, commands, permissions, addresses, events, jobs, tables, third-party
parts and rules there are. Nobody edits them by hand; tests/policy/test_reference.py compares them.
"""

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"

# Imported only when Django is ready: the pages read models and addresses.
PAGES = {
    "settings.md": ("setup", "settings"),
    "commands.md": ("setup", "commands"),
    "third-party.md": ("setup", "third_party"),
    "permissions.md": ("interface", "permissions"),
    "addresses.md": ("interface", "addresses"),
    "openapi.json": ("interface", "openapi"),
    "open311.json": ("interface", "open311"),
    "plan-checks.md": ("plans", "plan_checks"),
    "paper-fields.md": ("papers", "paper_fields"),
    "events.md": ("code", "events"),
    "packages.md": ("code", "packages"),
    "data-dictionary.md": ("schema", "data_dictionary"),
    "rules.md": ("register", "rules"),
}


def _set_up() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuantu.config.settings")
    django.setup()


def page(name: str) -> str:
    """The content of one generated file; Django must be set up."""
    module, function = PAGES[name]
    return str(getattr(import_module(f"tools.reference_pages.{module}"), function)())


def write(names: Iterable[str] = ()) -> list[str]:
    """Write what differs (all pages, or the named ones); the names of the files that changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    changed = []
    for name in names or PAGES:
        path, text = FOLDER / name, page(name)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed


if __name__ == "__main__":
    _set_up()
    print("\n".join(write(sys.argv[1:])) or "nothing changed")
