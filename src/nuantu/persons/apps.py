"""Django's hook for persons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonsConfig(AppConfig):
    """People, their cases, what is known of them."""

    name = "nuantu.persons"
    label = "persons"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how people and cases are called, found and moved; enter the header."""
        from nuantu.core import subjects
        from nuantu.operations.models.kinds import name_kind
        from nuantu.operations.selectors.handovers import may_open_sealed
        from nuantu.papers.selectors.cases import tell_of_cases
        from nuantu.persons import access, services
        from nuantu.persons.selectors import cards, extensions, holds, humans, told
        from nuantu.ui import nav

        subjects.register(
            "person", label=cards.label_of, url=cards.url_of, fetch=access.row_opening
        )
        subjects.register(
            "case",
            label=cards.case_label_of,
            url=cards.case_url_of,
            fetch=access.case_for,
            move=services.move_with_case,
        )
        subjects.register_human("person", human_of=lambda key: key, rows_of=humans.records_of)
        subjects.register_human("case", human_of=humans.human_of_case, rows_of=humans.cases_of)
        subjects.register(
            holds.HOLD,
            label=holds.label,
            url=holds.url,
            fetch=access.hold_for,
            permission=access.HOLD,
        )
        name_kind(services.REVIEW, _("复核影像证据保全"), has_to_stay=True)
        tell_of_cases(
            names=told.words_of_cases,
            find=told.cases_called,
            gate=lambda actor, row, at: may_open_sealed(actor, [row], at),
        )
        extensions.register_action(told.PAPERS)
        nav.register(
            nav.Item(
                key="persons",
                label=_("人员"),
                url_name="persons:list",
                permission="persons.person.read",
                order=60,
                icon="person",
                holds=("/papers/",),
            )
        )
