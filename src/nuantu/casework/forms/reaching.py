"""Forms of the family, referrals, disclosures and conferences."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.casework.models import (
    Disclosure,
    FamilyAnswer,
    FamilyBasis,
    Reach,
    Referral,
    ReferralKind,
)
from nuantu.casework.rules.days import is_too_far
from nuantu.casework.services import Asked, Met
from nuantu.core import clock
from nuantu.ui.days import DayInput

DECISIONS: Final = (1, 2, 3)


def _words(label: Any, hint: Any = "", *, is_required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        required=is_required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=hint,
    )


class FamilyForm(forms.Form):
    """What he said when he was asked about his family."""

    relation = forms.CharField(
        label=_("问的是谁"), max_length=40, help_text=_("例如母亲、前夫、全家。")
    )
    basis = forms.ChoiceField(
        label=_("谁回答的"),
        choices=FamilyBasis.choices,
        initial=FamilyBasis.OWN,
        widget=forms.RadioSelect,
    )
    answer = forms.ChoiceField(
        label=_("愿意联系吗"), choices=FamilyAnswer.choices, widget=forms.RadioSelect
    )
    reaches = forms.MultipleChoiceField(
        label=_("同意到哪一步"),
        choices=Reach.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = _words(_("原话"), _("密封保存。最近一次的回答算数。"))

    def asked(self) -> Asked:
        """What the form says."""
        return Asked(**self.cleaned_data)


class ReferralForm(forms.Form):
    """Who is asked to help, with what."""

    kind = forms.ChoiceField(
        label=_("转给哪一类"), choices=ReferralKind.choices, widget=forms.RadioSelect
    )
    body = forms.CharField(label=_("转给哪个单位"), max_length=120, help_text=_("写全称。"))
    words = _words(_("请他们做什么"), _("只写对方办事需要的。法律援助的出一份有编号的函。"))


class ReferralAnswerForm(forms.Form):
    """What they answered."""

    state = forms.ChoiceField(
        label=_("对方怎么答复"),
        choices=[one for one in Referral.State.choices if one[0] != Referral.State.WAITING],
        widget=forms.RadioSelect,
    )
    answer = _words(_("答复"), _("谁接、几号、在哪里；不受理的写为什么。"))


class DisclosureForm(forms.Form):
    """Who asks for something of a plan, by which letter, for what exactly."""

    body = forms.CharField(label=_("哪个单位来要"), max_length=120)
    letter = forms.CharField(
        label=_("公函、调取证据通知书文号"), max_length=80, help_text=_("没有文书的不提供。")
    )
    asked = _words(_("要什么"), _("照文书写。由另一个人决定。"))


class DecideForm(forms.Form):
    """What the second person decides, and what exactly is given."""

    state = forms.ChoiceField(
        label=_("提供吗"),
        choices=[one for one in Disclosure.State.choices if one[0] != Disclosure.State.ASKED],
        widget=forms.RadioSelect,
    )
    reason = _words(_("依据哪一条"), _("例如刑事诉讼法 第54条；超出文书范围的不给。"))
    given = _words(_("提供了什么"), _("逐字写。没有要的不写。"), is_required=False)


class ConferenceForm(forms.Form):
    """Who sat together, what was said, what was decided."""

    held_at = forms.DateTimeField(
        label=_("什么时候"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    people = forms.CharField(
        label=_("参加的人"), max_length=300, help_text=_("姓名和单位。本人参加的也写。")
    )
    minutes = _words(_("讨论了什么"), _("密封保存。"))

    def __init__(self, *args: Any, org_code: str, **options: Any) -> None:
        options.setdefault("initial", {"held_at": clock.local(clock.now())})
        super().__init__(*args, **options)
        colleagues = User.objects.filter(organisation_id=org_code, is_active=True)
        for number in DECISIONS:
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("决定 %(n)s") % {"n": number},
                max_length=120,
                required=number == 1,
                help_text=_("不写他的姓名。") if number == 1 else "",
            )
            self.fields[f"who_{number}"] = forms.ModelChoiceField(
                label=_("决定 %(n)s 谁做") % {"n": number},
                queryset=colleagues.order_by("name", "pk"),
                required=False,
                empty_label=_("社工"),
            )
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("决定 %(n)s 到哪天") % {"n": number},
                required=number == 1,
                widget=DayInput(),
            )

    def clean(self) -> dict[str, Any]:
        """Each decision has its day, and a day that will remind somebody."""
        data = super().clean() or {}
        held = data.get("held_at")
        for number in DECISIONS:
            name, day = f"day_{number}", data.get(f"day_{number}")
            if day is None:
                if number > 1 and name not in self.errors and data.get(f"what_{number}"):
                    self.add_error(name, _("请写到哪天。"))
            elif is_too_far(day, clock.today()):
                self.add_error(name, _("离今天太远，请核对年份。"))
            elif held and day < clock.local(held).date():
                self.add_error(name, _("不能早于开会那天。"))
        return data

    def met(self) -> Met:
        """What the form puts down."""
        data = self.cleaned_data
        found: list[tuple[str, User | None, date]] = [
            (data[f"what_{number}"], data[f"who_{number}"], data[f"day_{number}"])
            for number in DECISIONS
            if data[f"what_{number}"]
        ]
        return Met(data["held_at"], data["people"], data["minutes"], found)
