"""Django's hook for places."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Key locations, stations, hospitals, relief points, coordinates."""

    name = "nuantu.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how places are called and found; put their layers on the map; enter the header."""
        from nuantu.core import subjects
        from nuantu.places import access, selectors
        from nuantu.ui import nav

        fetches = {
            "key_location": access.key_location_for,
            "station": access.station_for,
            "hospital": access.hospital_for,
            "relief_point": access.relief_point_for,
        }
        for kind, fetch in fetches.items():
            label, url = selectors.naming(kind)
            subjects.register(kind, label=label, url=url, fetch=fetch)
        selectors.register_own_layers()
        for order, (key, title, url_name) in enumerate(
            (("map", _("地图"), "places:map"), ("relief_board", _("救助点"), "places:relief_board"))
        ):
            nav.register(nav.Item(key, title, url_name, access.READ, 70 + order, "map"))
