"""Django's hook for dispatch."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """Dispatch."""

    name = "nuantu.dispatch"
    label = "dispatch"
    default_auto_field = "django.db.models.BigAutoField"
