"""Refresh the browser libraries that Nuantu serves itself.

Needs npm, but only when a version changes: the files are committed, and neither `./nuantu up` nor
the tests run this. `python tools/vendor_frontend.py` packs each library at the version pinned
here, compares the archive with its pinned checksum, copies the few files we serve, draws the icon
sprite and writes `MANIFEST.json` with a checksum per file, which tests/ui compares.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).parents[1] / "src/nuantu/ui/static/ui"
VENDOR = STATIC / "vendor"
SOURCE_MAP = re.compile(rb"\n?(//# sourceMappingURL=[^\n]*|/\*# sourceMappingURL=.*?\*/)\n?")


@dataclass(frozen=True)
class Library:
    """One npm package: what is pinned, and which of its files the browser gets."""

    name: str
    version: str
    licence: str
    integrity: str
    files: tuple[str, ...]
    licence_file: str = "LICENSE"


LIBRARIES = (
    Library(
        "htmx.org",
        "2.0.11",
        "0BSD",
        "sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
        ("dist/htmx.min.js",),
    ),
    Library(
        "idiomorph",
        "0.8.0",
        "0BSD",
        "sha512-R47JBL+6jHDQvcnbppIUtXXcxi5h6+wuCEEZXnRhUltsgzPFKzThL5PuHppP9ypJuy+7WawcY1TsSBD/iQbMhw==",
        ("dist/idiomorph-ext.min.js",),
    ),
    Library(
        "maplibre-gl",
        "6.17.0",
        "BSD-3-Clause",
        "sha512-2chIZwpLGenoUQOcnm9Pk4SLbA8ppNFq8jlpXiq9vcYm3Y1wJ3fc82FL0GLwBaPYJCLzPv/mC46KEupVov75rQ==",
        (
            "dist/maplibre-gl.mjs",
            "dist/maplibre-gl-worker.mjs",
            "dist/maplibre-gl-shared.mjs",
            "dist/maplibre-gl.css",
        ),
        "LICENSE.txt",
    ),
)

ICONS = Library(
    "@tabler/icons",
    "3.51.0",
    "MIT",
    "sha512-0pinvPZz7YeX+OSfxuEAbnEPWbocVXW5iU8h5lh41pYG8sZuQfpWECC980lxOT0clGIcNGn8xsBr+zKaRGdA/g==",
    (),
)

# Our name on the left, Tabler's outline icon on the right.
ICON_NAMES = {
    "add": "plus",
    "alarm": "alarm",
    "alert": "alert-triangle",
    "arrow": "arrow-right",
    "back": "arrow-left",
    "bed": "bed",
    "bell": "bell",
    "blanket": "stack-2",
    "calendar": "calendar",
    "camera": "camera",
    "car": "car",
    "chart": "chart-bar",
    "check": "check",
    "child": "mood-kid",
    "clock": "clock",
    "close": "x",
    "day": "sun",
    "doc": "file-text",
    "down": "chevron-down",
    "edit": "pencil",
    "export": "download",
    "eye": "eye",
    "family": "users",
    "filter": "filter",
    "flag": "flag",
    "give": "heart-handshake",
    "hand-over": "transfer",
    "help": "help",
    "history": "history",
    "home": "home",
    "hospital": "building-hospital",
    "info": "info-circle",
    "language": "language",
    "link": "link",
    "list": "list",
    "lock": "lock",
    "map": "map",
    "medical": "first-aid-kit",
    "menu": "menu-2",
    "message": "message",
    "minus": "minus",
    "more": "dots",
    "next": "chevron-right",
    "night": "moon",
    "office": "building",
    "person": "user",
    "phone": "phone",
    "photo": "photo",
    "pin": "map-pin",
    "plan": "clipboard-list",
    "print": "printer",
    "refresh": "refresh",
    "refused": "hand-stop",
    "search": "search",
    "send": "send",
    "share": "share",
    "shield": "shield",
    "sign-out": "logout",
    "snow": "snowflake",
    "station": "building-community",
    "stop": "ban",
    "target": "current-location",
    "team": "users-group",
    "tip": "message-report",
    "undo": "arrow-back-up",
    "walk": "walk",
    "warning": "cloud-storm",
}

# Drawn by us: the shape that stands beside the word of a status.
SHAPES = {
    "shape-waiting": '<circle cx="12" cy="12" r="7.5"/>',
    "shape-active": '<circle cx="12" cy="12" r="7.5"/><path fill="currentColor" d="M12 4.5a7.5 7.5 0 0 1 0 15z"/>',
    "shape-moving": '<path fill="currentColor" d="M6 4l14 8-14 8z"/>',
    "shape-done": '<path d="M4 12.5l5.5 5.5L20 6.5"/>',
    "shape-stopped": '<path fill="currentColor" d="M5 5h14v14H5z"/>',
    "shape-danger": '<path fill="currentColor" d="M12 3l10 18H2z"/>',
    "shape-late": '<path fill="currentColor" d="M12 2l10 10-10 10L2 12z"/>',
    "shape-note": '<circle fill="currentColor" cx="12" cy="12" r="4.5"/>',
}


def packed(library: Library, folder: Path) -> Path:
    """Return the unpacked archive of the pinned version, or stop when its checksum differs."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to refresh the vendored files; nothing was changed.")
    spec = f"{library.name}@{library.version}"
    answer = subprocess.run(
        [npm, "pack", spec, "--json"], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / str(json.loads(answer.stdout)[0]["filename"])
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != library.integrity:
        raise SystemExit(f"{spec}: the archive is not the one pinned here; nothing was changed.")
    target = folder / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def sprite(package: Path) -> bytes:
    """Draw one SVG with a symbol per icon, so that a page carries a reference and not the lines."""
    symbols = []
    for name, source in sorted(ICON_NAMES.items()):
        drawing = (package / "icons/outline" / f"{source}.svg").read_text(encoding="utf-8")
        body = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawing, flags=re.DOTALL)
        lines = "".join(line.strip() for line in body.splitlines())
        lines = lines.replace(" />", "/>")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>')
    symbols += [
        f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>' for name, body in SHAPES.items()
    ]
    head = '<svg xmlns="http://www.w3.org/2000/svg">\n'
    note = f"<!-- Tabler Icons {ICONS.version}, MIT licence, see vendor/tabler-icons/LICENSE -->\n"
    return (head + note + "\n".join(symbols) + "\n</svg>\n").encode()


def refresh() -> None:
    """Write every vendored file and the manifest anew."""
    written: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for library in LIBRARIES:
            package = packed(library, Path(scratch))
            folder = library.name.removesuffix(".org")
            for file in library.files:
                content = SOURCE_MAP.sub(b"", (package / file).read_bytes())
                written[f"vendor/{folder}/{Path(file).name}"] = content
            licence = (package / library.licence_file).read_bytes()
            written[f"vendor/{folder}/LICENSE"] = licence
        icons = packed(ICONS, Path(scratch))
        written["vendor/tabler-icons/LICENSE"] = (icons / "LICENSE").read_bytes()
        written["icons.svg"] = sprite(icons)
    shutil.rmtree(VENDOR, ignore_errors=True)
    for path, content in written.items():
        target = STATIC / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    manifest = {
        "libraries": [
            {"name": item.name, "version": item.version, "licence": item.licence}
            for item in (*LIBRARIES, ICONS)
        ],
        "sha256": {
            path: hashlib.sha256(content).hexdigest() for path, content in sorted(written.items())
        },
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (VENDOR / "MANIFEST.json").write_text(text, encoding="utf-8")
    print(f"{len(written)} files written below {STATIC}")


if __name__ == "__main__":
    refresh()
