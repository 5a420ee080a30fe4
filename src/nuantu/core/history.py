"""Row history by trigger: an audit that code cannot forget, under the journal.

The journal says what people did and why; the history keeps every earlier version of a row, also
when somebody changes it with plain SQL. Sealed columns are kept as ciphertext, so an erasure of
their key reaches the history too.
"""

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class KeepHistory(Operation):
    """Keep the version before every update and delete of a table that has a `public_id`."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.table], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers live in the database only."""

    def database_forwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        schema_editor.execute(
            f"CREATE TRIGGER {self.table}_history AFTER UPDATE OR DELETE ON {self.table}"
            " FOR EACH ROW EXECUTE FUNCTION nuantu_row_history()"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_history ON {self.table}")

    def describe(self) -> str:
        return f"Keep the history of {self.table}"
