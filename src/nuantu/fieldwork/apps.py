"""Django's hook for fieldwork."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    """Phones without signal, and their inbox."""

    name = "nuantu.fieldwork"
    label = "fieldwork"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how a device is called and found; enter the header."""
        from nuantu.core import subjects
        from nuantu.dispatch.selectors import register_waiting
        from nuantu.fieldwork import access
        from nuantu.fieldwork.selectors import cards, devices
        from nuantu.fieldwork.services.cards import MEDICAL_DUTY, REVIEW_DUTY
        from nuantu.fieldwork.services.deciding import KIND
        from nuantu.operations.models.kinds import name_kind
        from nuantu.operations.selectors.figures import register_figures
        from nuantu.stays.selectors.care.cards import register_card_address
        from nuantu.ui import nav

        subjects.register(
            devices.KIND, label=devices.label, url=devices.url, fetch=access.device_for
        )
        subjects.register(
            KIND,
            label=cards.card_label,
            url=cards.card_url,
            fetch=access.card_for,
            permission=access.REVIEW,
        )
        name_kind(REVIEW_DUTY, _("核对手机补送的内容"), has_to_stay=True)
        name_kind(MEDICAL_DUTY, _("医务核对补送的服药和体征"), has_to_stay=True)
        register_card_address(lambda kind, key: reverse("fieldwork:spot", args=[kind, key]))
        register_figures("fieldwork", cards.of_season)
        register_waiting("fieldwork", lambda actor: cards.of_board(access.cards_for(actor)))
        nav.register(
            nav.Item("reviews", _("待核卡"), "fieldwork:reviews", access.REVIEW, 66, "shield")
        )
        nav.register(
            nav.Item("devices", _("外勤手机"), "fieldwork:devices", access.READ, 67, "phone")
        )
