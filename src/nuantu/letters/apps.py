"""Django's hook for letters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    """Letters between organisations, their clocks and answers."""

    name = "nuantu.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how letters are called and found, name their duties, feed their paper, enter the header."""
        from nuantu.core import subjects
        from nuantu.letters import access
        from nuantu.letters.selectors import letters, papers
        from nuantu.letters.services import owing
        from nuantu.operations.models.kinds import name_kind
        from nuantu.ui import nav

        subjects.register(
            letters.LETTER,
            label=letters.label_of,
            url=letters.url_of,
            fetch=access.letter_for,
            permission=access.READ,
        )
        subjects.register_case(letters.LETTER, letters.case_of)
        name_kind(owing.ANSWER, _("答复来函"))
        name_kind(owing.AWAIT, _("等对方复函"))
        name_kind(owing.REMIND, _("催办去函"))
        name_kind(owing.CARRY, _("去函不答复：上报协调"))
        name_kind(owing.REPLY, _("回复对方反问"))
        papers.feed_papers()
        nav.register(
            nav.Item(
                key="letters",
                label=_("函"),
                url_name="letters:letters",
                permission=access.READ,
                order=57,
                icon="message",
                holds=("/letters/",),
            )
        )
