"""Forms of files that bring reports in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.tracing.models import Purpose, Source
from nuantu.ui.days import DayInput


class FileForm(forms.Form):
    """A file and where it comes from."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("Excel（.xlsx）、CSV 或 PFIF 1.4（.xml），最大 5 MB、2,000 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.xml"}),
    )
    source = forms.ChoiceField(
        label=_("登记来源"),
        choices=[
            (Source.IMPORT, Source.IMPORT.label),
            (Source.POLICE, Source.POLICE.label),
            (Source.STATION, Source.STATION.label),
        ],
        initial=Source.IMPORT,
    )
    source_name = forms.CharField(
        label=_("来源单位"), max_length=120, help_text=_("例如“某某志愿者寻亲站”。")
    )


class ConfirmForm(forms.Form):
    """When the source got the consent of the searchers, for what, and which doubtful rows come in too."""

    consent_date = forms.DateField(
        label=_("来源单位取得同意的日期"),
        widget=DayInput(),
        help_text=_("行里写了同意日期的按行里的。"),
    )
    consent_purposes = forms.MultipleChoiceField(
        label=_("同意用在哪里"),
        choices=Purpose.choices,
        initial=[Purpose.COMPARE],
        widget=forms.CheckboxSelectMultiple,
    )
    wanted = forms.MultipleChoiceField(
        label=_("可能重复的行，勾选的也导入"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lines: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["wanted"]
        if not lines:
            del self.fields["wanted"]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(line), words) for line, words in lines]
