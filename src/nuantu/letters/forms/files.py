"""Forms of letters as files."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.letters.rules.envelope import MOST_BYTES

LONGEST: Final = 100
_TYPED: Final = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class SaveFileForm(forms.Form):
    """The passphrase of a file, and what it is made for."""

    passphrase = forms.CharField(
        label=_("口令"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs=_TYPED),
        help_text=_(
            "至少8个字符，只用数字的至少12位。打电话告诉对方，不要写在邮件里；系统不保存。"
        ),
    )
    purpose = forms.CharField(
        label=_("目的"), max_length=200, help_text=_("例如“发给对方站，请接人”。写进日志。")
    )


class ReadFileForm(forms.Form):
    """A file of somebody else, with what was said on the telephone."""

    file = forms.FileField(
        label=_("函或答复文件"),
        help_text=_("对方发来的函（.html）或答复文件（.json）。"),
        widget=forms.FileInput(attrs={"accept": ".html,.json"}),
    )
    passphrase = forms.CharField(
        label=_("口令"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs=_TYPED),
        help_text=_("读入别的单位发来的函时填，打电话问对方；答复文件不用。"),
    )
    heard = forms.CharField(
        label=_("对方电话里读出的指纹"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=_TYPED | {"inputmode": "numeric"}),
        help_text=_("30位数字。第一次收到这个单位的函，或者它的钥匙变了，才要填。"),
    )

    def content(self) -> bytes:
        """The file, one byte more than is read at most."""
        read: Any = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return bytes(read)
