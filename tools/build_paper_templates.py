"""Write the Word files of the statutory kinds: `python -m tools.build_paper_templates`.

Each is checked as an upload would be, and names every field of its kind.
"""

import sys
from pathlib import Path

from nuantu.papers.rules.checking import check
from nuantu.papers.rules.kinds import read_kinds
from tools.paper_forms.forms import drawn

DATA = Path(__file__).resolve().parents[1] / "src" / "nuantu" / "papers" / "data"


def main() -> int:
    """Draw, check, write; 1 where one of them would be refused."""
    failed = 0
    for kind in read_kinds((DATA / "kinds.yaml").read_text("utf-8")).values():
        content = drawn(kind)
        checked = check(content, kind)
        if not checked.is_good or checked.absent:
            failed += 1
            print(kind.code, checked.faults, checked.absent)
            continue
        (DATA / f"{kind.code}.docx").write_bytes(content)
        print(kind.code, len(content))
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
