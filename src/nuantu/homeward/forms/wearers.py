"""Forms of wearers: begin, agree, thresholds, fences, hand over, take back."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.homeward.models import WRONG, Giver, Outcome, Purpose, Stock, Wristband
from nuantu.homeward.services import Agreed, Drawn, Thresholds
from nuantu.persons.models import Case
from nuantu.ui.days import DayInput
from nuantu.ui.photo_field import PaperField

ANY: Final = ("", _("全部"))


class HourInput(forms.TimeInput):
    """A time of day as browsers read it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Narrowing(forms.Form):
    """Filters of a list; a wrong value asks nothing."""

    def said(self, name: str) -> str:
        """A filter that was understood."""
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get(name) or "").strip()


class FilterForm(Narrowing):
    """What the list of wearers is narrowed to."""

    q = forms.CharField(label=_("姓名、拼音或编号"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("佩戴中")),
            ("alarm", _("有告警")),
            ("silent", _("没有信号")),
            ("low", _("电量低")),
            ("ended", _("已结束")),
        ],
    )


class BandFilterForm(Narrowing):
    """What the store is narrowed to."""

    q = forms.CharField(label=_("手环编号或型号"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *Stock.choices])


class AlarmFilterForm(Narrowing):
    """Which alarms are shown."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("待处理")), ("answered", _("已处理"))]
    )


class ProofFilterForm(Narrowing):
    """Whose proofs are shown."""

    q = forms.CharField(label=_("佩戴编号"), required=False, max_length=40)


class ThresholdsForm(forms.Form):
    """A wearer's own term and thresholds."""

    term_days = forms.IntegerField(
        label=_("轨迹保存天数"), required=False, min_value=1, help_text=_("空着按本地默认。")
    )
    silent_minutes = forms.IntegerField(
        label=_("多少分钟没有信号要提醒"),
        required=False,
        min_value=10,
        help_text=_("空着按本地默认。"),
    )
    low_battery = forms.IntegerField(
        label=_("电量低于百分之几要提醒"), min_value=1, max_value=50, initial=15
    )
    still_hours = forms.IntegerField(
        label=_("多少小时没有移动要提醒"),
        required=False,
        min_value=0,
        max_value=240,
        help_text=_("手环放在抽屉里时用得上。空着按本地默认，0不提醒。"),
    )
    margin_metres = forms.IntegerField(
        label=_("出围栏多少米才算"), min_value=0, max_value=1000, initial=50
    )
    quiet_from = forms.TimeField(label=_("安静时段从"), required=False, widget=HourInput)
    quiet_to = forms.TimeField(
        label=_("安静时段到"),
        help_text=_(
            "安静时段里，电量低、没有信号等不紧急的提醒会等到时段结束；呼救、跌倒、出围栏、摘下从不等。"
        ),
        required=False,
        widget=HourInput,
    )

    def thresholds(self) -> Thresholds:
        """What was typed."""
        names = Thresholds.__dataclass_fields__
        return Thresholds(**{name: self.cleaned_data[name] for name in names})


class ConsentForm(forms.Form):
    """Who agreed to what, on which paper, until when."""

    purposes = forms.MultipleChoiceField(
        label=_("同意用在哪里"), choices=Purpose.choices, widget=forms.CheckboxSelectMultiple
    )
    given_by = forms.ChoiceField(
        label=_("谁同意的"), choices=Giver.choices, widget=forms.RadioSelect
    )
    giver_name = forms.CharField(label=_("同意人姓名"), max_length=60)
    relation = forms.CharField(label=_("与佩戴人的关系"), max_length=40, required=False)
    giver_phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    paper = forms.CharField(
        label=_("同意书编号或存放处"), max_length=120, help_text=_("要有签名的书面同意。")
    )
    scan = PaperField(label=_("同意书照片或 PDF"), required=False)
    checked = forms.CharField(
        label=_("怎样核实同意人不是加害人"),
        max_length=200,
        required=False,
        help_text=_("有家庭暴力或被拐卖标记的人必填，例如“问过派出所和居委会”。"),
    )
    given_date = forms.DateField(label=_("同意日期"), widget=DayInput())
    until_date = forms.DateField(
        label=_("同意到期"), required=False, widget=DayInput(), help_text=_("空着按本地默认。")
    )

    def agreed(self) -> Agreed:
        """What was typed."""
        names = Agreed.__dataclass_fields__
        return Agreed(**{name: self.cleaned_data[name] for name in names})


class BeginForm(ThresholdsForm, ConsentForm):
    """A new wearer: which case, why, who agreed, which thresholds."""

    case = forms.CharField(
        label=_("个案编号"), max_length=24, help_text=_("本单位的个案，例如 C522601-261123-AB2C。")
    )
    ground = forms.CharField(
        label=_("为什么需要手环"),
        max_length=200,
        help_text=_("例如“认知障碍，两次走失，低保户”。手环免费发放。"),
    )
    field_order = ("case", "ground")

    def __init__(self, *typed: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*typed, **more)
        self.actor = actor

    def clean_case(self) -> Case:
        """The case of one's own organisation that has this number."""
        number = self.cleaned_data["case"].strip()
        found = (
            Case.objects.select_related("person")
            .filter(number__iexact=number, owner_org=self.actor.org_code)
            .first()
        )
        if found is None:
            raise forms.ValidationError(_("本单位没有这个编号的个案，请核对。"))
        return found


class FenceForm(forms.Form):
    """A circle by its centre and radius, or a polygon by its corners."""

    name = forms.CharField(label=_("围栏名称"), max_length=60)
    lat = forms.FloatField(
        label=_("圆心纬度"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    lon = forms.FloatField(
        label=_("圆心经度"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    radius = forms.IntegerField(label=_("半径（米）"), required=False, initial=500)
    corners = forms.CharField(
        label=_("多边形的角"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("每行一个“纬度,经度”，按顺序围一圈；填了这里就不用圆心和半径。"),
    )
    hours_from = forms.TimeField(label=_("每天从"), required=False, widget=HourInput)
    hours_to = forms.TimeField(
        label=_("每天到"),
        help_text=_("都空着就全天有效；可以过夜。"),
        required=False,
        widget=HourInput,
    )

    def clean_corners(self) -> tuple[tuple[float, float], ...]:
        """The corners, one a line."""
        found = []
        for line in self.cleaned_data["corners"].replace("，", ",").splitlines():
            if not line.strip():
                continue
            try:
                lat, lon = (float(part) for part in line.split(","))
            except ValueError as error:
                raise forms.ValidationError(
                    _("这一行不是“纬度,经度”：%(line)s") % {"line": line.strip()[:40]}
                ) from error
            found.append((lat, lon))
        return tuple(found)

    def drawn(self) -> Drawn:
        """What was typed."""
        names = Drawn.__dataclass_fields__
        return Drawn(**{name: self.cleaned_data[name] for name in names})


class HandForm(forms.Form):
    """Which wristband of the store."""

    band = forms.ModelChoiceField(label=_("手环"), queryset=Wristband.objects.none())

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        held = Wristband.objects.filter(owner_org=actor.org_code, state=Stock.IN_STORE)
        self.fields["band"] = forms.ModelChoiceField(
            label=_("手环"), queryset=held.order_by("number")
        )


class TakeBackForm(forms.Form):
    """How the wristband comes back."""

    state = forms.ChoiceField(
        label=_("手环怎样了"),
        choices=[
            *((one.value, one.label) for one in (Stock.RETURNED, Stock.LOST, Stock.BROKEN)),
            (WRONG, _("戴错人了：删除它发来的位置")),
        ],
        widget=forms.RadioSelect,
        initial=Stock.RETURNED,
    )
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)


class BarForm(forms.Form):
    """Who may not agree for the wearer, and why."""

    name = forms.CharField(label=_("谁不能代为同意"), max_length=60)
    reason = forms.CharField(
        label=_("为什么"), max_length=200, help_text=_("例如“派出所告诫书，对老人动手”。")
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class AnswerForm(forms.Form):
    """What was found."""

    outcome = forms.ChoiceField(
        label=_("处理结果"),
        choices=[
            (one.value, one.label) for one in (Outcome.HELPED, Outcome.FALSE_ALARM, Outcome.MENDED)
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("怎样核实的"), max_length=300, help_text=_("例如“电话联系家属，人在家”。")
    )


class SendForm(forms.Form):
    """Where the team goes."""

    place_text = forms.CharField(label=_("地点"), max_length=200)
    seen_text = forms.CharField(
        label=_("要找的人和情况"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class BandForm(forms.Form):
    """A wristband for the store."""

    number = forms.CharField(label=_("手环编号"), max_length=24)
    device = forms.CharField(
        label=_("设备号"),
        max_length=64,
        help_text=_("IMEI 或平台里的设备号；只保存它的散列值，以后看不到。"),
    )
    made = forms.CharField(label=_("厂家型号"), max_length=60, required=False)


class StockForm(forms.Form):
    """Where a wristband is now."""

    state = forms.ChoiceField(
        label=_("状态"),
        choices=[(one.value, one.label) for one in (Stock.IN_STORE, Stock.LOST, Stock.BROKEN)],
    )
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)


class GatewayForm(forms.Form):
    """A gateway that forwards."""

    name = forms.CharField(label=_("网关名称"), max_length=60)


class NothingForm(forms.Form):
    """Only asks whether it is meant."""
