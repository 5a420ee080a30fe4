"""How far a field may travel."""

from enum import StrEnum


class FieldClass(StrEnum):
    """public: anybody; staff: whoever may see the row; sensitive and sealed: encrypted, masked,
    shown for a purpose and logged (sealed also hides from the case view: reporter, notes)."""

    PUBLIC = "public"
    STAFF = "staff"
    SENSITIVE = "sensitive"
    SEALED = "sealed"
