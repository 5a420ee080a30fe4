"""The data dictionary."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import models

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from tools.reference_pages.text import first_sentence, page, table

AnyField = Any  # a column of any kind
SCOPE = ("division_code", "owner_org")


def _kind(field: AnyField) -> str:
    if field.is_relation and field.related_model is not None:
        return f"→ {field.related_model.__name__}"
    length = getattr(field, "max_length", None)
    name = field.__class__.__name__.removesuffix("Field").lower()
    return f"{name} {length}" if length else name


def _class_of(model: type[models.Model], field: AnyField) -> str:
    classes: dict[str, FieldClass] = getattr(model, "field_classes", {})
    if field.name in SCOPE and field.name not in classes:
        return "staff"
    return str(classes.get(field.name, ""))


def _rows(model: type[models.Model]) -> list[tuple[str, str, str, str]]:
    return [
        (
            f"`{field.name}`",
            _kind(field),
            "may be empty" if field.null else "",
            _class_of(model, field),
        )
        for field in vars(model)["_meta"].concrete_fields
    ]


def data_dictionary() -> str:
    """data-dictionary.md."""
    by_package = defaultdict(list)
    for model in apps.get_models():
        if model.__module__.startswith("nuantu."):
            by_package[model.__module__.split(".")[1]].append(model)
    parts = []
    for package, found in by_package.items():
        parts.append(f"## {package}\n")
        for model in found:
            meta = vars(model)["_meta"]
            scoped = (
                " Guarded by division, owner and grants." if issubclass(model, ScopedModel) else ""
            )
            parts.append(
                f"### {meta.object_name}\n\n`{meta.db_table}`: {first_sentence(model.__doc__)}{scoped}\n"
            )
            parts.append(table(["column", "kind", "", "class"], _rows(model)))
            promises = sorted(constraint.name for constraint in meta.constraints)
            if promises:
                parts.append("Holds: " + ", ".join(f"`{name}`" for name in promises) + ".\n")
    return page(
        "Data dictionary",
        "Every table and column. The class says how far a text may travel: public to anybody, staff to"
        " whoever may see the row, sensitive and sealed are encrypted, masked, shown for a purpose and"
        " logged.",
        *parts,
    )
