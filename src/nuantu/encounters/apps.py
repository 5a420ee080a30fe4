"""Django's hook for encounters."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """Encounters."""

    name = "nuantu.encounters"
    label = "encounters"
    default_auto_field = "django.db.models.BigAutoField"
