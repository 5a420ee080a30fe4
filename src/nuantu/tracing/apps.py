"""Django's hook for tracing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TracingConfig(AppConfig):
    """Missing-person reports and the files they come in."""

    name = "nuantu.tracing"
    label = "tracing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how reports are called and found, name the duty to ask, enter the header."""
        from nuantu.core import subjects
        from nuantu.operations.models.kinds import name_kind
        from nuantu.tracing import access, services
        from nuantu.tracing.selectors import imports, reports
        from nuantu.ui import nav

        subjects.register(
            services.REPORT,
            label=reports.label_of,
            url=reports.url_of,
            fetch=access.report_for,
            permission=access.READ,
        )
        subjects.register(
            services.FILE,
            label=imports.label_of,
            url=imports.url_of,
            fetch=access.file_for,
            permission=access.IMPORT,
        )
        name_kind(services.ASK, _("问寻亲人是否继续寻找"))
        nav.register(
            nav.Item(
                key="tracing",
                label=_("寻亲"),
                url_name="tracing:reports",
                permission=access.READ,
                order=61,
                icon="search",
                holds=("/tracing/files/",),
            )
        )
