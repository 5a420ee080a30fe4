"""Django's hook for homeward."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomewardConfig(AppConfig):
    """Wearers, their wristbands and what needs a human."""

    name = "nuantu.homeward"
    label = "homeward"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how wearers and alarms are called and found, name their duty, draw the layer, enter the header."""
        from nuantu.core import subjects
        from nuantu.homeward import access, services
        from nuantu.homeward.selectors import alarms, wearers
        from nuantu.homeward.services.alarms import DUTY
        from nuantu.operations.models.kinds import name_kind

        subjects.register(
            services.WEARER,
            label=wearers.label_of,
            url=wearers.url_of,
            fetch=access.wearer_for,
            permission=access.READ,
        )
        subjects.register_human(
            services.WEARER, human_of=wearers.human_of, rows_of=wearers.about_human
        )
        subjects.register(
            services.ALARM,
            label=alarms.alarm_label,
            url=alarms.alarm_url,
            fetch=access.alarm_for,
            permission=access.ANSWER,
        )
        name_kind(DUTY, _("处理手环告警"))
        _draw_layer()
        _enter_header()


def _draw_layer() -> None:
    from nuantu.homeward import access
    from nuantu.homeward.selectors import tracks
    from nuantu.places.selectors import Layer, register_layer

    register_layer(
        Layer(
            key="wearers",
            label=_("手环佩戴人"),
            mark=_("环"),
            colour="teal-strong",
            features=tracks.features_of,
            permission=access.READ,
            order=95,
            is_clustered=False,
        )
    )


def _enter_header() -> None:
    from nuantu.homeward import access
    from nuantu.ui import nav

    nav.register(
        nav.Item(
            key="wearers",
            label=_("手环"),
            url_name="homeward:wearers",
            permission=access.READ,
            order=62,
            icon="pin",
            holds=("/wristbands/",),
        )
    )
    nav.register(
        nav.Item(
            key="track_proofs",
            label=_("轨迹销毁"),
            url_name="homeward:proofs",
            permission=access.PROOF,
            unless=access.READ,
            order=62,
            icon="shield",
        )
    )
