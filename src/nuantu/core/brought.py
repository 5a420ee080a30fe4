"""A table that somebody brings: read, carried through a page that shows it, and back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.core import signing
from django.utils.translation import gettext as _

from nuantu.core import tables
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.headings import Headings, Row

MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 40
MOST_BYTES: Final = 2 * 1024 * 1024
KEPT_FOR: Final = timedelta(hours=8)


class SheetRefused(Refusal):
    """The file cannot be read, or holds nothing to read."""


def rows_in(content: bytes, headings: Headings, *, needs: str) -> tuple[list[Row], list[str]]:
    """The rows of an Excel or CSV file and the headings that nobody reads; `needs` says what must be there.

    Raises SheetRefused.
    """
    if len(content) > MOST_BYTES:
        raise SheetRefused(_("文件超过 2 MB，没有读。请分几次。"), field="file")
    try:
        rows: Sequence[Sequence[Any]] = (
            tables.xlsx_rows(content, most_rows=MOST_ROWS + 10, most_columns=MOST_COLUMNS)
            if tables.is_xlsx(content)
            else tables.csv_rows(content)
        )
    except tables.BROKEN as error:
        raise SheetRefused(
            _("读不了这个文件。请存成 Excel（.xlsx）或 CSV 再选。"), field="file"
        ) from error
    found, unread = headings.rows_of(rows)
    if not found:
        raise SheetRefused(needs, field="file")
    if len(found) > MOST_ROWS:
        raise SheetRefused(
            _("文件超过 %(n)s 行，没有读。请分几次。") % {"n": f"{MOST_ROWS:,}"}, field="file"
        )
    return found, unread


def packed(actor: Actor, rows: Sequence[Row], about: str, *, salt: str) -> str:
    """Rows on their way through the page and back: nobody else's, and not changed there."""
    return signing.dumps([actor.public_id, about, rows], salt=salt, compress=True)


def unpacked(actor: Actor, text: str, *, salt: str) -> tuple[list[Row], str]:
    """Those rows and what they are about. Raises Refusal where they are too old or somebody else's."""
    try:
        owner, about, rows = signing.loads(text, salt=salt, max_age=KEPT_FOR)
    except signing.BadSignature:
        owner, about, rows = "", "", []
    if owner != actor.public_id:
        raise Refusal(_("检查结果已过期，请重新选择文件。"))
    return [(int(number), dict(told)) for number, told in rows], about
