"""Parsing of account forms."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import NotificationChannel, Organisation, User
from nuantu.accounts.rules.division_files import as_csv, faults_in
from nuantu.accounts.rules.messages import EVENTS
from nuantu.accounts.rules.scopes import SCOPES
from nuantu.accounts.selectors import divisions_called, matrix
from nuantu.ui.days import DayInput


class LogInForm(forms.Form):
    """Name and password."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class CodeForm(forms.Form):
    """Six digits of the authenticator."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        help_text=_("验证器里的 6 位数字。"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )


class NewPhoneForm(CodeForm):
    """The first code of an authenticator set up in an open session: the password comes with it."""

    password = forms.CharField(
        label=_("密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    field_order = ("password", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["code"].widget.attrs["autofocus"]


class PasswordForm(forms.Form):
    """Old and new password."""

    old = forms.CharField(
        label=_("原密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 10 个字符，不能只有数字。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def _roles() -> list[tuple[str, str]]:
    is_english = get_language() == "en"
    return [(role.code, role.en if is_english else role.zh) for role in matrix().roles.values()]


def _events() -> list[tuple[str, str]]:
    place = 1 if get_language() == "en" else 0
    return [(code, words[place]) for code, words in EVENTS.items()]


def _offer(field: forms.Field, reach: str) -> None:
    """Let a field choose among the organisations of a place only."""
    chosen = cast("forms.ModelChoiceField[Organisation]", field)
    among = cast("QuerySet[Organisation]", chosen.queryset)
    chosen.queryset = among.filter(division__code__startswith=reach)


class UserForm(forms.Form):
    """A new account, in an organisation of the place that the administrator manages."""

    login = forms.CharField(label=_("登录名"), max_length=60)
    name = forms.CharField(label=_("姓名"), max_length=60)
    organisation = forms.ModelChoiceField(
        label=_("单位"), queryset=Organisation.objects.filter(is_active=True).order_by("code")
    )
    roles = forms.MultipleChoiceField(
        label=_("角色"), choices=_roles, widget=forms.CheckboxSelectMultiple
    )
    password = forms.CharField(
        label=_("初始密码"),
        help_text=_("至少 10 个字符，首次登录后请本人修改。"),
        widget=forms.PasswordInput,
    )

    def __init__(self, *args: Any, reach: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["organisation"], reach)


def _scopes() -> list[tuple[str, str]]:
    place = 1 if get_language() == "en" else 0
    return [(code, f"{words[place]} · {code}") for code, words in SCOPES.items()]


class TokenForm(forms.Form):
    """A new API token: whom it acts as, for what, how long."""

    name = forms.CharField(label=_("用途"), max_length=80, help_text=_("例如：气象预警接入。"))
    user = forms.ChoiceField(
        label=_("代表"),
        help_text=_("令牌不能超出这个账号的权限。外部程序请先开通角色为“外部程序”的账号。"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("接口范围"),
        choices=_scopes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只勾选这个程序用得到的。"),
    )

    def __init__(self, *args: Any, users: QuerySet[User], longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(one.pk): one for one in users}
        named = [(key, f"{one.name} · {one.organisation.name}") for key, one in self.users.items()]
        cast("forms.ChoiceField", self.fields["user"]).choices = named
        self.fields["days"] = forms.IntegerField(
            label=_("有效天数"),
            min_value=1,
            max_value=longest,
            initial=longest,
            help_text=_("最多 %(days)s 天，到期前可以续期。") % {"days": longest},
        )

    def clean_user(self) -> User:
        """The account itself."""
        return self.users[self.cleaned_data["user"]]


class ChannelForm(forms.Form):
    """A new way to tell a duty group."""

    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("例如：夜班企业微信群。"))
    organisation = forms.ModelChoiceField(
        label=_("单位"), queryset=Organisation.objects.filter(is_active=True).order_by("code")
    )
    kind = forms.ChoiceField(
        label=_("方式"),
        choices=NotificationChannel.Kind.choices,
        widget=forms.RadioSelect,
        initial="apprise",
    )
    address = forms.CharField(
        label=_("地址"),
        max_length=400,
        help_text=_("Apprise 地址，如 wecombot://…；或 https:// 回调地址。"),
    )
    events = forms.MultipleChoiceField(
        label=_("事件"), choices=_events, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, reach: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["organisation"], reach)


class OrganisationsFilter(forms.Form):
    """Search and kind of the list of organisations."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=_("类型"),
        required=False,
        choices=[("", _("全部")), *Organisation.Kind.choices],
    )


class OrganisationForm(forms.Form):
    """An organisation; its code is given once and never changes."""

    code = forms.RegexField(
        label=_("代码"),
        regex=r"^[A-Z]{2}-[0-9A-Za-z-]{2,36}$",
        help_text=_("两个大写字母、短横线、区划代码，例如 MZ-522601；登记后不能改。"),
        error_messages={"invalid": _("代码应像 MZ-522601：两个大写字母、短横线、区划代码。")},
    )
    name = forms.CharField(label=_("名称"), max_length=120)
    kind = forms.ChoiceField(label=_("类型"), choices=Organisation.Kind.choices)
    division = forms.CharField(
        label=_("所在区划"),
        max_length=80,
        help_text=_("区划代码或名称，例如 522601 或 凯里市。单位只管这里和它的下级。"),
    )
    parent = forms.ModelChoiceField(
        label=_("上级单位"),
        required=False,
        empty_label=_("没有"),
        queryset=Organisation.objects.filter(is_active=True).order_by("division_id", "code"),
    )
    phone = forms.CharField(
        label=_("值班电话"),
        required=False,
        max_length=40,
        help_text=_("公众和其他单位能看到。"),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    hours = forms.CharField(
        label=_("值班时间"), required=False, max_length=60, help_text=_("例如：24 小时。")
    )

    def __init__(
        self, *args: Any, reach: str, row: Organisation | None = None, **kwargs: Any
    ) -> None:
        self.row, self.reach = row, reach
        if row is not None:
            kwargs["initial"] = {
                "code": row.code,
                "name": row.name,
                "kind": row.kind,
                "division": row.division_id,
                "parent": row.parent_id,
                "phone": row.phone,
                "hours": row.hours,
            }
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = row is not None

    def clean_code(self) -> str:
        """A code of its own."""
        code: str = self.cleaned_data["code"]
        if self.row is None and Organisation.objects.filter(code=code).exists():
            raise forms.ValidationError(_("这个代码已经有单位用了。"))
        return code

    def clean_division(self) -> str:
        """The one place that was meant, by its 12 digits."""
        text: str = self.cleaned_data["division"].strip()
        found = divisions_called(text)
        if len(found) == 1 and not found[0].code.startswith(self.reach):
            raise forms.ValidationError(_("这个区划不在你管理的范围内。"))
        if len(found) == 1:
            return found[0].code
        if not found:
            raise forms.ValidationError(_("没有找到这个区划，请核对代码或名称。"))
        named = _("、").join(f"{one.full_name}（{one.code}）" for one in found)
        raise forms.ValidationError(_("有几处同名，请填代码：%(named)s") % {"named": named})

    def values(self) -> dict[str, Any]:
        """What the services take."""
        told = self.cleaned_data
        parent: Organisation | None = told["parent"]
        return {
            "code": told["code"],
            "name": told["name"],
            "kind": told["kind"],
            "division_code": told["division"],
            "parent_code": parent.code if parent else None,
            "phone": told["phone"],
            "hours": told["hours"],
        }


MOST_BYTES = 8_000_000
WHY = {
    "file": _("表里没有任何一行。"),
    "heading": _("第一行要有“代码”和“名称”两列。"),
    "code": _("不是 2、4、6、9 或 12 位数字的区划代码。"),
    "name": _("名称是空的。"),
    "twice": _("这个代码在表里出现了两次。"),
}


@dataclass(frozen=True, slots=True)
class NamedFault:
    """A line that cannot be imported, with the reason in the language of the page."""

    line: int
    value: str
    said: str


class DivisionFileForm(forms.Form):
    """A table of divisions as CSV or JSON, and the day it was true."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("CSV 或 JSON，UTF-8，两列：代码（统计用区划代码）和名称。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.json"}),
    )
    edition = forms.DateField(
        label=_("截止日期"),
        help_text=_("这份表在哪一天是准的。"),
        widget=DayInput(),
    )

    faults: Sequence[NamedFault] = ()

    def clean_file(self) -> tuple[str, str]:
        """Name and content as CSV; every line that fails is in `faults`."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("文件太大，最多 8 MB。"))
        try:
            text = as_csv(upload.read().decode("utf-8-sig"))
            found = faults_in(text)
        except (ValueError, RecursionError, csv.Error) as error:
            raise forms.ValidationError(_("文件读不懂：要 UTF-8 的 CSV 或 JSON。")) from error
        self.faults = [NamedFault(one.line, one.value, str(WHY[one.why])) for one in found]
        if found:
            raise forms.ValidationError(
                _("有 %(count)s 行不能导入，列在下面。") % {"count": len(found)}
            )
        return str(upload.name), text

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        name, content = self.cleaned_data["file"]
        return {"file_name": name, "content": content, "edition": self.cleaned_data["edition"]}
