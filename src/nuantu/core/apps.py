"""Django's hook for core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The ground."""

    name = "nuantu.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let sentences find the words that were typed with a line."""
        from nuantu.core import journal, sentences

        sentences.read_words_by(journal.words_of)
