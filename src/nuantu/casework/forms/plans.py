"""Forms of plans: to find, open, fill, hand on and close them."""

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.casework.models import (
    Area,
    CaseSession,
    GoalState,
    Ground,
    Outcome,
    SessionKind,
    SessionPlace,
)
from nuantu.casework.selectors.plans import ALL, ALONE, LATE, Filters
from nuantu.casework.services import Held, Opening
from nuantu.core import clock
from nuantu.persons.forms import ClearWords
from nuantu.ui.days import DayInput

ROLES: Final = ["social_worker", "station_head", "leader"]
_LINES: Final = forms.Textarea(attrs={"rows": 3})


def workers_of(org_code: str) -> "QuerySet[User]":
    """Colleagues of a house who may work on plans."""
    found = User.objects.filter(organisation_id=org_code, is_active=True, roles__overlap=ROLES)
    return found.order_by("name", "pk")


class FilterForm(forms.Form):
    """What the list of plans is narrowed to; a wrong value asks nothing."""

    q = forms.CharField(label=_("称呼、样貌、社工或个案编号"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("进行中")),
            (LATE, _("有事超时")),
            (ALONE, _("社工不在岗")),
            ("closed", _("已结束")),
            (ALL, _("全部")),
        ],
    )
    risk = forms.ChoiceField(
        label=_("风险"), required=False, choices=[("", _("全部")), ("marked", _("有风险标记"))]
    )
    mine = forms.BooleanField(label=_("只看我的"), required=False)

    def wanted(self) -> Filters:
        """The filter that the valid fields make."""
        self.is_valid()
        return Filters.of(getattr(self, "cleaned_data", {}))


class NextForm(forms.Form):
    """What comes next, and when."""

    next_step = ClearWords(
        label=_("下一步"), max_length=200, help_text=_("例如“周四下午在活动室再谈一次”。")
    )
    next_date = forms.DateField(label=_("哪天"), widget=DayInput())


class WorkerForm(forms.Form):
    """Who works on a plan, and who stands in."""

    worker = forms.ModelChoiceField(
        label=_("社工"), queryset=User.objects.none(), empty_label=_("请选择")
    )
    stand_in = forms.ModelChoiceField(
        label=_("替班人"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("没有"),
        help_text=_("会谈的密封记录只有社工和替班人能看。"),
    )

    def __init__(self, *args: Any, org_code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("worker", "stand_in"):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = workers_of(org_code)


class HandForm(WorkerForm):
    """Who takes a plan over, and what he must know."""

    words = forms.CharField(
        label=_("接手的人要知道什么"),
        max_length=2000,
        widget=_LINES,
        help_text=_("约好的事、不能碰的话题、风险。密封保存，接手的人签收以前个案还归原来的社工。"),
    )


class TakeForm(forms.Form):
    """Whether the other worker takes it."""

    answer = forms.ChoiceField(
        label=_("接手吗"),
        choices=[("take", _("接手，签收")), ("decline", _("退回"))],
        widget=forms.RadioSelect,
    )
    reason = ClearWords(label=_("为什么退回"), max_length=200, required=False)


class OpenForm(WorkerForm, NextForm):
    """On what a plan rests, who works on it, what comes first."""

    ground = forms.ChoiceField(label=_("依据"), choices=Ground.choices, widget=forms.RadioSelect)
    ground_words = ClearWords(
        label=_("他怎么说、依据哪一条"),
        max_length=500,
        widget=_LINES,
        help_text=_("本人同意的写原话；法定职责的写哪一条、为什么。密封保存。"),
    )
    agency = forms.CharField(
        label=_("社工机构"),
        max_length=120,
        required=False,
        help_text=_("一起做的机构；没有就空着。"),
    )
    field_order = (
        *("ground", "ground_words", "worker", "stand_in"),
        *("agency", "next_step", "next_date"),
    )

    def opening(self) -> Opening:
        """What the form opens."""
        return Opening(**self.cleaned_data)


class GoalForm(forms.Form):
    """What is to be reached."""

    area = forms.ChoiceField(label=_("哪方面"), choices=Area.choices, widget=forms.RadioSelect)
    words = ClearWords(label=_("目标"), max_length=200, help_text=_("例如“每周和母亲通一次电话”。"))
    measure = ClearWords(
        label=_("怎样算达到"), max_length=200, help_text=_("看得见、数得清的，例如“连续四周”。")
    )
    due_date = forms.DateField(label=_("到哪天"), widget=DayInput())


class GoalEndForm(forms.Form):
    """What came of a goal."""

    state = forms.ChoiceField(
        label=_("目标怎样了"),
        choices=[one for one in GoalState.choices if one[0] != GoalState.OPEN],
        widget=forms.RadioSelect,
    )
    result = ClearWords(label=_("结果"), max_length=300, widget=_LINES)


class MemberForm(forms.Form):
    """Who joins the team."""

    user = forms.ModelChoiceField(
        label=_("同事"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("外单位的人"),
    )
    name = forms.CharField(label=_("外单位的人"), max_length=60, required=False)
    body = forms.CharField(
        label=_("他的单位"),
        max_length=120,
        required=False,
        help_text=_("例如社工机构、医院、律所。"),
    )
    part = ClearWords(label=_("做什么"), max_length=80)

    def __init__(self, *args: Any, org_code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["user"]
        if isinstance(field, forms.ModelChoiceField):
            found = User.objects.filter(organisation_id=org_code, is_active=True)
            field.queryset = found.order_by("name", "pk")


class SupporterForm(forms.Form):
    """Who in his life may help."""

    relation = forms.CharField(
        label=_("什么人"), max_length=40, help_text=_("例如姐姐、老工友、村支书。")
    )
    contact = forms.CharField(
        label=_("姓名和电话"), max_length=120, help_text=_("密封保存。写在这里不等于可以联系。")
    )
    helps_with = ClearWords(label=_("能帮什么"), max_length=200)
    is_family = forms.BooleanField(label=_("是家里人"), required=False)


class SessionForm(NextForm):
    """One session, and what comes next."""

    kind = forms.ChoiceField(
        label=_("哪一种"), choices=SessionKind.choices, widget=forms.RadioSelect
    )
    place = forms.ChoiceField(
        label=_("在哪里"), choices=SessionPlace.choices, widget=forms.RadioSelect
    )
    held_at = forms.DateTimeField(
        label=_("什么时候"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = forms.IntegerField(
        label=_("多少分钟"), min_value=0, max_value=CaseSession.LONGEST, required=False
    )
    is_missed = forms.BooleanField(label=_("没有见到人"), required=False)
    summary = ClearWords(
        label=_("给档案看的一句话"),
        max_length=300,
        help_text=_("站长和督查看得到。不写他私下说的话。"),
    )
    given = ClearWords(
        label=_("带去的物资"), max_length=120, required=False, help_text=_("例如棉被、热饭、药。")
    )
    partners = ClearWords(
        label=_("一起参加的机构或志愿者"),
        max_length=120,
        required=False,
        help_text=_("购买服务的机构、志愿队、公益组织；没有就空着。"),
    )
    notes = forms.CharField(
        label=_("密封记录"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("只有社工和替班人能看，每次查看都有记录。"),
    )
    field_order = (
        *("kind", "place", "held_at", "minutes", "is_missed"),
        *("summary", "given", "partners", "notes", "next_step", "next_date"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"held_at": clock.local(clock.now())})
        super().__init__(*args, **options)

    def held(self) -> Held:
        """What the form puts down."""
        return Held(**self.cleaned_data | {"minutes": self.cleaned_data["minutes"] or 0})


class CloseForm(forms.Form):
    """How the work ended."""

    outcome = forms.ChoiceField(label=_("结果"), choices=Outcome.choices, widget=forms.RadioSelect)
    evaluation = forms.CharField(
        label=_("评估"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("做了什么、有什么变化、以后谁接着管。密封保存。"),
    )
