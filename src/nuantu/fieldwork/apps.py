"""Django's hook for fieldwork."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    """Phones without signal, and their inbox."""

    name = "nuantu.fieldwork"
    label = "fieldwork"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how a device is called and found; enter the header."""
        from nuantu.core import subjects
        from nuantu.fieldwork import access
        from nuantu.fieldwork.selectors import devices
        from nuantu.ui import nav

        subjects.register(
            devices.KIND, label=devices.label, url=devices.url, fetch=access.device_for
        )
        nav.register(
            nav.Item("devices", _("外勤手机"), "fieldwork:devices", access.READ, 67, "phone")
        )
