"""Forms of return plans: begin, and one for each thing that is decided, arranged or told."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.homeward.forms.wearers import ANY, Narrowing
from nuantu.homeward.models.return_choices import (
    Halt,
    Head,
    Heard,
    Means,
    Payer,
    State,
    Ticket,
    Way,
)
from nuantu.homeward.models.returns import Escort, Leg, ReturnPlan
from nuantu.homeward.selectors.contacts import offered
from nuantu.homeward.selectors.tickets import STAGES
from nuantu.homeward.services.on_the_way import TOLD, Told
from nuantu.homeward.services.return_route import Bought, Part
from nuantu.homeward.services.returns import Taker
from nuantu.persons.forms import ClearWords
from nuantu.persons.models import Case, Person, Sex
from nuantu.ui.days import DayInput
from nuantu.ui.photo_field import PhotoField

SEALED = forms.TextInput(attrs={"data-sealed": "", "autocomplete": "off"})
LINES = forms.Textarea(attrs={"rows": 3})
SEALED_LINES = forms.Textarea(attrs={"rows": 3, "data-sealed": ""})
YUAN: dict[str, Any] = {"min_value": 0, "max_value": 99_999, "decimal_places": 2}


def _moment(label: Any, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **more)


def _one_of(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def _fen(yuan: Decimal | None) -> int:
    return int((yuan or 0) * 100)


class ReturnFilterForm(Narrowing):
    """What the list of plans is narrowed to."""

    q = forms.CharField(label=_("姓名、拼音或编号"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("没有到达的")),
            ("late", _("在途已过时间")),
            *State.choices,
            ("all", _("全部")),
        ],
    )


class TicketFilterForm(Narrowing):
    """What the list of tickets is narrowed to."""

    q = forms.CharField(label=_("姓名、计划编号或票号"), required=False, max_length=60)
    stage = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *STAGES])
    payer = forms.ChoiceField(label=_("谁出钱"), required=False, choices=[ANY, *Payer.choices])
    since = forms.DateField(label=_("发车从"), required=False, widget=DayInput())
    until = forms.DateField(label=_("发车到"), required=False, widget=DayInput())


class DeedForm(forms.Form):
    """One thing about a plan; `plan` is what it is about."""

    def __init__(self, data: Any = None, files: Any = None, *, plan: ReturnPlan, **more: Any):
        super().__init__(data, files, **more)
        self.plan = plan
        self.set_up()

    def set_up(self) -> None:
        """Choices that hang on the plan."""

    def values(self) -> dict[str, Any]:
        """As the service takes it."""
        return dict(self.cleaned_data)


class GoalForm(forms.Form):
    """By which way, and where to."""

    way = _one_of(_("返乡方式"), Way.choices)
    destination = forms.CharField(
        label=_("回到哪里"), max_length=200, widget=SEALED, help_text=_("省、市、县、乡镇、村，越具体越好。")
    )  # fmt: skip
    home_division = forms.CharField(
        label=_("流出地区划代码"), required=False, max_length=12,
        help_text=_("知道就填，前两位不同就是跨省。"),
    )  # fmt: skip


class BeginReturnForm(GoalForm):
    """Whose case, and how."""

    case = forms.CharField(
        label=_("个案编号"), max_length=24, help_text=_("本单位的个案，例如 C522601-261123-AB2C。")
    )
    field_order = ("case", "way", "destination", "home_division")

    def __init__(self, data: Any = None, *, actor: Actor, **more: Any) -> None:
        super().__init__(data, **more)
        self.actor = actor

    def clean_case(self) -> Case:
        """The case of one's own organisation that has this number."""
        found = self._numbered(self.cleaned_data["case"])
        if found is None:
            raise forms.ValidationError(_("本单位没有这个编号的个案，请核对。"))
        return found

    def person(self) -> Person | None:
        """Whose case stands in the form; nobody while no case of one's own does."""
        found = self._numbered(str(self["case"].value() or ""))
        return found.person if found else None

    def _numbered(self, number: str) -> Case | None:
        if not number.strip():
            return None
        held = Case.objects.select_related("person").filter(owner_org=self.actor.org_code)
        return held.filter(number__iexact=number.strip()).first()


class ChangeForm(GoalForm, DeedForm):
    """Another way or place."""


class WordsForm(DeedForm):
    """Only why."""

    words = ClearWords(label=_("原因"), max_length=300, widget=LINES)


class RefusedForm(DeedForm):
    """What the family said."""

    words = forms.CharField(label=_("谁拒绝、怎么说的"), max_length=300, widget=SEALED_LINES)


class ClearForm(DeedForm):
    """Who said that he is stable."""

    cleared_by = forms.CharField(label=_("谁说病情稳定"), max_length=120)
    words = forms.CharField(
        label=_("依据"), max_length=300, widget=SEALED_LINES,
        help_text=_("例如“出院证明编号、体温血压正常、药够三天”。"),
    )  # fmt: skip


class SafetyForm(DeedForm):
    """Whether he goes in spite of the mark."""

    safety = _one_of(_("决定"), [("go", _("可以返乡")), ("stay", _("不返乡，另定安置"))])
    words = forms.CharField(
        label=_("依据"), max_length=500, widget=SEALED_LINES,
        help_text=_("单独问过本人什么、告诉了公安妇联的谁、怎么防范。"),
    )  # fmt: skip


class TakerForm(DeedForm):
    """Who takes him over, the document and its copy."""

    name = forms.CharField(label=_("接领人或接收人"), max_length=60)
    relation = forms.CharField(label=_("与本人关系或单位"), max_length=40, required=False)
    number = forms.CharField(label=_("证件号"), max_length=40, required=False, widget=SEALED)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False, widget=SEALED)
    is_checked = forms.BooleanField(label=_("已核对证件"), required=False)
    copy = PhotoField(label=_("证件复印件或照片"))

    def values(self) -> dict[str, Any]:
        """The person and the copy apart."""
        data = dict(self.cleaned_data)
        return {"copy": data.pop("copy") or None, "taker": Taker(**data)}


class HaltForm(DeedForm):
    """What keeps the journey back."""

    halt = _one_of(_("原因"), Halt.choices)
    words = ClearWords(label=_("依据"), max_length=200, help_text=_("哪里的通告、到什么时候。"))


class LegForm(DeedForm):
    """A part of the way."""

    means = _one_of(_("坐什么"), Means.choices)
    number = forms.CharField(label=_("车次、航班或班次"), max_length=20, required=False)
    origin = forms.CharField(label=_("从哪一站"), max_length=60)
    goal = forms.CharField(label=_("到哪一站"), max_length=60)
    leaves_at = _moment(_("发车时间"))
    due_at = _moment(_("到站时间"))
    station_words = forms.CharField(
        label=_("到站地救助站的地址和电话"), max_length=200, required=False,
        help_text=_("要换乘的地方必须写，打印给本人。输入站名或地名，可从通讯录选。"),
        widget=forms.TextInput(attrs={"list": "stations"}),
    )  # fmt: skip

    def set_up(self) -> None:
        """The stations of the contact book."""
        self.stations = offered(self.plan, clock.now())

    def values(self) -> dict[str, Any]:
        """The part."""
        return {"part": Part(**self.cleaned_data)}


class OfLegForm(DeedForm):
    """Which part of the way."""

    leg = forms.ModelChoiceField(label=_("哪一段"), queryset=Leg.objects.none())

    def set_up(self) -> None:
        """The parts that are taken."""
        found = self.plan.legs.filter(dropped_at=None).order_by("leaves_at")
        self.fields["leg"] = forms.ModelChoiceField(label=_("哪一段"), queryset=found)


class TicketForm(OfLegForm):
    """What happened with a ticket."""

    ticket = _one_of(_("票"), [one for one in Ticket.choices if one[0] != Ticket.NONE])
    number = forms.CharField(label=_("票号或乘车凭证号"), max_length=40, required=False)
    fare = forms.DecimalField(label=_("票价（元）"), required=False, **YUAN)
    payer = _one_of(_("谁出这笔钱"), Payer.choices, initial=Payer.HERE)

    def values(self) -> dict[str, Any]:
        """The ticket; money in fen."""
        data = self.cleaned_data
        bought = Bought(data["ticket"], data["number"], _fen(data["fare"]), data["payer"])
        return {"leg": data["leg"], "bought": bought}


class EscortForm(DeedForm):
    """Who goes along."""

    user = forms.ModelChoiceField(
        label=_("本站人员"), required=False, queryset=User.objects.none(),
        help_text=_("从本站人员里选，系统会查同一时间有没有护送别人。"),
    )  # fmt: skip
    name = forms.CharField(label=_("外单位人员姓名"), max_length=60, required=False)
    sex = _one_of(_("性别"), [one for one in Sex.choices if one[0] != "unknown"])
    is_medical = forms.BooleanField(label=_("医护人员"), required=False)

    def set_up(self) -> None:
        """Whoever works in the organisation of the plan; they are bound for as long as the legs take."""
        self.is_too_early = not self.plan.legs.filter(dropped_at=None).exists()
        found = User.objects.filter(organisation_id=self.plan.owner_org, is_active=True)
        field = self.fields["user"]
        self.fields["user"] = forms.ModelChoiceField(
            label=field.label, required=False, queryset=found.order_by("name"),
            help_text=field.help_text,
        )  # fmt: skip


class DropEscortForm(DeedForm):
    """Who does not go along."""

    escort = forms.ModelChoiceField(label=_("护送人员"), queryset=Escort.objects.none())

    def set_up(self) -> None:
        """Those who were to go."""
        found = self.plan.escorts.filter(dropped_at=None).order_by("pk")
        self.fields["escort"] = forms.ModelChoiceField(label=_("护送人员"), queryset=found)


class CostForm(DeedForm):
    """What else it costs."""

    head = _one_of(_("费用项目"), [one for one in Head.choices if one[0] != Head.FARE])
    payer = _one_of(_("谁出这笔钱"), Payer.choices, initial=Payer.HERE)
    amount = forms.DecimalField(label=_("金额（元）"), **YUAN)
    words = forms.CharField(label=_("说明"), max_length=120, required=False)

    def values(self) -> dict[str, Any]:
        """Money in fen."""
        data = dict(self.cleaned_data)
        return {"fen": _fen(data.pop("amount")), **data}


class DepartForm(DeedForm):
    """He sets out."""

    departed_at = _moment(_("出发时间"))
    expected_at = _moment(
        _("预计到达时间"), required=False, help_text=_("安排了车次就按最后一段的到站时间。")
    )


class EventForm(DeedForm):
    """What happened on the way."""

    event = _one_of(_("发生了什么"), [(one.value, one.label) for one in TOLD])
    happened_at = _moment(_("时间"))
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    words = forms.CharField(label=_("经过"), max_length=300, required=False, widget=SEALED_LINES)
    told_police = forms.CharField(
        label=_("告诉了哪个公安机关"), max_length=120, required=False,
        help_text=_("走失必须报警，写派出所和接警人。"),
    )  # fmt: skip
    is_tip = forms.BooleanField(
        label=_("同时转为线索，派队在那里寻找"), required=False,
        help_text=_("只在本系统覆盖的地方有用。"),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What was told."""
        return {"told": Told(**self.cleaned_data)}


class ArriveForm(DeedForm):
    """He arrived."""

    arrived_at = _moment(_("到达时间"))
    heard = _one_of(_("怎样确认的"), Heard.choices)
    heard_of = forms.CharField(
        label=_("谁确认的"), max_length=60, help_text=_("姓名和单位或关系。")
    )
    words = forms.CharField(label=_("说明"), max_length=300, required=False, widget=SEALED_LINES)
