"""Django's hook for core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The ground."""

    name = "nuantu.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
