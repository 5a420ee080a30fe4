"""Forms of the prevention ledger."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.homeward.forms.wearers import ANY, Narrowing
from nuantu.homeward.models import (
    Band,
    Card,
    EndedWhy,
    Family,
    Found,
    HelpKind,
    HelpStep,
    How,
    LedgerHelp,
    Measure,
    Risk,
    Work,
)
from nuantu.homeward.rules.revisits import steps_after
from nuantu.homeward.selectors.ledger_rules import grounds_at
from nuantu.homeward.services.ledger import Assessed, Newcomer, Seen, can_keep
from nuantu.persons.models import Case, Sex
from nuantu.ui.days import DayInput

CHOOSE: Final = ("", _("请选择"))
TAKERS = (Organisation.Kind.TOWNSHIP, Organisation.Kind.STATION, Organisation.Kind.BUREAU)


class LedgerFilterForm(Narrowing):
    """What the ledger is narrowed to."""

    q = forms.CharField(label=_("姓名、拼音或编号"), required=False, max_length=60)
    risk = forms.ChoiceField(label=_("风险"), required=False, choices=[ANY, *Risk.choices])
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("在册")),
            ("late", _("回访超期")),
            ("unkept", _("没有责任人")),
            ("locked", _("被家人关锁")),
            ("mine", _("我负责的")),
            ("ended", _("已移出")),
        ],
    )


class AlertFilterForm(Narrowing):
    """Which alerts are shown."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("待联系")), ("answered", _("已联系"))]
    )


class AssessForm(forms.Form):
    """What was found out about somebody."""

    grounds = forms.MultipleChoiceField(
        label=_("纳入台账的情形"), widget=forms.CheckboxSelectMultiple
    )
    cause = forms.CharField(
        label=_("流浪或走失的原因和动机"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needs = forms.CharField(
        label=_("需要什么帮助"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    family = forms.ChoiceField(label=_("家庭照看"), choices=Family.choices, initial=Family.UNKNOWN)
    card = forms.ChoiceField(label=_("残疾人证"), choices=Card.choices, initial=Card.UNKNOWN)
    band = forms.ChoiceField(label=_("定位手环"), choices=Band.choices, initial=Band.NOT_ASKED)

    def __init__(self, data: Any = None, *, actor: Actor, **more: Any) -> None:
        super().__init__(data, **more)
        self.actor = actor
        known = grounds_at(actor.division_code, clock.now())
        self.fields["grounds"] = forms.MultipleChoiceField(
            label=_("纳入台账的情形"),
            choices=[(code, one.said) for code, one in known.items()],
            widget=forms.CheckboxSelectMultiple,
        )

    def assessed(self) -> Assessed:
        """What was typed."""
        said = self.cleaned_data
        values = {name: said[name] for name in ("cause", "needs", "family", "card", "band")}
        return Assessed(grounds=tuple(said["grounds"]), **values)


def keepers_of(org: str) -> list[User]:
    """Who may answer for an entry of an organisation."""
    rows = User.objects.select_related("organisation__division").filter(
        organisation=org, is_active=True
    )
    return [user for user in rows.order_by("name", "pk") if can_keep(user)]


def _keeper_field(org: str) -> forms.Field:
    found = [user.pk for user in keepers_of(org)]
    rows = User.objects.filter(pk__in=found).order_by("name")
    return forms.ModelChoiceField(label=_("责任人"), queryset=rows)


class EntryForm(AssessForm):
    """A new entry: whose case or who he is, why, who answers for him."""

    case = forms.CharField(
        label=_("个案编号"),
        max_length=24,
        required=False,
        help_text=_("本单位有他的个案就填编号；没有就在下面写姓名。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, initial=Sex.UNKNOWN)
    years = forms.IntegerField(label=_("年龄"), required=False, min_value=0, max_value=120)
    field_order = ("case", "name", "sex", "years")

    def __init__(self, data: Any = None, *, actor: Actor, **more: Any) -> None:
        super().__init__(data, actor=actor, **more)
        self.fields["keeper"] = _keeper_field(actor.org_code)

    def clean_case(self) -> Case | None:
        """The case of one's own organisation that has this number."""
        number = self.cleaned_data["case"].strip()
        if not number:
            return None
        rows = Case.objects.select_related("person")
        found = rows.filter(number__iexact=number, owner_org=self.actor.org_code).first()
        if found is None:
            raise forms.ValidationError(_("本单位没有这个编号的个案，请核对。"))
        return found

    def who(self) -> Case | Newcomer:
        """Whom it is about."""
        said = self.cleaned_data
        case = said["case"]
        return (
            case if isinstance(case, Case) else Newcomer(said["name"], said["sex"], said["years"])
        )


class KeeperForm(forms.Form):
    """Who answers from now on, and what was handed on."""

    reason = forms.CharField(label=_("原因和交接内容"), max_length=200)

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        self.fields = {"keeper": _keeper_field(actor.org_code), **self.fields}


class _Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class VisitForm(forms.Form):
    """A visit, from top to bottom as it goes (F-25)."""

    visited_at = forms.DateTimeField(label=_("回访时间"), widget=_Moment)
    how = forms.ChoiceField(
        label=_("方式"), choices=How.choices, widget=forms.RadioSelect, initial=How.HOME
    )
    found = forms.ChoiceField(
        label=_("见到了吗"), choices=Found.choices, widget=forms.RadioSelect, initial=Found.MET
    )
    life = forms.CharField(
        label=_("生活情况"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("见到本人时要写：吃住、收入、谁在照看。"),
    )
    health = forms.CharField(
        label=_("身体健康状况"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("见到本人时要写：病情、服药、有没有按时复诊。"),
    )
    work = forms.ChoiceField(label=_("就业情况"), choices=Work.choices, initial=Work.UNKNOWN)
    family_words = forms.CharField(
        label=_("家庭情况和困难"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_locked_in = forms.BooleanField(
        label=_("发现被关锁"),
        required=False,
        help_text=_("马上会有一条限时待办：会同公安、村居解除并安排照料。"),
    )
    has_left_again = forms.NullBooleanField(
        label=_("这段时间又外出流浪过"),
        widget=forms.Select(
            choices=[("unknown", _("没有问到")), ("true", _("是")), ("false", _("否"))]
        ),
        required=False,
    )
    goods = forms.CharField(
        label=_("送去的物资"),
        required=False,
        max_length=200,
        help_text=_("例如“大米10公斤、食用油一桶”。"),
    )
    measures = forms.MultipleChoiceField(
        label=_("已落实政策"),
        required=False,
        choices=Measure.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    next_date = forms.DateField(
        label=_("下次回访"),
        required=False,
        widget=DayInput(),
        help_text=_("空着按风险和季节排；只能提前，不能推后。"),
    )

    def seen(self) -> Seen:
        """What was typed."""
        said = self.cleaned_data
        names = [name for name in Seen.__dataclass_fields__ if name != "measures"]
        return Seen(measures=tuple(said["measures"]), **{name: said[name] for name in names})


class HelpForm(forms.Form):
    """What is asked for, where."""

    kind = forms.ChoiceField(label=_("帮什么"), choices=[CHOOSE, *HelpKind.choices])
    body = forms.CharField(
        label=_("经办单位"), max_length=120, help_text=_("例如“县残联”“镇便民服务中心”。")
    )
    paper = forms.CharField(label=_("材料或编号"), max_length=200, required=False)


class StepForm(forms.Form):
    """The next step of a help."""

    step = forms.ChoiceField(label=_("办到哪一步"), widget=forms.RadioSelect)
    paper = forms.CharField(label=_("证件号、批文号或原因"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, row: LedgerHelp) -> None:
        super().__init__(data)
        self.fields["step"] = forms.ChoiceField(
            label=_("办到哪一步"),
            choices=[(one, HelpStep(one).label) for one in steps_after(row.kind, row.step)],
            widget=forms.RadioSelect,
        )


class OfferForm(forms.Form):
    """Where he moved to."""

    to_org = forms.ChoiceField(label=_("接收单位"))
    reason = forms.CharField(label=_("搬到哪里、和谁住"), max_length=200)

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        rows = Organisation.objects.filter(kind__in=TAKERS, is_active=True)
        named = rows.exclude(code=actor.org_code).order_by("code").values_list("code", "name")
        self.fields["to_org"] = forms.ChoiceField(label=_("接收单位"), choices=[CHOOSE, *named])


class EndEntryForm(forms.Form):
    """Why he is in the ledger no longer."""

    why = forms.ChoiceField(label=_("移出原因"), choices=EndedWhy.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("怎样核实的"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class AlertForm(forms.Form):
    """What was settled with the organisation that keeps him."""

    answer = forms.CharField(
        label=_("联系结果"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


def now_typed() -> datetime:
    """The moment a visit form begins with."""
    return clock.local(clock.now()).replace(second=0, microsecond=0)
