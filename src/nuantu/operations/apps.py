"""Django's hook for operations."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Operations."""

    name = "nuantu.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
