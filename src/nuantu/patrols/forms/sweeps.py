"""Forms of a sweep at the desk: order, cut, give, judge, hand over, end."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Division, User
from nuantu.accounts.rules.divisions import short_code
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.selectors import rules_at
from nuantu.patrols.forms.register import DAYS
from nuantu.patrols.models import SweepArea
from nuantu.patrols.selectors import ordering
from nuantu.patrols.services import Order
from nuantu.places.selectors import type_label
from nuantu.planbook import deadlines
from nuantu.ui.days import DayInput

CUTS = [
    ("town", _("按乡镇（街道）")),
    ("village", _("按村（社区）")),
    ("whole", _("不分，整片上报")),
]


class OrderForm(forms.Form):
    """A sweep to be ordered, by a rule of the plan in force or for a reason."""

    name = forms.CharField(label=_("名称"), max_length=120)
    division = forms.ChoiceField(label=_("排查哪里"))
    cut_by = forms.ChoiceField(
        label=_("怎样分片"), choices=CUTS, initial="town", widget=forms.RadioSelect
    )
    due_day = forms.DateField(
        label=_("上报期限（当天 24 时）"),
        validators=DAYS,
        widget=DayInput(),
    )
    clause = forms.ChoiceField(label=_("方案依据"), required=False)
    reason = forms.CharField(label=_("没有方案依据的，为什么排查"), max_length=300, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("要看的地方"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, actor: Actor, at: datetime) -> None:
        place = actor.division_code
        named = ordering.kinds_named(place, at)
        days = int(rules_at(place, at).need("sweep.term").number)
        known = ordering.sweep_rules(place, at)
        start = {
            "due_day": clock.local(at).date() + timedelta(days=days),
            "kinds": named,
            "clause": known[0].clause if known else "",
        }
        super().__init__(data, initial=start)
        rules = [(rule.clause, f"{rule.clause} {rule.said}") for rule in known]
        self.fields["clause"] = forms.ChoiceField(
            label=_("方案依据"), required=False, choices=[*rules, ("", _("没有方案依据"))]
        )
        self.fields["division"] = forms.ChoiceField(label=_("排查哪里"), choices=_areas(actor))
        self.fields["kinds"] = forms.MultipleChoiceField(
            label=_("要看的地方"),
            required=False,
            choices=[(code, type_label(code)) for code in named],
            widget=forms.CheckboxSelectMultiple,
        )

    def order(self) -> Order:
        """What was asked for."""
        data = self.cleaned_data
        return Order(
            division=Division.objects.get(code=data["division"]),
            name=data["name"],
            due_at=deadlines.end_of(data["due_day"]),
            cut_by=data["cut_by"],
            kinds=tuple(data["kinds"]),
            clause=data["clause"],
            reason=data["reason"],
        )


def _areas(actor: Actor) -> list[tuple[str, str]]:
    """The actor's own division first, then what lies one level below it."""
    prefix = actor.prefix or short_code(actor.division_code)
    levels = {4: ["prefecture", "county"], 6: ["county", "town"], 9: ["town", "village"]}
    rows = Division.objects.filter(
        code__startswith=prefix, valid_to=None, level__in=levels.get(len(prefix), ["village"])
    )
    return [(row.code, row.name) for row in rows.order_by("code")]


class AssignForm(forms.Form):
    """Who answers for an area, and who looks there."""

    org = forms.ChoiceField(label=_("负责单位"))
    person = forms.CharField(label=_("责任人"), max_length=60, required=False)

    looker = forms.ModelChoiceField(
        label=_("网格员账号"), queryset=User.objects.none(), required=False
    )

    def __init__(
        self, data: Any = None, *, offices: list[tuple[str, str]], area: SweepArea
    ) -> None:
        super().__init__(data, initial={"person": area.person, "looker": area.looker_id})
        workers = ordering.grid_workers_of(area.owner_org if area.assigned_at else "")
        self.fields["looker"] = forms.ModelChoiceField(
            label=_("网格员账号"),
            help_text=_("有账号的网格员在自己手机上只看到派给他的片。"),
            queryset=workers,
            required=False,
            empty_label=_("没有账号"),
        )
        if not workers:
            del self.fields["looker"]
        choices = [("", _("请选择")), *offices]
        self.fields["org"] = forms.ChoiceField(label=_("负责单位"), choices=choices)
        if not offices:
            del self.fields["org"]


class WordForm(forms.Form):
    """A word on a report that is judged."""

    word = forms.CharField(
        label=_("意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CheckForm(WordForm):
    """A word of the township on a village's report, and where it went to see for itself."""

    spot = forms.CharField(label=_("现场抽查"), max_length=200, required=False)


class OfferForm(forms.Form):
    """To whom an area is offered, and why."""

    to_org = forms.ChoiceField(label=_("移交给"))
    purpose = forms.CharField(label=_("原因"), max_length=60)

    def __init__(self, data: Any = None, *, offices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["to_org"] = forms.ChoiceField(
            label=_("移交给"), choices=[("", _("请选择")), *offices]
        )


class SweepFilterForm(forms.Form):
    """What the list of sweeps can be searched by; a wrong value asks nothing."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("open", _("进行中")), ("closed", _("已结束"))],
    )

    def wanted(self) -> tuple[str, str]:
        """Words and state that the valid fields ask for."""
        self.is_valid()
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return data.get("q", "").strip(), data.get("state", "")


class FindSearchForm(forms.Form):
    """What the people found in a sweep can be searched by."""

    q = forms.CharField(label=_("片区、地点或情况"), required=False, max_length=60)

    def words(self) -> str:
        """What is looked for."""
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get("q", "")).strip()


class AreaSearchForm(FindSearchForm):
    """What the areas of a sweep can be searched by."""

    kept: ClassVar = ("show",)

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)
    show = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)


class EndForm(forms.Form):
    """Why a sweep ends before every area was accepted."""

    reason = forms.CharField(label=_("没有全部认可就结束的原因"), max_length=300, required=False)
