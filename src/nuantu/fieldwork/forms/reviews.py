"""Filters of the review cards, and what the desk writes on one."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from nuantu.core.subjects import Subject
from nuantu.fieldwork.models import ReviewCard
from nuantu.fieldwork.selectors.cards import CardFilter

# Pages of what may have been entered instead → what the journal calls it.
PAGES = {
    "encounters:detail": "encounter",
    "patrols:run": "patrol_run",
    "dispatch:tip": "tip",
    "persons:person": "person",
}


class ReviewsForm(forms.Form):
    """What the list can be searched by; a wrong value asks nothing."""

    q = forms.CharField(label=_("搜索姓名、原因"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *ReviewCard.State.choices], required=False
    )
    why = forms.ChoiceField(
        label=_("为什么待核"), choices=[("", _("全部")), *ReviewCard.Why.choices], required=False
    )

    def wanted(self) -> CardFilter:
        """The filter that the valid fields make."""
        self.is_valid()
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return CardFilter(data.get("q", ""), data.get("state", ""), data.get("why", ""))


class AsideForm(forms.Form):
    """Why it is not entered."""

    reason = forms.CharField(label=_("原因"), max_length=300)


class EnterForm(forms.Form):
    """Where it was entered by hand, and what was different."""

    reason = forms.CharField(label=_("怎样登记的"), max_length=300)
    address = forms.CharField(
        label=_("登记的页面网址"),
        max_length=300,
        required=False,
        help_text=_("从浏览器地址栏复制接触、巡查、线索或人员的页面。"),
    )

    def clean_address(self) -> Subject | None:
        """The thing that the address names, none for an empty one."""
        text = self.cleaned_data["address"].strip()
        if not text:
            return None
        try:
            match = resolve(urlsplit(text).path)
        except (Resolver404, ValueError) as error:
            raise forms.ValidationError(_("这个网址不是接触、巡查、线索或人员的页面。")) from error
        kind, own_id = PAGES.get(match.view_name), match.kwargs.get("public_id")
        if kind is None or not isinstance(own_id, UUID):
            raise forms.ValidationError(_("这个网址不是接触、巡查、线索或人员的页面。"))
        return Subject(kind, own_id)
