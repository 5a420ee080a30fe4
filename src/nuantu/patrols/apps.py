"""Django's hook for patrols."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PatrolsConfig(AppConfig):
    """The week plan of the streets."""

    name = "nuantu.patrols"
    label = "patrols"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how a week is called and found; put its stops on the map; enter the header."""
        from nuantu.core import subjects
        from nuantu.patrols import access
        from nuantu.patrols.selectors import weeks
        from nuantu.places.selectors.layers import Layer, register_layer
        from nuantu.ui import nav

        subjects.register("patrol_week", label=weeks.label, url=weeks.url, fetch=access.week_for)
        register_layer(
            Layer(
                "patrol_stops",
                _("巡查计划"),
                pgettext_lazy("map mark", "巡"),
                "teal-strong",
                lambda actor: weeks.stop_features(access.weeks_for(actor)),
                access.READ,
                140,
            )
        )
        nav.register(nav.Item("patrols", _("巡查周计划"), "patrols:weeks", access.READ, 65, "walk"))
