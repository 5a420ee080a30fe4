"""Forms of daily care."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.persons.forms import ClearWords
from nuantu.stays.models import CareEntry
from nuantu.stays.rules.care import BODY_CARE, Meals
from nuantu.stays.selectors.care.day import Cared

NOTHING = ""


class RoundForm(forms.Form):
    """One round for many: everybody ticked beforehand at a meal, the exceptions marked.

    A field `who-<id>` for each resident; what stands in the log already is shown.
    """

    is_by_woman = forms.BooleanField(
        label=_("女工作人员做的"),
        required=False,
        help_text=_("女性受助人员的洗浴、理发、起居由女工作人员做。"),
    )

    def __init__(
        self, *args: Any, kind: str, slot: str, people: Iterable[Cared], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        self.kind, self.slot = kind, slot
        for one in self.people:
            self.fields[self.name_of(one)] = forms.ChoiceField(
                label=one.resident.card.called,
                choices=self._choices(),
                required=False,
                widget=forms.RadioSelect,
                initial=self._first(one),
            )
        if kind not in BODY_CARE or not any(p.resident.stay.sex == "female" for p in self.people):
            del self.fields["is_by_woman"]

    @staticmethod
    def name_of(one: Cared) -> str:
        """The field of a resident."""
        return f"who-{one.resident.stay.public_id}"

    def _choices(self) -> list[tuple[str, Any]]:
        if self.slot:
            return [("given", _("吃了")), ("refused", _("没吃")), ("absent", _("不在"))]
        return [(NOTHING, _("没做")), ("given", _("做了")), ("refused", _("本人不要"))]

    def _first(self, one: Cared) -> str:
        if not self.slot:
            return NOTHING
        stands = dict(one.meals).get(self.slot, "")
        return stands or ("absent" if one.resident.absence else "given")

    def rows(self) -> list[tuple[Cared, forms.BoundField]]:
        """Each resident with his field, for the page."""
        return [(one, self[self.name_of(one)]) for one in self.people]

    def outcomes(self) -> dict[Any, str]:
        """What was chosen for whom; who was left out is not in it."""
        chosen = {one.resident.stay: self.cleaned_data[self.name_of(one)] for one in self.people}
        return {stay: outcome for stay, outcome in chosen.items() if outcome}


class CareForm(forms.Form):
    """One line about one resident."""

    kind = forms.ChoiceField(
        label=_("做了什么"), choices=CareEntry.Kind.choices, widget=forms.RadioSelect
    )
    slot = forms.ChoiceField(
        label=_("哪一餐"),
        choices=CareEntry.Slot.choices[1:],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("只有用餐时要选。"),
    )
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=CareEntry.Outcome.choices,
        widget=forms.RadioSelect,
        initial="given",
    )
    is_by_woman = forms.BooleanField(label=_("女工作人员做的"), required=False)
    note_text = ClearWords(
        label=_("说明"),
        max_length=300,
        required=False,
        help_text=_("不写病情和用药；那些由医务记在用药体征里。"),
    )

    def __init__(self, *args: Any, sex: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sex != "female":
            del self.fields["is_by_woman"]


class MenuForm(forms.Form):
    """The three meals of a day."""

    breakfast = forms.CharField(
        label=_("早餐"),
        max_length=200,
        help_text=_("菜名用顿号分开：白菜炖豆腐、紫菜蛋花汤、米饭。"),
    )
    lunch = forms.CharField(label=_("午餐"), max_length=200)
    supper = forms.CharField(label=_("晚餐"), max_length=200)

    def meals(self) -> Meals:
        """Breakfast, lunch, supper."""
        said = self.cleaned_data
        return said["breakfast"], said["lunch"], said["supper"]


class BeddingForm(forms.Form):
    """Which beds have fresh bedding."""

    beds = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(bed.public_id): bed for bed in offered}
        self.fields["beds"] = forms.MultipleChoiceField(
            label=_("床位"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(key, str(bed)) for key, bed in self.by_id.items()],
        )

    def chosen(self) -> list[Any]:
        """The beds ticked."""
        return [self.by_id[key] for key in self.cleaned_data["beds"]]
