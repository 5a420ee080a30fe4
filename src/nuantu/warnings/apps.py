"""Django's hook for warnings."""

from django.apps import AppConfig


class WarningsConfig(AppConfig):
    """Weather warnings."""

    name = "nuantu.warnings"
    label = "warnings"
    default_auto_field = "django.db.models.BigAutoField"
