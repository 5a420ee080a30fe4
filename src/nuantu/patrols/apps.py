"""Django's hook for patrols."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PatrolsConfig(AppConfig):
    """The week plan of the streets, and the register of what was walked."""

    name = "nuantu.patrols"
    label = "patrols"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how a week is called and found; put its stops on the map; enter the header."""
        from nuantu.core import subjects
        from nuantu.operations.models.kinds import name_kind
        from nuantu.patrols import access
        from nuantu.patrols.selectors import register, weeks
        from nuantu.patrols.services.register_rows import ALARM, KIND
        from nuantu.places.selectors.layers import Layer, register_layer
        from nuantu.ui import nav

        subjects.register("patrol_week", label=weeks.label, url=weeks.url, fetch=access.week_for)
        subjects.register(
            KIND, label=register.run_label, url=register.run_url, fetch=access.run_for
        )
        name_kind(ALARM, _("联系失联的巡查队"), is_by_hand=True, has_to_stay=True)
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
        nav.register(nav.Item("patrol", _("我的巡查"), "patrols:mine", access.WALK, 13, "walk"))
        nav.register(
            nav.Item(
                "register",
                _("巡查登记"),
                "patrols:register",
                access.REGISTER,
                66,
                "walk",
                holds=("/patrols/runs/", "/patrols/checklist/"),
            )
        )
