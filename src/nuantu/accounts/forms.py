"""Parsing of account forms."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import NotificationChannel, Organisation, User
from nuantu.accounts.rules.messages import EVENTS
from nuantu.accounts.rules.scopes import SCOPES
from nuantu.accounts.selectors import matrix


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


class UserForm(forms.Form):
    """A new account."""

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


def _scopes() -> list[tuple[str, str]]:
    place = 1 if get_language() == "en" else 0
    return [(code, f"{words[place]} · {code}") for code, words in SCOPES.items()]


class _Accounts(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.organisation.name}"


class TokenForm(forms.Form):
    """A new API token: whom it acts as, for what, how long."""

    name = forms.CharField(label=_("用途"), max_length=80, help_text=_("例如：气象预警接入。"))
    user = _Accounts(
        label=_("代表"),
        queryset=User.objects.none(),
        empty_label=None,
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
        cast("_Accounts", self.fields["user"]).queryset = users
        self.fields["days"] = forms.IntegerField(
            label=_("有效天数"),
            min_value=1,
            max_value=longest,
            initial=longest,
            help_text=_("最多 %(days)s 天，到期前可以续期。") % {"days": longest},
        )


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
