"""Django's hook for places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Key locations, stations, hospitals, relief points, coordinates."""

    name = "nuantu.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
