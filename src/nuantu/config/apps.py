"""Django's hook for the assembly."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Where the packages are put together."""

    name = "nuantu.config"
    label = "config"
