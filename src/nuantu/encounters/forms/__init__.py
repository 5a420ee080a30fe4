"""Parsing of what is put down about contacts."""

from nuantu.encounters.forms.contact import ContactForm
from nuantu.encounters.forms.small import (
    DecideForm,
    FilterForm,
    ReviewForm,
    VisitForm,
)

__all__ = ["ContactForm", "DecideForm", "FilterForm", "ReviewForm", "VisitForm"]
