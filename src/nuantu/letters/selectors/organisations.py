"""Organisations of this installation that a letter can be sent to."""

from typing import Final

from django.db.models import QuerySet

from nuantu.accounts.models import Organisation

# Those whose roles read letters.
RECEIVE: Final = (Organisation.Kind.STATION, Organisation.Kind.BUREAU)


def organisations_here(but: str) -> QuerySet[Organisation]:
    """Stations and bureaus at work here, without one's own."""
    rows = Organisation.objects.filter(is_active=True, kind__in=RECEIVE).exclude(code=but)
    return rows.order_by("-kind", "division_id", "name")


def organisation_here(code: str, but: str) -> Organisation | None:
    """One of them by its code."""
    return organisations_here(but).filter(code=code).first()


def choices_here(but: str) -> list[tuple[str, str]]:
    """What a form offers."""
    return [(one.code, one.name) for one in organisations_here(but)]
