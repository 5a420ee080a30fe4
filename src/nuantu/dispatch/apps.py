"""Django's hook for dispatch."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    """Tips, teams, clocks."""

    name = "nuantu.dispatch"
    label = "dispatch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how tips and runs are called, found and moved; enter the header and the map."""
        from nuantu.core import events, subjects
        from nuantu.dispatch import access, selectors, services
        from nuantu.dispatch.selectors import figures
        from nuantu.dispatch.selectors.sightings import named_between
        from nuantu.dispatch.services.stopping import line_up, must_be_free
        from nuantu.operations.selectors.figures import register_figures
        from nuantu.patrols.selectors.areas import register_find_page
        from nuantu.patrols.selectors.sightings import register_source
        from nuantu.patrols.selectors.spots import register_waiting
        from nuantu.patrols.services.reaching import Keeper, register_keeper
        from nuantu.places.selectors import register_layer
        from nuantu.ui import nav

        subjects.register(
            "tip",
            label=selectors.tip_label,
            url=selectors.tip_url,
            fetch=access.tip_for,
            move=services.move_tips,
            permission=access.READ,
        )
        subjects.register(
            "dispatch",
            label=selectors.run_label,
            url=selectors.run_url,
            fetch=access.run_for,
            permission=access.READ,
        )
        _tell_in_order()
        register_figures("dispatch", figures.of_season)
        register_source("tips", named_between)
        register_waiting("tips", access.waiting_for, selectors.reported_at)
        register_keeper("tips", Keeper(must_be_free, line_up))
        register_find_page(
            "tip", access.TAKE, lambda find_id: reverse("dispatch:tip_of_find", args=[find_id])
        )
        _name_duties()
        events.subscribe("dispatch.tip_received", "dispatch.find_duplicates")
        for layer in selectors.map_layers():
            register_layer(layer)
        for item in (
            nav.Item("dispatch", _("调度台"), "dispatch:board", access.BOARD, 10, "car"),
            nav.Item("desk", _("接线台"), "dispatch:desk", access.TAKE, 12, "phone", "n"),
            nav.Item("phone", _("我的任务"), "dispatch:phone", access.CARRY, 14, "walk"),
            nav.Item("tips", _("线索登记"), "dispatch:tips", access.READ, 16, "tip"),
        ):
            nav.register(item)


def _tell_in_order() -> None:
    from nuantu.core import subjects
    from nuantu.dispatch import access, services
    from nuantu.dispatch.selectors.ordered import TELL, order_label, order_url, still_to_tell
    from nuantu.dispatch.services.ordering import KIND
    from nuantu.persons.selectors import extensions

    subjects.register(
        KIND,
        label=order_label,
        url=order_url,
        fetch=access.step_for,
        move=services.move_ordered,
        permission=access.ORDER,
    )
    extensions.register_action(TELL)
    extensions.register_class_follower("dispatch.order", services.owe_for_case)
    extensions.register_obstacle("dispatch.order", still_to_tell)


def _name_duties() -> None:
    from nuantu.dispatch import selectors
    from nuantu.dispatch.services.ordering import ORDER
    from nuantu.dispatch.services.watching import ALARM
    from nuantu.operations.models.kinds import name_kind

    name_kind(selectors.ARRIVE, _("到达现场"))
    name_kind(selectors.DECIDE, _("决定没找到的线索怎么办"))
    name_kind(ORDER, _("依次通知派出所、救助站（外地人员）"))
    name_kind(ALARM, _("联系失联的出车队伍"), is_by_hand=True, has_to_stay=True)
