"""Django's hook for persons."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """Persons."""

    name = "nuantu.persons"
    label = "persons"
    default_auto_field = "django.db.models.BigAutoField"
