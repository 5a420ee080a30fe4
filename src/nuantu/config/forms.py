"""Forms of the pages that belong to no package."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.config.requirements.catalogue import (
    Capability,
    Named,
    Requirement,
    capabilities,
    packages,
    plans,
)
from nuantu.config.requirements.evidence import Reason, Status
from nuantu.config.requirements.register import Wanted

STATUS_WORDS = {
    Status.ENFORCED: _("已落实"),
    Status.RECORDED: _("已入方案"),
    Status.LATER: _("后续"),
}
STATUS_KINDS = {Status.ENFORCED: "done", Status.RECORDED: "note", Status.LATER: "waiting"}


def said(named: Named | Capability | Requirement | Reason) -> str:
    """The name in the language of the page."""
    return named.en if (get_language() or "").startswith("en") else named.zh


class RegisterForm(forms.Form):
    """Which rules of the register are shown."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)
    plan = forms.ChoiceField(label=_("方案"), required=False)
    status = forms.ChoiceField(label=_("状态"), required=False)
    package = forms.ChoiceField(label=_("软件包"), required=False)
    capability = forms.ChoiceField(label=_("功能"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("plan", [(one.id, f"{one.id} {said(one)}") for one in plans().values()])
        self._offer("status", [(str(status), str(STATUS_WORDS[status])) for status in Status])
        self._offer("package", [(one.id, f"{one.id} {said(one)}") for one in packages().values()])
        named = [(one.id, f"{one.id} {said(one)}") for one in capabilities().values()]
        self._offer("capability", named)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("全部")), *choices]

    def wanted(self) -> Wanted:
        """The valid filters; a filter that makes no sense is left out."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(
            words=found.get("q", ""),
            plan=found.get("plan", ""),
            status=found.get("status", ""),
            package=found.get("package", ""),
            capability=found.get("capability", ""),
        )
