"""The parts of an area as a form: typed, pasted, or from a CSV or Excel file."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nuantu.core.tables import BROKEN, csv_rows, is_xlsx, xlsx_rows
from nuantu.patrols.models import SweepArea
from nuantu.patrols.rules.part_files import (
    EMPTY,
    ITSELF,
    MANY,
    TAKEN,
    TWICE,
    UNKNOWN,
    Finding,
    text_of_rows,
)
from nuantu.patrols.rules.sweeps import MOST_LINES, BadLine, Part, parts_of
from nuantu.patrols.selectors.areas import findings_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FILE_BYTES: Final = 1024 * 1024
FILE_ROWS: Final = 2000
_WHY: Final = {
    EMPTY: _("没有写村（社区）"),
    TWICE: _("和前面一行重复"),
    UNKNOWN: _("这一片里没有这个地方"),
    ITSELF: _("就是这一片，请写出网格"),
    TAKEN: _("已经在这次排查里"),
    MANY: _("行数太多，请分几次"),
}
COLUMNS: Final = 40  # a sheet that was painted to its edge says that it is 16 384 wide


class CutForm(forms.Form):
    """The parts of an area. A file is read into the lines, so that what is wrong can be mended there."""

    lines = forms.CharField(
        label=_("村（社区）、网格、责任人"),
        help_text=_("每行一片，三列用逗号或制表符隔开，可以从表格粘贴；没有网格的只写村名。"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label=_("或者表格文件"),
        help_text=_("Excel（.xlsx）或 CSV，前三列是村（社区）、网格、责任人，最大 1 MB。"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, area: SweepArea) -> None:
        super().__init__(data, files)
        self._area = area
        self.findings: list[tuple[int, str, str]] = []

    def clean(self) -> dict[str, Any]:
        """The lines as parts; every bad one is named at once."""
        data = super().clean() or {}
        if self.errors:
            return data
        upload = data.get("file")
        text = _text_of(upload) if upload else data.get("lines", "")
        if upload:
            self.data = {name: self.data[name] for name in self.data} | {"lines": text}
        if not text.strip():
            self.add_error("lines", _("请写 1 到 %(n)s 行。") % {"n": MOST_LINES})
            return data
        found = findings_of(self._area, text)
        self.findings = [(one.line, str(_WHY[one.why]), _shown(one)) for one in found]
        if found:
            said = ngettext(
                "%(n)s 行要改，改好再细分；没有写入任何一行。",
                "%(n)s 行要改，改好再细分；没有写入任何一行。",
                len(found),
            )
            self.add_error("lines", said % {"n": len(found)})
        else:
            data["parts"] = _parts(text)
        return data


def _shown(finding: Finding) -> str:
    return finding.value[:80]


def _parts(text: str) -> list[Part]:
    try:
        return parts_of(text)
    except BadLine as bad:  # the findings name every bad line before
        raise forms.ValidationError(str(bad)) from bad


def _text_of(upload: "UploadedFile[bytes]") -> str:
    """The rows of a file as lines. Raises ValidationError for what is too large or no table."""
    if (upload.size or 0) > FILE_BYTES:
        raise forms.ValidationError(_("文件超过 1 MB，没有读。请只留村、网格、责任人三列。"))
    content: bytes = upload.read()
    try:
        rows = _rows(content)
    except BROKEN as error:
        raise forms.ValidationError(
            _("读不了这个文件。请存成 Excel（.xlsx）或 CSV 再选，或把内容粘贴到上面。")
        ) from error
    if len(rows) > FILE_ROWS:
        raise forms.ValidationError(_("文件超过 %(n)s 行，没有读。请分几次。") % {"n": FILE_ROWS})
    return text_of_rows(rows)


def _rows(content: bytes) -> list[list[Any]]:
    if is_xlsx(content):
        return xlsx_rows(content, most_rows=FILE_ROWS, most_columns=COLUMNS)
    return csv_rows(content)
