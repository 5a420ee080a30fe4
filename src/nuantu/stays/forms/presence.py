"""Forms of roll-call, searching and the complaints box."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.persons.forms import ClearWords
from nuantu.stays.models import Complaint, Search, Stay
from nuantu.stays.selectors.board import Resident
from nuantu.stays.services.care import Said
from nuantu.ui.photo_field import PhotoField

HEAD = "head"
LINES = forms.Textarea(attrs={"rows": 2})


class RollForm(forms.Form):
    """Everybody who should be there is ticked; only who is not is changed. `found-<id>` for each.

    At the meeting point after an evacuation nobody is ticked beforehand but who is known to be out.
    """

    photo = PhotoField(label=_("照片"))

    def __init__(
        self, *args: Any, people: Iterable[Resident], is_evacuation: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.is_evacuation = list(people), is_evacuation
        for one in self.people:
            is_away = one.absence is not None and not (is_evacuation and one.has_gone)
            choices = [("present", _("在")), ("gone", _("不在"))]
            if is_away:
                choices = [("out", _("外出")), ("present", _("回来了"))]
            self.fields[self.name_of(one)] = forms.ChoiceField(
                label=one.card.called,
                choices=choices,
                widget=forms.RadioSelect,
                initial=None if is_evacuation and not is_away else choices[0][0],
                error_messages={"required": _("这个人到了没有？")},
            )

    @staticmethod
    def name_of(one: Resident) -> str:
        """The field of a resident."""
        return f"found-{one.stay.public_id}"

    def rows(self) -> list[tuple[Resident, forms.BoundField]]:
        """Each resident with his field, for the page."""
        return [(one, self[self.name_of(one)]) for one in self.people]

    def found(self) -> dict[Stay, str]:
        """How each was found."""
        return {one.stay: self.cleaned_data[self.name_of(one)] for one in self.people}


class StepForm(forms.Form):
    """What was done at one step of a search."""

    step = forms.CharField(max_length=40, widget=forms.HiddenInput)
    note_text = ClearWords(label=_("找了哪里、告诉了谁、编号"), max_length=300, widget=LINES)


class EndSearchForm(forms.Form):
    """How a search ended."""

    end = forms.ChoiceField(
        label=_("怎么结束"), choices=Search.End.choices[1:], widget=forms.RadioSelect
    )
    note_text = ClearWords(label=_("在哪里找到、现在怎样"), max_length=300)


class ComplaintForm(forms.Form):
    """A complaint of a resident; he need not say who he is."""

    topic = forms.ChoiceField(
        label=_("关于什么"), choices=Complaint.Topic.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("要反映什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    about = forms.ChoiceField(
        label=_("关于哪位工作人员"),
        required=False,
        help_text=_("被反映的人看不到这条意见；反映站长的，由上级民政部门答复。"),
    )
    stay = forms.ChoiceField(label=_("谁反映的"), required=False, help_text=_("本人不愿说就空着。"))
    channel = forms.ChoiceField(
        label=_("怎么收到的"),
        choices=Complaint.Channel.choices,
        widget=forms.RadioSelect,
        initial="tablet",
    )

    def __init__(
        self, *args: Any, staff: Iterable[User], people: Iterable[Resident], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(user.public_id): user for user in staff}
        self.stays = {str(one.stay.public_id): one for one in people}
        names = [(key, user.name) for key, user in self.staff.items()]
        self.fields["about"] = forms.ChoiceField(
            label=self.fields["about"].label,
            help_text=self.fields["about"].help_text,
            required=False,
            choices=[("", _("没有说")), (HEAD, _("站长或整个站")), *names],
        )
        residents = [(key, one.card.called) for key, one in self.stays.items()]
        self.fields["stay"] = forms.ChoiceField(
            label=self.fields["stay"].label,
            help_text=self.fields["stay"].help_text,
            required=False,
            choices=[("", _("不具名")), *residents],
        )

    def said(self) -> Said:
        """What was said, as the service takes it."""
        known = self.cleaned_data
        one = self.stays.get(known["stay"])
        return Said(
            topic=known["topic"],
            channel=known["channel"],
            text=known["text"],
            about=self.staff.get(known["about"]),
            is_about_head=known["about"] == HEAD,
            stay=one.stay if one else None,
        )


class AnswerComplaintForm(forms.Form):
    """The answer to a complaint."""

    words = forms.CharField(
        label=_("怎么答复、改了什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
