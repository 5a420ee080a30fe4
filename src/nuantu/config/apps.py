"""Django's hook for the assembly."""

from django.apps import AppConfig
from django.conf import settings

from nuantu.config import calendar_files
from nuantu.config.reading_apart import read_apart
from nuantu.core.events import subscribe
from nuantu.planbook import calendars
from nuantu.routing.search.kept import keep_in

TELLS = {
    "dispatch.tip_received": "config.tell_tip",
    "dispatch.team_assigned": "config.tell_dispatch",
    "fieldwork.review_opened": "config.tell_review",
    "operations.duty_escalated": "config.tell_duty",
    "operations.handover_offered": "config.tell_handover",
    "warnings.warning_taken": "config.tell_warning",
}


class ConfigConfig(AppConfig):
    """Where the packages are put together."""

    name = "nuantu.config"
    label = "config"

    def ready(self) -> None:
        """Duty groups are told of what waits for them; what lies outside the program is brought in."""
        from nuantu.operations import services

        for event, job_name in TELLS.items():
            subscribe(event, job_name)
        own = calendar_files.folder(settings.NUANTU_DATA)
        calendars.add_source(lambda: calendar_files.current(own))
        services.bring(read=read_apart)
        keep_in(settings.NUANTU_DATA / "kernels")
