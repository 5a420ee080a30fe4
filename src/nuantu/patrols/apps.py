"""Django's hook for patrols."""

from django.apps import AppConfig


class PatrolsConfig(AppConfig):
    """The week plan of the streets."""

    name = "nuantu.patrols"
    label = "patrols"
    default_auto_field = "django.db.models.BigAutoField"
