"""What an escort tells on the way and at the end of it, on a phone without signal."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.homeward.models.return_choices import Event
from nuantu.homeward.services.on_the_way import TOLD

ARRIVED: Final = str(Event.ARRIVED)


class EscortForm(forms.Form):
    """One form for the whole way; what an answer asks for is asked after it."""

    what = forms.ChoiceField(
        label=_("现在怎样"),
        choices=[
            *((one.value, one.label) for one in TOLD),
            (ARRIVED, _("到达，人已交给对方")),
        ],
        widget=forms.RadioSelect,
        initial=str(Event.WELL),
    )
    place = forms.CharField(label=_("在哪里"), max_length=120, required=False)
    told_police = forms.CharField(
        label=_("告诉了哪个公安机关"),
        max_length=120,
        required=False,
        help_text=_("走失必须报警，写派出所和接警人。"),
    )
    heard_of = forms.CharField(
        label=_("交给了谁"), max_length=60, required=False, help_text=_("姓名和单位或关系。")
    )
    photo = forms.FileField(
        label=_("双方签字的交接单"),
        required=False,
        help_text=_("两边都签好再拍。没有签好就不拍，交接单继续等签字。"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    words = forms.CharField(
        label=_("经过"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Who took him over must be told."""
        said = super().clean() or self.cleaned_data
        if said.get("what") == ARRIVED and not said.get("heard_of"):
            self.add_error("heard_of", _("请写交给了谁。"))
        return said
