"""Django's hook for accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations and users."""

    name = "nuantu.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
