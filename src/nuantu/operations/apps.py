"""Django's hook for operations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Plans in force, duties, roster, hand-overs."""

    name = "nuantu.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how duties and hand-overs are called, found and moved."""
        from nuantu.core import subjects
        from nuantu.operations import access, selectors, services
        from nuantu.operations.selectors.locations import plan_location_types
        from nuantu.places.selectors.types import register_type_source

        register_type_source(plan_location_types)
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
            "plan_document",
            label=selectors.document_label,
            url=selectors.document_url,
            fetch=access.document_for,
        )
        subjects.register(
            "handover",
            label=selectors.handover_label,
            url=selectors.handover_url,
            fetch=access.handover_for,
        )
        subjects.register("roster", label=selectors.roster_label, url=selectors.roster_url)
        _enter_header()


def _enter_header() -> None:
    from nuantu.ui import nav

    nav.register(
        nav.Item("duties", _("待办"), "operations:board", "operations.duty.read", 30, "check", "d")
    )
    nav.register(
        nav.Item(
            "handovers",
            _("移交"),
            "operations:handovers",
            "operations.handover.read",
            60,
            "hand-over",
        )
    )
    nav.register(
        nav.Item(
            "roster", _("值守"), "operations:own_roster", "operations.roster.read", 70, "shield"
        )
    )
    nav.register(
        nav.Item(
            "operations",
            _("方案"),
            "operations:operations",
            "operations.plan.read",
            80,
            "plan",
            holds=("/plans/",),
        )
    )
