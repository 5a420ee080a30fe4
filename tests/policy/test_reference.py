"""The reference is written from the code and is never older than it."""

import difflib

import pytest
from tools import reference
from tools.reference_pages import code, interface, setup

from tests.policy import tree


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


def test_every_page_says_who_may_enter() -> None:
    """A view without `staff_page` or `public_page` would be open by forgetting."""
    own = [a for a in interface.all_addresses() if not a.is_api and a.name != "set_language"]
    assert len(own) > 10
    open_by_forgetting = [f"{a.route} {a.name}" for a in own if a.permission is None]
    assert not open_by_forgetting, open_by_forgetting
