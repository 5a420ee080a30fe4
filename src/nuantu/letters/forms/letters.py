"""Forms of letters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.letters.models import ANSWERS_TO, Answer, Direction, Kind, Letter, State
from nuantu.letters.rules.facts import Fact
from nuantu.letters.selectors.organisations import choices_here
from nuantu.letters.services import Asked, Recipient, Said

MOST: Final = 1000
ANY: Final = ("", _("全部"))


class LetterFilterForm(forms.Form):
    """What the list is narrowed to; a wrong value asks nothing."""

    kept: ClassVar = ("box",)

    box = forms.CharField(required=False, widget=forms.HiddenInput())
    q = forms.CharField(label=_("编号或对方单位"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[ANY, ("open", _("未了结")), ("late", _("答复超时")), *State.choices],
    )
    kind = forms.ChoiceField(label=_("事由"), required=False, choices=[ANY, *Kind.choices])

    def said(self, name: str) -> str:
        """A filter that was understood."""
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get(name) or "").strip()


class WordsForm(forms.Form):
    """Words to the other side; they lie sealed."""

    words = forms.CharField(
        label=_("写给对方的话"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, letter: Letter | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.letter = letter

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {"words": self.cleaned_data["words"]}


class RemindForm(WordsForm):
    """A reminder; the words may be empty."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].required = False
        self.fields["words"].label = _("附言（可不写）")


class AnswerForm(WordsForm):
    """The answer of the receiver."""

    answer = forms.ChoiceField(label=_("怎么答复"), widget=forms.RadioSelect())
    field_order: Sequence[str] = ("answer", "words")

    def __init__(self, *args: Any, letter: Letter, **more: Any) -> None:
        super().__init__(*args, letter=letter, **more)
        offered: Any = self.fields["answer"]
        offered.choices = [(one, Answer(one).label) for one in ANSWERS_TO[Kind(letter.kind)]]

    def values(self) -> dict[str, Any]:
        """The answer as the service takes it."""
        data = self.cleaned_data
        return {"said": Said(data["answer"], data["words"], data.get("by", ""))}


class PutAnswerForm(AnswerForm):
    """An answer that came on paper or by telephone, with who gave it."""

    by = forms.CharField(
        label=_("对方谁答复的"), max_length=60, help_text=_("姓名、职务；电话答复写明号码。")
    )
    field_order = ("answer", "words", "by")


class WaitsForm(WordsForm):
    """Where somebody is waited for."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label = _("在哪里等、谁去接、电话")

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {"words": self.cleaned_data["words"], "event": "waits"}


class ArrivedForm(WordsForm):
    """That somebody has come, and how he is."""

    happened_at = forms.DateTimeField(
        label=_("到达时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    field_order = ("happened_at", "words")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].required = False
        self.fields["words"].label = _("人怎么样、物品药品是否交清（可不写）")
        self.fields["words"].help_text = _(
            "随人带来交接单的，先按单点清人、证件、药品和物品：您在这里确认，作为接收方在单上的签收。不符的写在这里。"
        )
        now: datetime = clock.local(clock.now())
        self.fields["happened_at"].initial = now.replace(tzinfo=None, second=0, microsecond=0)

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {"words": data["words"], "happened_at": data["happened_at"], "event": "arrived"}


class ToForm(forms.Form):
    """Who is asked: an organisation of this installation, or any other by name."""

    to = forms.ChoiceField(
        label=_("发给本系统的单位"),
        required=False,
        help_text=_("对方马上在“收到的函”里看到，只看到这封函写的内容。"),
    )
    name = forms.CharField(
        label=_("或发给其他单位（全称）"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "stations"}),
        help_text=_("对方没有用本系统的，出纸质公函。"),
    )
    phones = forms.CharField(label=_("收函单位电话"), required=False, max_length=60)
    stations: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        offered: Any = self.fields["to"]
        offered.choices = [("", _("不在本系统")), *choices_here(actor.org_code)]

    def clean(self) -> dict[str, Any]:
        """One receiver, by code or by name."""
        data = dict(super().clean() or {})
        if bool(data.get("to")) == bool(str(data.get("name", "")).strip()):
            self.add_error("to", _("选一个本系统的单位，或写其他单位的全称，只选一种。"))
        return data

    def recipient(self) -> Recipient:
        """Who is asked."""
        data = self.cleaned_data
        return Recipient(data["name"], data["to"], data["phones"])


class LetterForm(ToForm):
    """A letter that is written."""

    kind = forms.ChoiceField(
        label=_("事由"),
        choices=[one for one in Kind.choices if one[0] != Kind.CARRY],
        widget=forms.RadioSelect(),
    )
    words = forms.CharField(
        label=_("请对方做什么"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("一人一函。只写对方办理需要的内容，加密保存。"),
    )
    field_order: Sequence[str] = ("kind", "to", "name", "phones", "words")

    def facts(self) -> tuple[Fact, ...]:
        """What is told besides the words; a package above offers some."""
        return ()

    def values(self) -> dict[str, Any]:
        """The letter as the service takes it."""
        data = self.cleaned_data
        asked = Asked(data["kind"], data["words"], self.facts())
        return {"asked": asked, "to": self.recipient()}


class CarryForm(ToForm):
    """Who is to press for an answer, and what is said to him."""

    words = forms.CharField(
        label=_("请对方做什么"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 4})
    )

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {"to": self.recipient(), "words": self.cleaned_data["words"]}


def boxes() -> list[tuple[str, Any]]:
    """The two sides, the received first."""
    return [(Direction.IN, _("收到的函")), (Direction.OUT, _("发出的函"))]
