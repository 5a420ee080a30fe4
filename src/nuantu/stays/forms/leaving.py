"""Forms of the clocks of a stay and of leaving."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.persons.forms import ClearWords
from nuantu.stays.models import Way
from nuantu.stays.rules.leaving import COLLECTED, HANDED
from nuantu.stays.selectors.checks import Check
from nuantu.stays.selectors.receivers import Choices, can_take
from nuantu.stays.services import WayOut
from nuantu.stays.services.handing import WRONG_TAKER
from nuantu.ui.days import DayInput

LINES = forms.Textarea(attrs={"rows": 2})
SEALED = forms.TextInput(attrs={"data-sealed": "", "autocomplete": "off"})
PREFIX = "check_"


class ClockForm(forms.Form):
    """What a clock asked for was done."""

    kind = forms.CharField(max_length=40, widget=forms.HiddenInput)
    note_text = ClearWords(label=_("怎么办的"), max_length=200, widget=LINES)


class RestartForm(forms.Form):
    """A name turned out false."""

    note_text = ClearWords(label=_("怎么发现的"), max_length=200, widget=LINES)


class ExtendForm(forms.Form):
    """Somebody stays longer."""

    reason = ClearWords(label=_("为什么延长"), max_length=300, widget=LINES)
    until_date = forms.DateField(label=_("延长到哪天"), widget=DayInput())


class FileForm(forms.Form):
    """Where a longer stay was filed."""

    filed_to = forms.CharField(label=_("报给哪个民政部门"), required=False, max_length=120)


class WayForm(forms.Form):
    """By which way; chosen first, because the checks follow from it."""

    way = forms.ChoiceField(label=_("离站方式"), choices=Way.choices, widget=forms.RadioSelect)
    to_org = forms.ChoiceField(label=_("接收单位"), required=False)

    def __init__(self, *args: Any, receivers: Choices, may_end: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_end = may_end
        cast("forms.ChoiceField", self.fields["to_org"]).choices = [("", "—"), *receivers]

    def clean_way(self) -> str:
        """Ending help is approved by whoever does it, not by a name that somebody writes down."""
        way = str(self.cleaned_data["way"])
        if way == Way.ENDED and not self.may_end:
            raise forms.ValidationError(_("终止救助要先提请负责人批准。本人要走，请选自行离站。"))
        return way

    def clean(self) -> dict[str, Any]:
        """Who hands somebody over says to whom, before anything else is asked."""
        data = super().clean() or {}
        way, to_org = data.get("way"), data.get("to_org", "")
        if way in HANDED and "to_org" not in self.errors:
            if not to_org:
                self.add_error("to_org", _("请选择接收单位。"))
            elif not can_take(way, to_org):
                self.add_error("to_org", WRONG_TAKER)
        return data

    def words(self) -> str:
        """The chosen way as it is called."""
        return str(Way(self.cleaned_data["way"]).label)


class HandOverForm(forms.Form):
    """To whom a resident is offered, and what they should know."""

    way = forms.ChoiceField(label=_("离站方式"), widget=forms.RadioSelect)
    to_org = forms.ChoiceField(label=_("接收单位"))
    note_text = ClearWords(
        label=_("身体情况、随身物品、要注意的"), required=False, max_length=300, widget=LINES
    )

    def __init__(self, *args: Any, receivers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(code, label) for code, label in Way.choices if code in HANDED]
        for name, choices in (("way", ways), ("to_org", [("", "—"), *receivers])):
            cast("forms.ChoiceField", self.fields[name]).choices = choices


class EndingForm(forms.Form):
    """Why help should end."""

    ground = forms.ChoiceField(label=_("终止救助的原因"))
    facts = ClearWords(label=_("事实、经过"), max_length=600, widget=LINES)

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["ground"]).choices = [("", "—"), *grounds]


class AnswerEndingForm(forms.Form):
    """A leader's answer."""

    answer = forms.ChoiceField(
        label=_("意见"),
        choices=[("approved", _("批准")), ("declined", _("不批准，继续救助"))],
        widget=forms.RadioSelect,
    )
    note_text = ClearWords(label=_("说明"), required=False, max_length=300, widget=LINES)

    def values(self) -> dict[str, Any]:
        """As the service takes it."""
        data = self.cleaned_data
        return {"is_approved": data["answer"] == "approved", "note_text": data["note_text"]}


class LeaveForm(forms.Form):
    """What goes with the way, and the clerk's words for each question."""

    way = forms.CharField(label=_("离站方式"), widget=forms.HiddenInput)
    to_org = forms.CharField(label=_("接收单位"), required=False, widget=forms.HiddenInput)
    destination = ClearWords(label=_("去向"), required=False, max_length=200)
    is_declared = forms.BooleanField(label=_("本人已签自行离站声明书"), required=False)
    collector = forms.CharField(label=_("接领人"), required=False, max_length=60)
    collector_relation = forms.CharField(label=_("与本人关系"), required=False, max_length=40)
    collector_number = forms.CharField(
        label=_("接领人证件号"), required=False, max_length=40, widget=SEALED
    )
    collector_phone = forms.CharField(
        label=_("接领人电话"), required=False, max_length=40, widget=SEALED
    )
    is_collector_checked = forms.BooleanField(label=_("已核对证件"), required=False)
    ground = forms.ChoiceField(label=_("终止救助的原因"), required=False)
    facts = ClearWords(label=_("事实、经过"), required=False, max_length=600, widget=LINES)
    voucher_number = forms.CharField(label=_("乘车凭证号"), required=False, max_length=40)
    cash = forms.DecimalField(
        label=_("短途交通现金（元）"), required=False, min_value=0, max_value=9999, decimal_places=2
    )
    is_cash_signed = forms.BooleanField(label=_("现金已签收"), required=False)

    OF_WAY: ClassVar = {
        "self": ("is_declared",),
        "relatives": (
            "collector",
            "collector_relation",
            "collector_number",
            "collector_phone",
            "is_collector_checked",
        ),
        "ended": ("ground", "facts"),
        "died": ("facts",),
        "left_without_notice": ("facts",),
    }
    NEEDED: ClassVar = {
        "collector": _("请写明接领人并核对证件。"),
        "ground": _("请选择终止救助的原因。"),
        "facts": _("请写明经过：时间、谁发现、通知了谁。"),
    }
    ALWAYS = ("way", "to_org", "destination")
    ON_FOOT = ("voucher_number", "cash", "is_cash_signed")

    def __init__(
        self,
        *args: Any,
        way: str,
        checks: list[Check],
        grounds: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = self.OF_WAY.get("relatives" if way in COLLECTED else way, ())
        goes = self.ON_FOOT if way in ("self", "ended") else ()
        for name in list(self.fields):
            if name not in (*self.ALWAYS, *asked, *goes):
                del self.fields[name]
        for name, words in self.NEEDED.items():
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = words
        if "ground" in self.fields:
            cast("forms.ChoiceField", self.fields["ground"]).choices = [("", "—"), *grounds]
        for check in checks:
            if check.finding.state == "ask":
                self.fields[f"{PREFIX}{check.code}"] = forms.CharField(
                    label=check.label, help_text=check.finding.words, max_length=300
                )

    def out(self) -> WayOut:
        """The way out, cash in fen."""
        data = {k: v for k, v in self.cleaned_data.items() if not k.startswith(PREFIX)}
        data["cash_fen"] = int((data.pop("cash", None) or 0) * 100)
        return WayOut(**data)

    def confirmed(self) -> dict[str, str]:
        """The clerk's words by check."""
        return {
            name.removeprefix(PREFIX): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }
