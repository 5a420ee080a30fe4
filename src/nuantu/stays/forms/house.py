"""Forms with which the house is set up."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.stays.models import Health, ZoneAges, ZoneSex
from nuantu.stays.services.house import MOST_BEDS


class ZoneForm(forms.Form):
    """A zone: what it is called and whom it takes."""

    name = forms.CharField(label=_("名称"), max_length=40)
    sex = forms.ChoiceField(
        label=_("性别"), choices=ZoneSex.choices, widget=forms.RadioSelect, initial="male"
    )
    ages = forms.ChoiceField(
        label=_("年龄"), choices=ZoneAges.choices, widget=forms.RadioSelect, initial="adult"
    )
    health = forms.ChoiceField(
        label=_("健康分区"), choices=Health.choices, widget=forms.RadioSelect, initial="general"
    )
    is_family = forms.BooleanField(
        label=_("家庭房间"),
        required=False,
        help_text=_("一个房间同时只住一家人，性别年龄不分。"),
    )


class EpidemicForm(forms.Form):
    """What a zone serves for while the epidemic pack is on."""

    health = forms.ChoiceField(
        label=_("改作"),
        choices=[(one.value, one.label) for one in (Health.OBSERVATION, Health.ISOLATION)],
        widget=forms.RadioSelect,
        help_text=_(
            "先把住着的人转到别的生活区。疫情防控结束后，空着的分区自动恢复，住着人的由站里决定。"
        ),
    )


class RoomForm(forms.Form):
    """A room with its beds."""

    name = forms.CharField(label=_("房间"), max_length=40)
    beds = forms.IntegerField(label=_("床位数"), min_value=1, max_value=MOST_BEDS, initial=4)
    is_barrier_free = forms.BooleanField(label=_("无障碍"), required=False)


class RoomChangeForm(forms.Form):
    """A room that is there already, and beds that come in."""

    name = forms.CharField(label=_("房间"), max_length=40)
    is_barrier_free = forms.BooleanField(label=_("无障碍"), required=False)
    more_beds = forms.IntegerField(
        label=_("增加几张床"), min_value=0, max_value=MOST_BEDS, initial=0
    )


class BedStateForm(forms.Form):
    """A bed goes out of use, with the reason."""

    reason = forms.CharField(label=_("停用原因"), max_length=120, required=False)


class WomensCarerForm(forms.Form):
    """One of the staff."""

    user = forms.ModelChoiceField(
        label=_("女工作人员"), queryset=User.objects.none(), empty_label="—"
    )

    def __init__(self, *args: Any, candidates: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[User]", self.fields["user"])
        field.queryset = candidates
