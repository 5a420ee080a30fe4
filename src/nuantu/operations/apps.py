"""Django's hook for operations."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Plans in force, duties, roster, hand-overs."""

    name = "nuantu.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how duties and hand-overs are called, found and moved."""
        from nuantu.core import subjects
        from nuantu.operations import access, selectors, services

        subjects.register(
            "duty",
            label=selectors.duty_label,
            url=selectors.duty_url,
            fetch=access.duty_for,
            move=services.move_duties,
        )
        subjects.register(
            "operation",
            label=selectors.operation_label,
            url=selectors.operation_url,
            fetch=access.operation_for,
        )
        subjects.register(
            "handover",
            label=selectors.handover_label,
            url=selectors.handover_url,
            fetch=access.handover_for,
        )
