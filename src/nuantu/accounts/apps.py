"""Django's hook for accounts."""

from django.apps import AppConfig
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from nuantu.core import http, reference, sentences
from nuantu.ui import nav


class AccountsConfig(AppConfig):
    """Organisations and users."""

    name = "nuantu.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The log-in page takes along a form that was sent after the session ended."""
        http.answer_signed_out_form(_log_in_to_send)
        sentences.name_organisations_by(_organisation_name)
        for order, (key, label, permission) in enumerate(
            (
                ("users", _("账号"), "accounts.user.manage"),
                ("organisations", _("单位名录"), "accounts.organisation.manage"),
                ("divisions", _("区划代码表"), "accounts.division.import"),
                ("tokens", _("接口令牌"), "accounts.token.manage"),
                ("channels", _("通知"), "accounts.channel.manage"),
            )
        ):
            item = nav.Item(key, label, f"accounts:{key}", permission, 900 + order)
            nav.register(item)


def _organisation_name(code: str) -> str:
    names_of_all = import_string("nuantu.accounts.selectors.organisation_names")
    names: dict[str, str] = reference.remembered("organisations", "names", names_of_all)
    return names.get(code, code)


def _log_in_to_send(request: HttpRequest) -> HttpResponse:
    # Views need the app registry, which is not complete while apps.py is imported.
    answer: HttpResponse = import_string("nuantu.accounts.views.log_in_to_send")(request)
    return answer
