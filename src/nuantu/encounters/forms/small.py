"""The small forms: filters, decisions, the result of a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.encounters.models import Outcome, Revisit
from nuantu.persons.models import Case
from nuantu.persons.models.choices import classes_to_choose
from nuantu.ui.days import DayInput

ANY = [("", _("全部"))]
DAY = DayInput()


class FilterForm(forms.Form):
    """What the register is narrowed to."""

    q = forms.CharField(label=_("姓名、样貌、地点、备注"), required=False, max_length=60)
    from_date = forms.DateField(label=_("从"), required=False, widget=DAY)
    to_date = forms.DateField(label=_("到"), required=False, widget=DAY)
    outcome = forms.ChoiceField(label=_("结果"), required=False, choices=[*ANY, *Outcome.choices])
    code = forms.ChoiceField(
        label=_("人员类别"), required=False, choices=lambda: [*ANY, *classes_to_choose()]
    )
    mode = forms.ChoiceField(
        label=_("救助方式"), required=False, choices=[*ANY, *Case.Mode.choices]
    )
    goods = forms.ChoiceField(
        label=_("物资发放"), required=False, choices=[*ANY, ("given", _("发放了物资"))]
    )
    area = forms.RegexField(r"^\d{2,12}$", required=False, widget=forms.HiddenInput)


class DecideForm(forms.Form):
    """Approve a mode or not."""

    answer = forms.ChoiceField(choices=[("approve", _("批准")), ("refuse", _("不批准"))])
    note = forms.CharField(
        label=_("意见"), required=False, max_length=300, help_text=_("不批准要写明理由。")
    )


class ReviewForm(forms.Form):
    """Go on or end a measure."""

    answer = forms.ChoiceField(choices=[("keep", _("继续")), ("end", _("改为自愿"))])
    note = forms.CharField(label=_("复核看到的情况"), max_length=300)


class VisitForm(forms.Form):
    """What a visit found when nobody was met."""

    result = forms.ChoiceField(
        label=_("回访结果"),
        choices=[c for c in Revisit.Result.choices if c[0] not in ("", "met", "withdrawn")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("看到了什么、问过谁"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
