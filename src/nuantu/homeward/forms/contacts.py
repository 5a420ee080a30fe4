"""Forms of the contact book."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.homeward.forms.wearers import ANY, Narrowing
from nuantu.homeward.models.provinces import Province
from nuantu.homeward.rules.contacts import MOST
from nuantu.homeward.services.contacts import Entry
from nuantu.ui.days import DayInput


class ContactFilterForm(Narrowing):
    """What the book is narrowed to."""

    q = forms.CharField(label=_("地区、名称、电话或区划代码"), required=False, max_length=60)
    province = forms.ChoiceField(label=_("省份"), required=False, choices=[ANY, *Province.choices])
    state = forms.ChoiceField(
        label=_("核对"), required=False, choices=[ANY, ("old", _("核对已过期"))]
    )


class DayForm(forms.Form):
    """When somebody confirmed it."""

    confirmed_date = forms.DateField(
        label=_("核对日期"),
        widget=DayInput(),
        initial=clock.today,
        help_text=_("哪天打电话或看公开信息核对的。"),
    )


class ContactForm(DayForm):
    """A station elsewhere."""

    place_code = forms.CharField(
        label=_("区划代码"), max_length=MOST["place_code"], help_text=_("6到12位，例如 431200。")
    )
    place_words = forms.CharField(
        label=_("地区"), max_length=MOST["place_words"], help_text=_("省、市、县。")
    )
    name = forms.CharField(label=_("单位全称"), max_length=MOST["name"])
    phones = forms.CharField(
        label=_("电话"), max_length=MOST["phones"], help_text=_("带区号，值班电话在前。")
    )
    address = forms.CharField(label=_("地址"), max_length=MOST["address"], required=False)
    note = forms.CharField(label=_("备注"), max_length=MOST["note"], required=False)
    field_order = ("place_code", "place_words", "name", "phones", "address", "note")

    def values(self) -> dict[str, Any]:
        """The line and the day."""
        data = dict(self.cleaned_data)
        return {"confirmed_date": data.pop("confirmed_date"), "entry": Entry(**data)}


class CloseContactForm(forms.Form):
    """Why a line is not used any more."""

    reason = forms.CharField(label=_("为什么停用"), max_length=200)


class ContactSheetForm(DayForm):
    """A table with lines of the book."""

    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("Excel（.xlsx）或 CSV，最大 2 MB、500 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    field_order = ("file", "confirmed_date")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["confirmed_date"].help_text = _("行里写了“最近核对”的按行里的。")
