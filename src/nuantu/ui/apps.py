"""The look of every page."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags; no tables."""

    name = "nuantu.ui"
    label = "ui"
    verbose_name = "界面"
