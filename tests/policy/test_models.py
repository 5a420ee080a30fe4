"""Tables that explain themselves and keep their own promises."""

import re
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from tests.policy.schema import label, own_fields, written_models

CIPHERTEXT = {
    "core.JournalEntry.sealed": "sealed by the journal under the data key of its case",
    "core.DataKey.wrapped": "wrapped by the master key",
    "core.RowHistory.before": "a copy of the row: what was sealed in it stays sealed",
    "accounts.User.password": "an argon2 hash",
}
HASH = re.compile(r"(?:_hash|_digest|digest|_hashes)$")
MOMENT = re.compile(r"(?:_at|^at|^since|^until|^last_login|_since|_until)$")
DAY = re.compile(r"(?:_date|^date|^valid_from|^valid_to|_on|^day|_day)$")
YES_OR_NO = re.compile(r"^(?:is|has|may|must)_")


def test_each_model_says_what_a_row_is() -> None:
    silent = [
        label(model)
        for model in written_models()
        if (model.__doc__ or "").startswith(f"{model.__name__}(") or len(model.__doc__ or "") < 15
    ]
    assert not silent, silent


def test_each_model_names_its_rows() -> None:
    nameless = [
        label(model)
        for model in written_models()
        if not any(
            "__str__" in vars(base)
            for base in model.__mro__
            if base.__module__.startswith("nuantu.")
        )
    ]
    assert not nameless, nameless


def test_each_model_keeps_a_promise_in_the_database() -> None:
    """A table without a constraint says why in `no_constraints_because`."""
    loose = [
        label(model)
        for model in written_models()
        if not model._meta.constraints and not getattr(model, "no_constraints_because", "")
    ]
    assert not loose, loose


def test_constraint_names_say_what_holds() -> None:
    seen: set[str] = set()
    wrong = []
    for model in written_models():
        for constraint in model._meta.constraints:
            name = constraint.name
            if not name.startswith(f"{model._meta.db_table}_") or name in seen or len(name) > 63:
                wrong.append(f"{label(model)}: {name}")
            seen.add(name)
    assert len(seen) >= 10
    assert not wrong, wrong


def _is_text(field: Any) -> bool:
    if isinstance(field, ArrayField):
        return _is_text(field.base_field)
    return isinstance(
        field, models.CharField | models.TextField | models.JSONField | models.FileField
    )


def test_each_text_field_says_how_far_it_may_travel() -> None:
    missing, unknown = [], []
    seen = 0
    for model in written_models():
        classes: dict[str, Any] = getattr(model, "field_classes", {})
        text_fields = {field.name for field in own_fields(model) if _is_text(field)}
        seen += len(text_fields)
        missing += [f"{label(model)}.{name}" for name in sorted(text_fields - set(classes))]
        unknown += [
            f"{label(model)}.{name}"
            for name, value in classes.items()
            if not isinstance(value, FieldClass)
            or name not in {f.name for f in model._meta.get_fields()}
        ]
    assert seen > 40
    assert not missing, f"not classified: {missing}"
    assert not unknown, f"classified, but no such field or class: {unknown}"


def test_what_is_sensitive_or_sealed_is_encrypted() -> None:
    """Plain text never carries a class that promises encryption, and the reverse."""
    wrong = []
    seen = 0
    for model in written_models():
        for name, value in getattr(model, "field_classes", {}).items():
            field = model._meta.get_field(name)
            is_secret = value in (FieldClass.SENSITIVE, FieldClass.SEALED)
            seen += is_secret
            is_safe = (
                isinstance(field, SealedTextField)
                or bool(HASH.search(name))
                or f"{label(model)}.{name}" in CIPHERTEXT
            )
            if (is_secret and not is_safe) or (
                isinstance(field, SealedTextField) and not is_secret
            ):
                wrong.append(f"{label(model)}.{name}: {value}")
    assert seen >= 5
    assert not wrong, wrong


def _complaint(field: Any) -> str:
    """What the name of a column fails to say, empty when it says it."""
    if isinstance(field, models.DateTimeField):
        return "" if MOMENT.search(field.name) else "is a moment"
    if isinstance(field, models.DateField):
        return "" if DAY.search(field.name) else "is a day"
    if isinstance(field, models.BooleanField):
        return "" if YES_OR_NO.match(field.name) else "is a yes or no"
    return "is a decimal: money is integer fen" if isinstance(field, models.DecimalField) else ""


def test_a_name_says_its_kind_and_unit() -> None:
    """`_at` moments, `_date` days, is_/has_/may_ booleans; money is whole fen."""
    wrong = [
        f"{label(model)}.{field.name} {_complaint(field)}"
        for model in written_models()
        for field in own_fields(model)
        if _complaint(field)
    ]
    assert not wrong, wrong


def test_choices_are_words() -> None:
    """A stored value is read by people in exports and queries: no one-letter codes."""
    wrong = [
        f"{label(model)}.{field.name}: {value}"
        for model in written_models()
        for field in own_fields(model)
        for value, _ in (field.choices or ())
        if value
        and isinstance(value, str)
        and not re.fullmatch(r"(?:[a-z][a-z0-9]+|[0-9]{3,5})(?:[-_][a-z0-9]+)*", value)
    ]
    assert not wrong, wrong


def test_no_free_form_column_hides_columns() -> None:
    """JSON only where the shape is truly open; each has its reason here."""
    reasons = {
        "core.JournalEntry.changes": "before and after of any service",
        "core.RowHistory.before": "a row of any table, copied by trigger",
        "operations.PlanDocument.reading": "what `plan read --json` prints, a stable interface",
        "patrols.PatrolSearch.problem": "the problem format of `patrol solve`, a stable interface",
        "patrols.PatrolWeek.unmet": "the unmet list of the plan format of `patrol solve`",
        "patrols.PatrolWeek.mends": "the mends list that `patrol solve --json` prints",
        "patrols.PatrolReplan.event": "what happened, as the re-planning of `routing` is asked",
        "patrols.PatrolReplan.before": "routes with minutes, as the plan format has them",
        "patrols.PatrolReplan.after": "routes with minutes, as the plan format has them",
        "patrols.PatrolReplan.figures": "what the engine said of its answer; only shown",
        "operations.PlanRule.value": "number, word or list, by the published plan schema",
    }
    found = {
        f"{label(model)}.{field.name}"
        for model in written_models()
        for field in own_fields(model)
        if isinstance(field, models.JSONField)
    }
    assert found <= set(reasons), (
        f"needs a decision record and its reason here: {found - set(reasons)}"
    )
