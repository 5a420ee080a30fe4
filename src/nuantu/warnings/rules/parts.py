"""What the readers of one structured warning share."""

from dataclasses import dataclass, field
from datetime import datetime

from nuantu.warnings.rules import fields
from nuantu.warnings.rules.bulletins import Bulletin
from nuantu.warnings.rules.message import Note, NoteKind, SourceFormat
from nuantu.warnings.rules.trees import Tree


@dataclass(slots=True)
class Parts:
    """One warning on its way from tree to message; `notes` grow as facts are inferred."""

    alert: Tree
    info: Tree
    index: int
    language: str
    headline: str
    description: str
    bulletin: Bulletin
    received_at: datetime
    source_format: SourceFormat
    notes: list[Note] = field(default_factory=list)

    def first(self, keys: tuple[str, ...]) -> str:
        """A field of the info block, else of the alert around it."""
        return fields.said(self.info.first(*keys)) or fields.said(self.alert.first(*keys))

    def note(self, kind: NoteKind, value: str = "") -> None:
        """Remembers what was inferred."""
        self.notes.append(Note(kind, value))
