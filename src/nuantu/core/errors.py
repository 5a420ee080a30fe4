"""The base of every refusal: an expected 'no' with a sentence for the person who asked."""

from django.utils.functional import Promise


class Refusal(Exception):
    """What was asked cannot be done; `str()` says why and what to mend.

    `field` names the form field to mend, where there is one. Subclasses live beside the
    function that raises them.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
