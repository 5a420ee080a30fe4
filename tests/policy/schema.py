"""The tables as the policy tests see them."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from nuantu.core.models import ScopedModel

AnyField = Any  # a column of any kind


@cache
def our_models() -> tuple[type[models.Model], ...]:
    """Every model of ours, with the tables that many-to-many fields make."""
    found = tuple(
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("nuantu.")
    )
    assert len(found) >= 12, "the scan sees the models"
    return found


@cache
def written_models() -> tuple[type[models.Model], ...]:
    """The models that somebody wrote."""
    return tuple(model for model in our_models() if not model._meta.auto_created)


def scoped_models() -> list[type[models.Model]]:
    """Models with scope columns."""
    return [model for model in our_models() if issubclass(model, ScopedModel)]


def own_fields(model: type[models.Model]) -> list[AnyField]:
    """Columns of a model without those that every scoped model has."""
    shared = {"division_code", "owner_org"} if issubclass(model, ScopedModel) else set()
    return [field for field in model._meta.local_fields if field.name not in shared]


def label(model: type[models.Model]) -> str:
    return model._meta.label
