"""Django's hook for warnings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, subjects
from nuantu.ui import nav


class WarningsConfig(AppConfig):
    """Weather warnings in, an operating level per county out."""

    name = "nuantu.warnings"
    label = "warnings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how warnings are called and found, and put them into the header and on the map."""
        from nuantu.operations.models.kinds import name_kind
        from nuantu.operations.selectors.bands import register_bands
        from nuantu.places.selectors.layers import Layer, register_layer
        from nuantu.warnings import access, selectors

        events.subscribe("operations.plan_started", "warnings.settle_running")
        for event in ("places.relief_point_opened", "places.relief_point_shut"):
            events.subscribe(event, "warnings.settle_points")
        subjects.register(
            "warning",
            label=selectors.warning_label,
            url=selectors.warning_url,
            fetch=access.warning_for,
            permission=access.READ,
        )
        subjects.register("feed", label=selectors.feed_label, url=selectors.feed_url)
        subjects.register(
            "unread",
            label=selectors.unread_label,
            url=selectors.unread_url,
            fetch=access.unread_for,
        )
        name_kind("feed.check", _("核实预警源"))
        name_kind("warning.read", _("人工看来文"))
        name_kind("warning.locate", _("核对预警范围"), is_by_hand=True)
        nav.register(
            nav.Item("warnings", _("预警"), "warnings:register", "warnings.warning.read", 60)
        )
        register_bands(selectors.warning_bands)
        register_layer(
            Layer(
                key="warnings",
                label=_("预警中的县"),
                mark=_("警"),
                colour="amber",
                features=selectors.live_marks,
                permission="warnings.warning.read",
                order=20,
                is_clustered=False,
            )
        )
