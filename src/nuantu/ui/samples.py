"""Values for the pattern page: every state of every component, with the names that break layouts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from nuantu.core import clock
from nuantu.ui.days import DayInput

LONG_NAME = "黔东南苗族侗族自治州凯里市大十字街道一个很长的社区居民委员会名称第三网格流动服务队"


@dataclass(frozen=True, slots=True)
class SampleClock:
    """A clock in one of its states."""

    state: str
    remaining_seconds: int
    limit_seconds: int
    basis: str = "P9-20 寒潮预警期间城区三十分钟到场"
    owner: str = "凯里市救助管理站"


class SampleForm(forms.Form):
    """One field of each kind."""

    place = forms.CharField(label="在哪里", help_text="路口、桥名、店名都可以", max_length=200)
    seen = forms.MultipleChoiceField(
        label="看到什么",
        choices=[
            ("elder", "老人"),
            ("child", "孩子"),
            ("hurt", "受伤"),
            ("drunk", "醉酒"),
            ("thin", "衣着单薄"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    asked = forms.ChoiceField(
        label="问过他吗",
        choices=[("yes", "问过，愿意受助"), ("no", "没有问")],
        widget=forms.RadioSelect,
        required=False,
    )
    quilts = forms.IntegerField(label="棉被", min_value=0, initial=1)
    note = forms.CharField(label="说明", widget=forms.Textarea, required=False)
    photo = forms.FileField(label="照片", required=False)
    told = forms.BooleanField(label="已告知救助政策", help_text="口头告知即可")


class SampleFilter(forms.Form):
    """A search and two filters."""

    q = forms.CharField(label="搜索", required=False)
    state = forms.ChoiceField(
        label="状态", choices=[("", "全部"), ("open", "待派")], required=False
    )
    day = forms.DateField(
        label="日期",
        required=False,
        widget=DayInput(),
    )


def clocks() -> list[SampleClock]:
    """Calm, amber, red, hours, days, done in time, done late."""
    return [
        SampleClock("calm", 1650, 1800),
        SampleClock("amber", 420, 1800),
        SampleClock("red", -725, 1800),
        SampleClock("calm", 16_300, 86_400, "P9-12 二十四小时内发布寻亲公告", LONG_NAME),
        SampleClock("calm", 460_000, 604_800, "民发〔2014〕132号 第5条", ""),
        SampleClock("done", 1068, 1800),
        SampleClock("done", -190, 1800),
    ]


def context(query: QueryDict) -> dict[str, Any]:
    """All of it."""
    now = clock.now()
    bad = SampleForm({"place": "", "quilts": "-2", "note": "桥下，灰色外套 <b>约五十岁</b>"})
    return {
        "clocks": clocks(),
        "form": SampleForm(),
        "bad_form": bad,
        "filter_form": SampleFilter(query),
        "page": Paginator(range(2000), 50).get_page(query.get("page")),
        "long_name": LONG_NAME,
        "moments": [
            now,
            now - timedelta(minutes=12),
            now - timedelta(hours=5),
            now - timedelta(days=3),
        ],
        "hostile": "<script>alert(1)</script>",
        "marks": [("未成年", "danger"), ("危重", "danger"), "多次流浪", "听障"],
        "tabs": [
            ("now", "现在", "?tab=now", 3),
            ("today", "今天", "?tab=today", 12),
            ("week", "本周", "?tab=week", 0),
            ("late", "逾期", "?tab=late"),
        ],
        "steps": [
            {"label": "已收到", "state": "done", "at": now - timedelta(minutes=40)},
            {"label": "已派出", "state": "done", "at": now - timedelta(minutes=33)},
            {"label": "已到现场", "state": "now", "at": now - timedelta(minutes=9)},
            {"label": "已办结", "state": "todo", "note": "办结后在这里告诉您结果"},
        ],
        "phases": [
            ("摸排准备", now - timedelta(days=40), now - timedelta(days=12)),
            ("集中行动", now - timedelta(days=11), now + timedelta(days=80)),
            ("总结", now + timedelta(days=81), now + timedelta(days=110)),
        ],
        "spark": [3, 5, 4, 9, 12, 7, 8, 14, 11, 6],
        "tab": query.get("tab", "now"),
    }
