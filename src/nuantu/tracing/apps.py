"""Django's hook for tracing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TracingConfig(AppConfig):
    """Missing-person reports, the files they come in, and the search for who somebody is."""

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
        self._ready_searches()
        nav.register(
            nav.Item(
                key="tracing",
                label=_("寻亲"),
                url_name="tracing:unidentified",
                permission=access.SEARCH_READ,
                order=61,
                icon="search",
                holds=("/tracing/",),
            )
        )

    def _ready_searches(self) -> None:
        """Say how searches are called, found and moved; listen to stays; enter the header."""
        from nuantu.core import events, subjects
        from nuantu.operations.models.kinds import name_kind
        from nuantu.persons.selectors.extensions import register_action
        from nuantu.persons.selectors.humans import records_of
        from nuantu.tracing import access, services
        from nuantu.tracing.selectors import buttons
        from nuantu.tracing.selectors import unidentified as naming

        subjects.register(
            services.SEARCH,
            label=naming.label_of,
            url=naming.url_by_id,
            fetch=access.search_by_id,
            move=services.move_with_case,
            permission=access.SEARCH_READ,
        )
        subjects.register_human(
            services.SEARCH,
            human_of=naming.person_of,
            rows_of=lambda human: naming.about(records_of(human)),
        )
        subjects.register_case(services.SEARCH, naming.case_of)
        name_kind(services.STEP, _("查明身份的步骤"))
        events.subscribe("stays.who_is_unknown", "tracing.begin_search")
        events.subscribe("stays.stay_ended", "tracing.leave_search")
        for action in buttons.actions():
            register_action(action)
