"""Django's hook for patrols."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from nuantu.core.actors import Actor
    from nuantu.places.selectors.layers import Feature


def _coverage(actor: "Actor", *, is_gap: bool) -> "Iterable[Feature]":
    """Locations of the reader's county or area that were, or were not, visited lately."""
    from nuantu.core import clock
    from nuantu.patrols import access
    from nuantu.patrols.selectors import coverage

    at = clock.now()
    area = access.area_of(actor)
    return coverage.features(coverage.reached(access.runs_for(actor), area, at), gaps=is_gap)


def _register_layers() -> None:
    """Put the stops of the plan on the map, and what was reached."""
    from nuantu.patrols import access
    from nuantu.patrols.selectors import weeks
    from nuantu.places.selectors.layers import Layer, register_layer

    register_layer(
        Layer(
            "patrol_stops",
            _("巡查计划"),
            pgettext_lazy("map mark", "巡"),
            "teal-strong",
            lambda actor: weeks.stop_features(access.weeks_for(actor)),
            access.READ,
            140,
        )
    )
    for key, label, mark, colour, is_gap in (
        ("patrol_reached", _("已巡查点位"), pgettext_lazy("map mark", "到"), "teal", False),
        ("patrol_gaps", _("久未巡查点位"), pgettext_lazy("map mark", "缺"), "amber", True),
    ):
        register_layer(
            Layer(
                key,
                label,
                mark,
                colour,
                partial(_coverage, is_gap=is_gap),
                access.REGISTER,
                130,
            )
        )


def _register_sweeps() -> None:
    """Say how sweeps, their areas and the list of inflow and outflow are called and found."""
    from nuantu.core import subjects
    from nuantu.operations.models.kinds import name_kind
    from nuantu.patrols import access, services
    from nuantu.patrols.selectors import flows, sweeps
    from nuantu.patrols.services.flows import FLOW
    from nuantu.patrols.services.sweep_rows import AREA, CHECK, REPORT, SWEEP
    from nuantu.patrols.services.whole_sweep import WHOLE

    subjects.register(
        SWEEP,
        label=sweeps.sweep_label,
        url=sweeps.sweep_url,
        fetch=access.sweep_for,
        permission=access.SWEEPS,
    )
    subjects.register(
        AREA,
        label=sweeps.area_label,
        url=sweeps.area_url,
        fetch=access.area_for,
        move=services.move_area,
        permission=access.SWEEPS,
    )
    subjects.register(
        FLOW,
        label=flows.flow_label,
        url=flows.flow_url,
        fetch=access.flow_for,
        permission=access.FLOWS,
    )
    name_kind(REPORT, _("排查上报"))
    name_kind(CHECK, _("查看村（居）排查上报"), has_to_stay=True)
    name_kind(WHOLE, _("大排查到每个乡镇"), has_to_stay=True)


def _enter_sweeps() -> None:
    """Put the areas of sweeps on the map, and the pages into the header."""
    from nuantu.core import clock
    from nuantu.patrols import access
    from nuantu.patrols.selectors import sweeps
    from nuantu.places.selectors.layers import Layer, register_layer
    from nuantu.ui import nav

    register_layer(
        Layer(
            "sweep_areas",
            _("排查片区"),
            pgettext_lazy("map mark", "排"),
            "teal",
            lambda actor: sweeps.features(access.areas_for(actor), clock.now()),
            access.SWEEPS,
            120,
        )
    )
    for item in (
        nav.Item(
            "sweeps",
            _("排查"),
            "patrols:sweeps",
            access.SWEEPS,
            67,
            "search",
            holds=("/sweeps/areas/", "/sweeps/finds/", "/flows/"),
        ),
        nav.Item("sweep_mine", _("我的排查"), "patrols:sweep_mine", access.REPORT, 14, "search"),
    ):
        nav.register(item)


class PatrolsConfig(AppConfig):
    """The week plan of the streets, and the register of what was walked."""

    name = "nuantu.patrols"
    label = "patrols"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how a week is called and found; put its stops on the map; enter the header."""
        from nuantu.core import events, subjects
        from nuantu.operations.models.kinds import name_kind
        from nuantu.patrols import access
        from nuantu.patrols.selectors import register, weeks
        from nuantu.patrols.services.adjusting import ADJUST
        from nuantu.patrols.services.next_week import NEXT
        from nuantu.patrols.services.orphans import AREA
        from nuantu.patrols.services.own_teams import FORCE
        from nuantu.patrols.services.register_rows import ALARM, KIND
        from nuantu.persons.selectors import holds
        from nuantu.ui import nav

        subjects.register("patrol_week", label=weeks.label, url=weeks.url, fetch=access.week_for)
        subjects.register(
            KIND, label=register.run_label, url=register.run_url, fetch=access.run_for
        )
        holds.register_kind(KIND)
        _register_sweeps()
        _enter_sweeps()
        name_kind(ALARM, _("联系失联的巡查队"), is_by_hand=True, has_to_stay=True)
        name_kind(ADJUST, _("按新级别调整巡查周计划"), is_by_hand=True, has_to_stay=True)
        name_kind(FORCE, _("组织专门力量"), has_to_stay=True)
        name_kind(NEXT, _("下发下周巡查计划"), has_to_stay=True)
        name_kind(AREA, _("明确重点区域由谁巡查"), is_by_hand=True, has_to_stay=True)
        events.subscribe("operations.level_changed", "patrols.ask_to_adjust")
        events.subscribe("warnings.warning_in_force", "patrols.sweep_on_warning")
        _register_layers()
        nav.register(nav.Item("patrols", _("巡查周计划"), "patrols:weeks", access.READ, 65, "walk"))
        nav.register(nav.Item("patrol", _("我的巡查"), "patrols:mine", access.WALK, 13, "walk"))
        nav.register(
            nav.Item(
                "register",
                _("巡查登记"),
                "patrols:register",
                access.REGISTER,
                66,
                "walk",
                holds=("/patrols/runs/", "/patrols/checklist/"),
            )
        )
