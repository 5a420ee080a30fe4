"""Forms of the kitchen."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.persons.forms import ClearWords
from nuantu.stays.models import FoodSample, KitchenMeal
from nuantu.stays.rules.food import dishes_in
from nuantu.ui.days import DayInput

MOST_DISHES = 20


class AskedMealForm(forms.Form):
    """The meal that a link leads to."""

    meal = forms.ChoiceField(choices=KitchenMeal.Meal.choices)
    day = forms.DateField()

    def told(self) -> tuple[date, str]:
        """Its day and which it was."""
        return self.cleaned_data["day"], self.cleaned_data["meal"]


class MealForm(forms.Form):
    """A meal that was served."""

    meal = forms.ChoiceField(
        label=_("哪一餐"), choices=KitchenMeal.Meal.choices, widget=forms.RadioSelect
    )
    served_date = forms.DateField(
        label=_("日期"),
        initial=clock.today,
        widget=DayInput(),
    )
    dishes = forms.CharField(
        label=_("菜品"), widget=forms.Textarea(attrs={"rows": 5}), max_length=800
    )
    people_count = forms.IntegerField(label=_("用餐人数"), min_value=1, max_value=2000)

    def clean_dishes(self) -> tuple[str, ...]:
        found = dishes_in(self.cleaned_data["dishes"])
        if len(found) > MOST_DISHES or any(len(dish) > 40 for dish in found):
            raise forms.ValidationError(_("最多20道菜，每道不超过40字，一行一道。"))
        return found

    def clean_served_date(self) -> Any:
        found = self.cleaned_data["served_date"]
        if found > clock.today():
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return found


class SamplesForm(forms.Form):
    """The weight of each sample; a dish left empty is not put in yet."""

    kept_in = forms.CharField(label=_("放在哪里"), max_length=40, required=False)
    reason = forms.CharField(label=_("分量不足的原因"), max_length=120, required=False)

    def __init__(self, *args: Any, dishes: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.dishes = list(dishes)
        for number, dish in enumerate(self.dishes):
            self.fields[f"dish{number}"] = forms.IntegerField(
                label=dish, min_value=1, max_value=5000, required=False
            )

    def rows(self) -> Iterator[BoundField]:
        """A field for each dish."""
        for number in range(len(self.dishes)):
            yield self[f"dish{number}"]

    def grams(self) -> dict[str, int]:
        """What was weighed, by dish."""
        said = self.cleaned_data
        return {
            dish: said[f"dish{number}"]
            for number, dish in enumerate(self.dishes)
            if said[f"dish{number}"]
        }


class GapForm(forms.Form):
    """Why dishes left no sample."""

    reason = forms.CharField(label=_("为什么没有留样"), max_length=120)


class TakeOutForm(forms.Form):
    """A sample leaves the fridge."""

    out_kind = forms.ChoiceField(
        label=_("怎么取出"), choices=FoodSample.Out.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("原因、交给谁"), max_length=120, required=False)

    def __init__(self, *args: Any, sample: FoodSample, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        way = FoodSample.Out.DUE if at >= sample.keep_until_at else FoodSample.Out.EARLY
        self.initial["out_kind"] = FoodSample.Out.HANDED if sample.is_locked else way


class SuspicionForm(forms.Form):
    """Somebody may be ill from food."""

    ill_count = forms.IntegerField(label=_("不舒服的人数"), min_value=1, max_value=500)
    signs = ClearWords(
        label=_("症状、吃过什么"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300
    )


class OutcomeForm(forms.Form):
    """What a suspicion turned out to be."""

    outcome = forms.CharField(
        label=_("查明的结果"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300
    )
