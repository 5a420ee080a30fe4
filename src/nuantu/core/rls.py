"""Row-level security as migration operations.

The house policy: a row is seen by its owner, by whoever oversees its division, by the holder
of a live grant on its case, and by system work; the first two and system work may write it. Policies are forced, so the table's owner
obeys them too.
"""

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SYSTEM_SQL = "(SELECT current_setting('app.system', true)) = 'on'"
# Who may write a row: a grant opens a case for reading only.
WRITE_SQL = f"""
    {SYSTEM_SQL}
    OR owner_org = (SELECT nullif(current_setting('app.org', true), ''))
    OR starts_with(division_code, (SELECT nullif(current_setting('app.prefix', true), '')))
"""
HOUSE_SQL = f"""{WRITE_SQL}
    OR case_id IN (SELECT nuantu_granted_cases())
"""
PUBLIC_SQL = "(SELECT current_setting('app.public', true)) = 'on'"
STAFF_SQL = "(SELECT nullif(current_setting('app.org', true), '')) IS NOT NULL"


class _PolicyOperation(Operation):
    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Policies live in the database only."""


class Protect(_PolicyOperation):
    """Force the house policy on a table with scope columns.

    `public_insert` lets the public scope add rows; `public_select` is an SQL condition under
    which the public scope reads one (for example the receipt's hash); `staff_select` is one under
    which any organisation's staff reads one (places, teams); `open_insert` lets any scope append,
    for the journal.
    """

    def __init__(
        self,
        table: str,
        *,
        public_insert: bool = False,
        public_select: str | None = None,
        staff_select: str | None = None,
        open_insert: bool = False,
    ) -> None:
        self.table = table
        self.public_insert = public_insert
        self.public_select = public_select
        self.staff_select = staff_select
        self.open_insert = open_insert

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            self.__class__.__name__,
            [self.table],
            {
                "public_insert": self.public_insert,
                "public_select": self.public_select,
                "staff_select": self.staff_select,
                "open_insert": self.open_insert,
            },
        )

    def statements(self) -> list[str]:
        table = self.table
        seen = HOUSE_SQL
        if self.public_select:
            seen += f" OR ({PUBLIC_SQL} AND {self.public_select})"
        if self.staff_select:
            seen += f" OR ({STAFF_SQL} AND {self.staff_select})"
        check = WRITE_SQL + (f" OR {PUBLIC_SQL}" if self.public_insert else "")
        if self.open_insert:
            check = "true"
        return [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_seen ON {table} FOR SELECT USING ({seen})",
            f"CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK ({check})",
            f"CREATE POLICY {table}_changed ON {table} FOR UPDATE USING ({WRITE_SQL}) WITH CHECK ({WRITE_SQL})",
            f"CREATE POLICY {table}_removed ON {table} FOR DELETE USING ({WRITE_SQL})",
        ]

    def database_forwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        for statement in self.statements():
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        for name in ("seen", "added", "changed", "removed"):
            schema_editor.execute(f"DROP POLICY IF EXISTS {self.table}_{name} ON {self.table}")
        schema_editor.execute(f"ALTER TABLE {self.table} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return f"Protect {self.table}"


def _exists(source: str, where: str) -> str:
    """Whether such a row is there; all the names come from migrations."""
    return f"EXISTS (SELECT 1 FROM {source} WHERE {where})"  # noqa: S608 - names from migrations


class ProtectThrough(Protect):
    """A child row is seen exactly when its parent row is (`column` holds the parent's key)."""

    def __init__(
        self,
        table: str,
        *,
        parent: str,
        column: str,
        parent_key: str = "id",
        open_insert: bool = False,
    ) -> None:
        super().__init__(table, open_insert=open_insert)
        self.parent = parent
        self.column = column
        self.parent_key = parent_key

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            self.__class__.__name__,
            [self.table],
            {
                "parent": self.parent,
                "column": self.column,
                "parent_key": self.parent_key,
                "open_insert": self.open_insert,
            },
        )

    def statements(self) -> list[str]:
        table = self.table
        through = f"{SYSTEM_SQL} OR " + _exists(
            f"{self.parent} p", f"p.{self.parent_key} = {table}.{self.column}"
        )
        check = "true" if self.open_insert else through
        return [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_seen ON {table} FOR SELECT USING ({through})",
            f"CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK ({check})",
            f"CREATE POLICY {table}_changed ON {table} FOR UPDATE USING ({through}) WITH CHECK ({through})",
            f"CREATE POLICY {table}_removed ON {table} FOR DELETE USING ({through})",
        ]


class WriteThrough(_PolicyOperation):
    """A child row is written only by whoever may write its root row; whoever merely sees that, reads.

    The parent is looked up row by row (`OFFSET 0`): the planner would else read every parent there
    ever was to show a handful of children.

    `path` leads up: (parent table, column of the row below that holds the parent's key), the
    nearest first; the last table has the scope columns.
    """

    def __init__(self, table: str, *path: tuple[str, str]) -> None:
        self.table = table
        self.path = path

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.table, *self.path], {})

    def _may_write(self) -> str:
        (nearest, column), *further = self.path
        joins, below = "", "p0"
        for number, (parent, key) in enumerate(further, start=1):
            joins += f" JOIN {parent} p{number} ON p{number}.id = {below}.{key}"
            below = f"p{number}"
        where = f"p0.id = {self.table}.{column} AND ({self._writes(below)}) OFFSET 0"
        return f"{SYSTEM_SQL} OR " + _exists(f"{nearest} p0{joins}", where)

    def _writes(self, alias: str) -> str:
        return f"{_owns(alias)} OR {_oversees(alias)}"

    def _through(self, end: str = "") -> str:
        (parent, column), *_further = self.path
        return f"{SYSTEM_SQL} OR " + _exists(f"{parent} p", f"p.id = {self.table}.{column}{end}")

    def _alter(self, schema_editor: Any, seen: str, changed: str) -> None:
        name = self.table
        schema_editor.execute(f"ALTER POLICY {name}_seen ON {name} USING ({seen})")
        schema_editor.execute(f"ALTER POLICY {name}_added ON {name} WITH CHECK ({changed})")
        schema_editor.execute(
            f"ALTER POLICY {name}_changed ON {name} USING ({changed}) WITH CHECK ({changed})"
        )
        schema_editor.execute(f"ALTER POLICY {name}_removed ON {name} USING ({changed})")

    def database_forwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        self._alter(schema_editor, self._through(" OFFSET 0"), self._may_write())

    def database_backwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        self._alter(schema_editor, self._through(), self._through())

    def describe(self) -> str:
        return f"Write {self.table} only through what one may write"


class WriteOwn(WriteThrough):
    """A child row is written only by the owner of its root row: whoever oversees the area reads it."""

    def _writes(self, alias: str) -> str:
        return _owns(alias)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        WriteThrough(self.table, *self.path).database_forwards(app_label, schema_editor)

    def describe(self) -> str:
        return f"Write {self.table} only in one's own house"


def _owns(alias: str) -> str:
    return f"{alias}.owner_org = (SELECT nullif(current_setting('app.org', true), ''))"


def _oversees(alias: str) -> str:
    return (
        f"starts_with({alias}.division_code,"
        " (SELECT nullif(current_setting('app.prefix', true), '')))"
    )


class HideFromNarrow(_PolicyOperation):
    """Hide a table from everybody who may not see people and cases, whatever else would show a row.

    Restrictive: it narrows the other policies, for reading and for writing.
    """

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.table], {})

    def database_forwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        passes = f"{SYSTEM_SQL} OR coalesce(current_setting('app.narrow', true), '') <> 'on'"
        schema_editor.execute(
            f"CREATE POLICY {self.table}_narrow ON {self.table} AS RESTRICTIVE"
            f" USING ({passes}) WITH CHECK ({passes})"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        schema_editor.execute(f"DROP POLICY {self.table}_narrow ON {self.table}")

    def describe(self) -> str:
        return f"Hide {self.table} from whoever sees no people"


class OpenAlso(_PolicyOperation):
    """Let the `seen` or `changed` policy of a protected table also pass rows that meet `condition`.

    For rows that more than the house policy opens, such as a person through his cases. One table
    is widened once; the condition is SQL over the table's columns.
    """

    def __init__(self, table: str, *, policy: str, condition: str) -> None:
        self.table = table
        self.policy = policy
        self.condition = condition

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        values = {"policy": self.policy, "condition": self.condition}
        return (self.__class__.__name__, [self.table], values)

    def _alter(self, schema_editor: Any, passes: str) -> None:
        check = f" WITH CHECK ({passes})" if self.policy == "changed" else ""
        schema_editor.execute(
            f"ALTER POLICY {self.table}_{self.policy} ON {self.table} USING ({passes}){check}"
        )

    def database_forwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        self._alter(schema_editor, f"{HOUSE_SQL} OR ({self.condition})")

    def database_backwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        self._alter(schema_editor, HOUSE_SQL)

    def describe(self) -> str:
        return f"Open {self.table} also where {self.condition}"
