"""A check line by line, and the list it follows."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core import clock
from nuantu.stays.models import OwnChecklist
from nuantu.stays.models.safety import in_language
from nuantu.stays.rules.safety import Checklist, Line, hours_in
from nuantu.stays.selectors.safety.board import menders
from nuantu.stays.selectors.safety.lists import line_of
from nuantu.stays.services.safety import Answer
from nuantu.ui.days import DayInput
from nuantu.ui.photo_field import PhotoField

OK, BAD = "ok", "bad"
MOST_LINES = 40


class CheckForm(forms.Form):
    """Each line in order or not; a fault asks for words, perhaps a photo, perhaps at once."""

    mender = forms.ModelChoiceField(
        label=_("不合格的由谁整改"), queryset=User.objects.none(), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, lines: Sequence[Line], org: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = list(lines)
        mender = self.fields["mender"]
        if isinstance(mender, forms.ModelChoiceField):
            mender.queryset = menders(org)
        for number, line in enumerate(self.asked):
            self.fields[f"line{number}"] = forms.ChoiceField(
                label=in_language(line.zh, line.en),
                choices=[(OK, _("合格")), (BAD, _("不合格"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("这一项还没看。")},
            )
            self.fields[f"note{number}"] = forms.CharField(
                label=_("什么不对"), max_length=120, required=False
            )
            self.fields[f"urgent{number}"] = forms.BooleanField(
                label=_("危险，马上整改"), required=False
            )
            self.fields[f"photo{number}"] = PhotoField(label=_("照片"))

    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField, BoundField]]:
        """The four fields of each line."""
        for number in range(len(self.asked)):
            yield (
                self[f"line{number}"],
                self[f"note{number}"],
                self[f"urgent{number}"],
                self[f"photo{number}"],
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(len(self.asked)):
            if said.get(f"line{number}") == BAD and not said.get(f"note{number}", "").strip():
                self.add_error(f"note{number}", _("请写明什么不对。"))
        return said

    def answers(self) -> list[Answer]:
        """What was seen, as the service takes it."""
        said = self.cleaned_data
        return [
            Answer(
                line=line,
                is_ok=said[f"line{number}"] == OK,
                note=said[f"note{number}"],
                is_urgent=said[f"urgent{number}"],
                photo=said[f"photo{number}"],
            )
            for number, line in enumerate(self.asked)
        ]


class ChecklistForm(forms.Form):
    """A station's own list: what is looked at, how often, from when on, by what right."""

    title = forms.CharField(label=_("名称"), max_length=60)
    title_en = forms.CharField(label=_("英文名称"), max_length=80, required=False)
    every = forms.ChoiceField(
        label=_("多久一次"), choices=OwnChecklist.Every.choices, widget=forms.RadioSelect
    )
    hours = forms.CharField(label=_("每天几点前做"), max_length=60, required=False)
    lines = forms.CharField(
        label=_("检查项目"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
        required=False,
    )
    basis = forms.CharField(label=_("依据"), max_length=120)
    from_date = forms.DateField(label=_("从哪天起"), widget=DayInput())

    @staticmethod
    def initial_of(checklist: Checklist) -> dict[str, Any]:
        """What stands in the form before somebody changes it."""
        return {
            "title": checklist.title,
            "title_en": checklist.title_en,
            "every": checklist.every,
            "hours": "、".join(str(hour) for hour in checklist.hours),
            "lines": "\n".join(f"{one.zh} | {one.en}".rstrip(" |") for one in checklist.lines),
            "from_date": clock.today(),
        }

    def clean_hours(self) -> tuple[int, ...]:
        try:
            return hours_in(self.cleaned_data["hours"])
        except ValueError as error:
            raise forms.ValidationError(_("写0到23之间的整点，例如 3、6、23。")) from error

    def clean_lines(self) -> tuple[Line, ...]:
        found = tuple(
            line_of(text) for text in self.cleaned_data["lines"].splitlines() if text.strip(" |")
        )
        if len(found) > MOST_LINES or any(len(f"{one.zh} | {one.en}") > 200 for one in found):
            raise forms.ValidationError(_("最多40项，每项中英文合计不超过200字。"))
        return found

    def wanted(self, kind: str) -> Checklist:
        """The list as the service takes it."""
        said = self.cleaned_data
        return Checklist(
            kind=kind,
            title=said["title"],
            title_en=said["title_en"],
            every=said["every"],
            hours=said["hours"],
            lines=said["lines"],
            source=said["basis"],
            is_own=True,
        )
