"""Django's hook for papers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """Statutory forms: templates, numbered papers, signatures."""

    name = "nuantu.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how papers are called and move with their case; enter the header."""
        from nuantu.core import subjects
        from nuantu.papers import access, services
        from nuantu.papers.selectors import naming
        from nuantu.ui import nav

        subjects.register(
            "paper",
            label=naming.label_of,
            url=naming.url_of,
            fetch=access.paper_for,
            move=services.move_with_case,
            permission=access.READ,
        )
        nav.register(
            nav.Item(
                "papers",
                _("文书"),
                "papers:list",
                access.READ,
                58,
                "doc",
                holds=("/papers/",),
            )
        )
        nav.register(
            nav.Item("paper_templates", _("文书模板"), "papers:templates", access.MANAGE, 95, "doc")
        )
