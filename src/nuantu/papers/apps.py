"""Django's hook for papers."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Statutory forms: templates, numbered papers, signatures."""

    name = "nuantu.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how papers move with their case."""
        from nuantu.core import subjects
        from nuantu.papers import access, services
        from nuantu.papers.selectors import naming

        subjects.register(
            "paper",
            label=naming.label_of,
            url=naming.url_of,
            fetch=access.paper_for,
            move=services.move_with_case,
            permission=access.READ,
        )
