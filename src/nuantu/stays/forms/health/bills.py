"""Forms of a hospital bill: what it says line by line, who pays what."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from nuantu.places.models import Hospital
from nuantu.stays.models import Bill
from nuantu.stays.rules.bills import Line
from nuantu.stays.services.health import Charged
from nuantu.ui.days import DayInput

LINES = forms.Textarea(attrs={"rows": 2})
MOST_LINES = 8
_PARTS = ("item", "quantity", "unit", "amount", "is_by_day")


def _fen(yuan: Decimal) -> int:
    return int((yuan * 100).to_integral_value())


def _money(label: Any, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, min_value=0, max_value=9_999_999, decimal_places=2
    )


class BillForm(forms.Form):
    """A bill with up to eight lines; a line counts once its item is named."""

    hospital = forms.ChoiceField(
        label=_("哪家医院的账单"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("病人没有住过这家医院。")},
    )
    number = forms.CharField(label=_("账单号"), max_length=40)
    from_date = forms.DateField(label=_("从哪天"), widget=DayInput())
    to_date = forms.DateField(label=_("到哪天"), widget=DayInput())
    total = _money(_("账单合计（元）"))

    def __init__(self, *args: Any, hospitals: Iterable[Hospital] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hospitals = {str(row.public_id): row for row in hospitals}
        self._offer_hospitals()
        for n in range(1, MOST_LINES + 1):
            self.fields[f"item_{n}"] = forms.CharField(
                label=_("项目"), required=False, max_length=60
            )
            self.fields[f"quantity_{n}"] = forms.IntegerField(
                label=_("数量或天数"), required=False, min_value=1, max_value=9999
            )
            self.fields[f"unit_{n}"] = _money(_("单价（元）"), required=False)
            self.fields[f"amount_{n}"] = _money(_("金额（元）"), required=False)
            self.fields[f"is_by_day_{n}"] = forms.BooleanField(label=_("按天"), required=False)

    def _offer_hospitals(self) -> None:
        """Which hospital is asked only where he lay in more than one."""
        if len(self._hospitals) < 2:
            del self.fields["hospital"]
            return
        field = cast("forms.ChoiceField", self.fields["hospital"])
        field.choices = [(key, row.name) for key, row in self._hospitals.items()]

    def rows(self) -> Iterator[list[BoundField]]:
        """The cells of each line."""
        for n in range(1, MOST_LINES + 1):
            yield [self[f"{part}_{n}"] for part in _PARTS]

    def clean(self) -> dict[str, Any]:
        """A line that is begun is whole."""
        data = super().clean() or {}
        for n in range(1, MOST_LINES + 1):
            names = [f"{part}_{n}" for part in ("item", "quantity", "unit", "amount")]
            if all(data.get(name) in (None, "") for name in names):
                continue
            for name in names:
                if data.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("这一行还没填完。"))
        return data

    def charged(self) -> Charged:
        """As the service takes it, in fen."""
        data = self.cleaned_data
        return Charged(
            hospital=self._hospitals.get(data.get("hospital", "")),
            number=data["number"],
            from_date=data["from_date"],
            to_date=data["to_date"],
            total_fen=_fen(data["total"]),
            lines=tuple(
                Line(
                    item=data[f"item_{n}"],
                    quantity=data[f"quantity_{n}"],
                    unit_fen=_fen(data[f"unit_{n}"]),
                    amount_fen=_fen(data[f"amount_{n}"]),
                    is_by_day=data[f"is_by_day_{n}"],
                )
                for n in range(1, MOST_LINES + 1)
                if data[f"item_{n}"]
            ),
        )


class CorrectForm(BillForm):
    """The bill as the hospital put it right, with its answer."""

    answer = forms.CharField(label=_("医院怎么答复的"), max_length=300, widget=LINES)
    field_order = ("answer",)

    @staticmethod
    def of(bill: Bill) -> dict[str, Any]:
        """The bill as it stands, to be put right."""
        said: dict[str, Any] = {
            "number": bill.number,
            "from_date": bill.from_date,
            "to_date": bill.to_date,
            "total": Decimal(bill.total_fen) / 100,
        }
        for n, line in enumerate(bill.lines.order_by("pk"), 1):
            said |= {
                f"item_{n}": line.item,
                f"quantity_{n}": line.quantity,
                f"unit_{n}": Decimal(line.unit_fen) / 100,
                f"amount_{n}": Decimal(line.amount_fen) / 100,
                f"is_by_day_{n}": line.is_by_day,
            }
        return said


class AcceptForm(forms.Form):
    """Which fault is accepted, and why."""

    fault = forms.ChoiceField(label=_("认可哪一处"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("为什么认可"), max_length=300, widget=LINES)

    def __init__(self, *args: Any, faults: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, choices = self.fields["fault"], list(faults)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]


class ShareForm(forms.Form):
    """What the next payer takes over; the payer stands in the page, nobody chooses one."""

    payer = forms.CharField(widget=forms.HiddenInput)
    amount = _money(_("承担多少（元）"))
    words = forms.CharField(label=_("结算单号；不承担的写原因"), required=False, max_length=120)

    def share(self) -> dict[str, Any]:
        """As the service takes it, in fen."""
        data = self.cleaned_data
        return {"payer": data["payer"], "fen": _fen(data["amount"]), "words": data["words"]}


class DisputeForm(forms.Form):
    """What is doubted, or why a bill goes back."""

    words = forms.CharField(label=_("写明疑问或理由"), max_length=300, widget=LINES)
