"""Django's hook for encounters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DUTIES = {
    "encounter.revisit": _("回访"),
    "encounter.approve": _("审批救助方式"),
    "encounter.review": _("复核救助方式"),
    "encounter.end_measure": _("停止非自愿措施"),
    "encounter.screen_patient": _("到医院甄别"),
    "encounter.follow_patient": _("跟踪治疗"),
    "encounter.bring_in": _("护送入站"),
}
BY_HAND = {
    "encounter.end_measure",
    "encounter.screen_patient",
    "encounter.follow_patient",
    "encounter.bring_in",
}
# Who was to be brought and did not come is not ticked off without a word.
IN_WORDS = {"encounter.bring_in"}
OF_WHO_ACTED = {"encounter.approve", "encounter.review"}


def _tell_neighbours() -> None:
    """Whom a sweep found is written down as a contact; a zero report is held against contacts; a
    contact fills papers."""
    from nuantu.encounters import access
    from nuantu.encounters.selectors import onpeople, papers
    from nuantu.encounters.selectors.sightings import last_met, met_between
    from nuantu.patrols.selectors.areas import register_find_page
    from nuantu.patrols.selectors.flows import register_heard
    from nuantu.patrols.selectors.sightings import register_source

    papers.feed_papers()
    register_source("contacts", met_between)
    register_heard("contacts", last_met)
    register_find_page("contact", access.RECORD, onpeople.contact_form_of_find)


def _name_duties() -> None:
    from nuantu.encounters.services.owing import TITLES
    from nuantu.operations.models.kinds import name_kind

    for kind in TITLES:
        name_kind(
            kind,
            DUTIES[kind],
            is_by_hand=kind in BY_HAND,
            has_to_stay=kind in OF_WHO_ACTED,
            is_in_words=kind in IN_WORDS,
        )


class EncountersConfig(AppConfig):
    """Street contacts, refusals, the legal gate, hand-overs from the street."""

    name = "nuantu.encounters"
    label = "encounters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how contacts are called, found and moved; name the duties; enter the header."""
        from nuantu.core import subjects
        from nuantu.dispatch.selectors import register_contact_page
        from nuantu.encounters import access, services
        from nuantu.encounters.selectors import figures, onpeople
        from nuantu.encounters.selectors import subjects as naming
        from nuantu.operations.selectors.figures import register_figures
        from nuantu.patrols.selectors import contact as patrol_contact
        from nuantu.persons.selectors import extensions
        from nuantu.ui import nav

        subjects.register(
            "encounter",
            label=naming.label_of,
            url=naming.url_of,
            fetch=access.encounter_for,
            move=services.move_with_case,
            permission=access.READ,
        )
        _name_duties()
        register_contact_page(onpeople.contact_form_of)
        patrol_contact.register_contact_page(onpeople.contact_form_at)
        _tell_neighbours()
        register_figures("encounters", figures.of_season)
        extensions.register_action(onpeople.MEET_AGAIN)
        extensions.register_finder("encounters.receipt", onpeople.cases_of_receipt)
        extensions.register_obstacle("encounters.refusal", onpeople.refusal_in_a_warning)
        nav.register(
            nav.Item(
                key="encounters",
                label=_("接触登记"),
                url_name="encounters:list",
                permission="encounters.encounter.read",
                order=55,
                icon="give",
            )
        )
        nav.register(
            nav.Item(
                key="refusers",
                label=_("劝导通报"),
                url_name="encounters:notices",
                permission="encounters.notice.read",
                order=65,
                icon="message",
            )
        )
