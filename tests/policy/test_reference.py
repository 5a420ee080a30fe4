"""The reference is written from the code and is never older than it."""

import difflib
import re

import pytest
from tools import reference
from tools.reference_pages import code, interface, setup

from tests.policy import tree

pytestmark = pytest.mark.slow


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_the_reference_says_what_the_code_says(name: str) -> None:
    """Mend with `python -m tools.reference` and read the difference before committing it."""
    path = reference.FOLDER / name
    written = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    fresh = reference.page(name).splitlines()
    difference = list(
        difflib.unified_diff(written, fresh, "committed", "from the code", lineterm="", n=0)
    )
    assert not difference, "\n".join(difference[:40])


def test_every_variable_of_the_environment_is_described() -> None:
    read, described = setup.variables(), set(setup.described())
    assert len(read) > 10
    assert read == described, f"not described: {read - described}; not read: {described - read}"


def test_nothing_else_reads_the_environment() -> None:
    """`env.py` reads it once for the site; the launcher reads what it must know before."""
    readers = [
        module.name
        for module in tree.modules()
        if "os.environ" in module.text or "os.getenv" in module.text
    ]
    assert "src/nuantu/config/env.py" in readers
    outside = [name for name in readers if not name.startswith("src/nuantu/config/")]
    assert not outside, outside


def test_every_event_is_named_for_what_happened() -> None:
    announced = code.announced()
    packages = set(tree.packages())
    wrong = [
        name for name in announced if name.count(".") != 1 or name.partition(".")[0] not in packages
    ]
    assert not wrong, wrong


def test_every_permission_that_code_asks_for_stands_in_the_matrix() -> None:
    from nuantu.accounts.selectors import matrix

    known = set(matrix().permissions)
    asked = {address.permission for address in interface.all_addresses() if address.permission}
    assert asked
    assert asked <= known, asked - known


def test_every_permission_of_the_matrix_is_asked_for_somewhere() -> None:
    """A right that nothing asks for promises what is not there."""
    from nuantu.accounts.selectors import matrix

    text = "\n".join(module.text for module in tree.modules())
    text += "\n".join(
        path.read_text(encoding="utf-8") for path in tree.files_in(tree.SOURCE, ".html")
    )
    unused = [
        code for code in matrix().permissions if f'"{code}"' not in text and f"'{code}'" not in text
    ]
    assert not unused, unused


def test_every_permission_that_code_names_stands_in_the_matrix() -> None:
    from nuantu.accounts.selectors import matrix

    known = set(matrix().permissions)
    named = {
        (code, module.name)
        for module in tree.modules()
        for code in re.findall(r"\.may\(\s*\"([a-z_.]+)\"", module.text)
    }
    assert len(named) > 3
    assert not {found for found in named if found[0] not in known}


def test_every_page_says_who_may_enter() -> None:
    """A view without `staff_page` or `public_page` would be open by forgetting."""
    own = [a for a in interface.all_addresses() if not a.is_api and a.name != "set_language"]
    assert len(own) > 10
    open_by_forgetting = [f"{a.route} {a.name}" for a in own if a.permission is None]
    assert not open_by_forgetting, open_by_forgetting
