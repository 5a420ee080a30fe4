"""What the browser gets is what was pinned, with its licence, and nothing leads elsewhere."""

import hashlib
import json
import re
from pathlib import Path

STATIC = Path("src/nuantu/ui/static/ui")
MANIFEST = json.loads((STATIC / "vendor/MANIFEST.json").read_text(encoding="utf-8"))


def test_every_vendored_file_is_the_pinned_one() -> None:
    for path, digest in MANIFEST["sha256"].items():
        assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == digest, path
    on_disk = {
        str(path.relative_to(STATIC)) for path in (STATIC / "vendor").rglob("*") if path.is_file()
    }
    named = {path for path in MANIFEST["sha256"] if path.startswith("vendor/")}
    assert on_disk == named | {"vendor/MANIFEST.json"}


def test_every_library_carries_its_licence() -> None:
    for folder in (path for path in (STATIC / "vendor").iterdir() if path.is_dir()):
        assert (folder / "LICENSE").stat().st_size > 200, folder.name


def test_no_source_map_is_asked_for() -> None:
    """A missing map stops the hashing of static files and shows as an error in every browser."""
    for path in (STATIC / "vendor").rglob("*"):
        if path.is_file():
            assert b"sourceMappingURL=" not in path.read_bytes(), path.name


def _lines(is_app: bool) -> dict[str, int]:
    scripts = [
        path
        for path in Path("src/nuantu").rglob("static/**/*.js")
        if "vendor" not in path.parts and ("fieldwork" in path.parts) == is_app
    ]
    assert scripts
    return {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in scripts}


def test_the_scripts_of_pages_stay_below_two_thousand_lines() -> None:
    lines = _lines(is_app=False)
    assert sum(lines.values()) < 2000, lines


def test_the_app_which_no_server_draws_stays_below_its_bound() -> None:
    """Patrols and the rounds of a house: decision 38."""
    lines = _lines(is_app=True)
    assert sum(lines.values()) < 2250, lines
    assert max(lines.values()) <= 400, lines


def test_our_scripts_run_under_the_strictest_policy() -> None:
    app = Path("src/nuantu/fieldwork/static/fieldwork")
    for path in [*(STATIC / "js").glob("*.js"), *app.glob("*.js")]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(
            r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text
        ), path.name
        assert not re.search(r"https?://", text), path.name


def test_every_icon_in_a_template_is_drawn() -> None:
    drawn = set(
        re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8"))
    )
    for path in Path("src/nuantu").rglob("*.html"):
        for name in re.findall(r'{%\s*icon "([\w-]+)"', path.read_text(encoding="utf-8")):
            assert name in drawn, f"{path}: {name}"
