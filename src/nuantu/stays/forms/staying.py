"""Forms about somebody who stays: bed, needs, going out."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.persons.forms import ClearWords
from nuantu.persons.models import Sex
from nuantu.stays.models import Absence, CareLevel, Diet, Health
from nuantu.stays.selectors.beds import Offer
from nuantu.stays.services import Exemption

WITH_MOTHER = "mother:"


class BedForm(forms.Form):
    """Which bed; the first is the suggestion. A bed beside the mother asks who approved it."""

    bed = forms.ChoiceField(label=_("床位"), widget=forms.RadioSelect)
    exemption_reason = ClearWords(label=_("随母同住的理由"), max_length=200, required=False)
    approved_by = forms.CharField(
        label=_("电话批准的负责人"),
        max_length=60,
        required=False,
        help_text=_("负责人不在场时填写；负责人随后要在系统里确认。"),
    )

    def __init__(
        self, *args: Any, offers: list[Offer], beside: list[Offer], is_approver: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(o.bed.public_id), f"{o.words} · {o.why}") for o in offers]
        rows += [
            (f"{WITH_MOTHER}{o.bed.public_id}", f"{o.words} · {_('随母同住（须批准）')}")
            for o in beside
        ]
        cast("forms.ChoiceField", self.fields["bed"]).choices = rows
        if rows:
            self.fields["bed"].initial = rows[0][0]
        if not beside:
            del self.fields["exemption_reason"], self.fields["approved_by"]
        elif is_approver:
            del self.fields["approved_by"]

    def chosen(self, name: str, offers: list[Offer]) -> dict[str, Any]:
        """The bed, its reason and the exception, as the service takes them."""
        key = self.cleaned_data["bed"]
        wanted = key.removeprefix(WITH_MOTHER)
        offer = next(o for o in offers if str(o.bed.public_id) == wanted)
        found: dict[str, Any] = {"bed": offer.bed, "reason": offer.why}
        if key.startswith(WITH_MOTHER):
            by_phone = self.cleaned_data.get("approved_by")
            is_by_phone = "approved_by" in self.fields
            found["exemption"] = Exemption(
                reason=self.cleaned_data["exemption_reason"],
                approved_by=str(by_phone or "") if is_by_phone else name,
                is_by_phone=is_by_phone,
            )
        return found


class NeedsForm(forms.Form):
    """What somebody needs in the house."""

    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, widget=forms.RadioSelect)
    health = forms.ChoiceField(
        label=_("健康分区"), choices=Health.choices, widget=forms.RadioSelect
    )
    care_level = forms.ChoiceField(
        label=_("照料等级"), choices=CareLevel.choices, widget=forms.RadioSelect
    )
    diet = forms.ChoiceField(label=_("饮食"), choices=Diet.choices, widget=forms.RadioSelect)
    has_limited_mobility = forms.BooleanField(label=_("需要无障碍床位"), required=False)
    note_text = ClearWords(label=_("为什么调整"), max_length=200, required=False)


class OutForm(forms.Form):
    """Somebody goes out."""

    reason = forms.ChoiceField(
        label=_("去做什么"), choices=Absence.Reason.choices, widget=forms.RadioSelect
    )
    due_at = forms.DateTimeField(
        label=_("预计什么时候返回"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    with_whom = forms.CharField(label=_("谁陪同"), max_length=80, required=False)
    note_text = ClearWords(label=_("去向、说明"), max_length=200, required=False)
