"""Plan documents and their drafts, shaped for the reading page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from nuantu.operations.models import PlanDocument
from nuantu.operations.rules.drafting import Block, Leaf, blocks, leaves, marks, seen_at
from nuantu.planbook.findings import Finding
from nuantu.planbook.findings import Level as Weight
from nuantu.planbook.schema_fields import SchemaField, field_at
from nuantu.planbook.text import Text

# more values than these are shown by sections: a browser takes seconds to lay out thousands of fields
MOST_ENTRIES = 300
# what is wrong with the document is said above it so often, then only counted; all of it stands below
MOST_ERRORS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the draft with what a person and the checks say of it; `seen` marks its place."""

    leaf: Leaf
    seen: str
    field: SchemaField
    is_accepted: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one section of the plan file."""

    label: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a draft too long for one page: its number, how much it holds, if it is shown."""

    number: int
    label: Text
    total: int
    accepted: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """What the reader says of the document, with its place in it."""

    level: Weight
    message: Text
    anchor: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A document beside its draft; `sections` is empty where all of it stands on one page.

    `elsewhere` leads from a place of the text to the number of the section that holds its entry.
    """

    blocks: list[Block]
    groups: list[Group]
    sections: list[Section]
    elsewhere: dict[str, int]
    remarks: list[Remark]
    errors: list[Remark]
    more_errors: int
    open_sentences: list[tuple[str, str]]
    proposals: list[tuple[str, str]]
    parts: list[dict[str, Any]]
    findings: tuple[Finding, ...]
    accepted: int
    total: int


def documents_of(org_code: str) -> QuerySet[PlanDocument]:
    """The documents of an organisation, the newest first, without their weight."""
    return (
        PlanDocument.objects.filter(owner_org=org_code)
        .defer("content", "draft", "reading")
        .annotate(read_title=KT("reading__facts__title"))
        .order_by("-handed_in_at", "-id")
    )


def waiting_documents(org_code: str) -> int:
    """How many documents of an organisation were handed in and not put in force."""
    rows = PlanDocument.objects.filter(owner_org=org_code)
    return rows.exclude(state=PlanDocument.State.ADOPTED).count()


def reading_page(
    document: PlanDocument, draft: dict[str, Any], findings: tuple[Finding, ...], section: str = ""
) -> ReadingPage:
    """Everything the page shows of one document; no query.

    A draft of more than `MOST_ENTRIES` values is shown by sections; `section` is the number asked for.
    """
    reading = document.reading
    marked = marks(reading)
    accepted = set(document.accepted)
    found = leaves(draft, reading)
    groups = _groups(draft, found, accepted, findings)
    if len(found) > MOST_ENTRIES:
        groups = [piece for group in groups for piece in _cut(group)]
    remarks = _remarks(reading)
    wrong = {str(row.message): row for row in remarks if row.level == "error"}
    errors = list(wrong.values())
    shown, sections = _sections(groups, section if len(found) > MOST_ENTRIES else None)
    return ReadingPage(
        blocks=blocks(reading.get("document") or {}, marked),
        groups=shown,
        sections=sections,
        elsewhere=_elsewhere(groups) if sections else {},
        remarks=remarks,
        errors=errors[:MOST_ERRORS],
        more_errors=max(len(errors) - MOST_ERRORS, 0),
        open_sentences=[
            (f"t{row['span'][0]}", row["sentence"]) for row in reading.get("not_understood") or ()
        ],
        proposals=[
            (f"t{row['span'][0]}", f"{row['fact']}：{row['value']}")
            for row in reading.get("evidence") or ()
            if row.get("proposed_by") == "model"
        ],
        parts=list(reading.get("parts") or ()),
        findings=findings,
        accepted=sum(leaf.key in accepted for leaf in found),
        total=len(found),
    )


def _sections(groups: list[Group], asked: str | None) -> tuple[list[Group], list[Section]]:
    """All groups, or the one asked for (else the first) with the way to the others."""
    if asked is None:
        return groups, []
    here = int(asked) if asked.isascii() and asked.isdigit() and int(asked) < len(groups) else 0
    return [groups[here]], [
        Section(
            number,
            group.label,
            len(group.entries),
            sum(entry.is_accepted for entry in group.entries),
            number == here,
        )
        for number, group in enumerate(groups)
    ]


def _cut(group: Group) -> list[Group]:
    """A section in pieces that a browser can show, never inside one entry of its list."""
    pieces: list[list[Entry]] = [[]]
    for entry in group.entries:
        last = pieces[-1]
        is_full = len(last) >= MOST_ENTRIES and last[-1].leaf.path[:2] != entry.leaf.path[:2]
        if is_full:
            pieces.append([])
        pieces[-1].append(entry)
    if len(pieces) == 1:
        return [group]
    label = group.label
    return [
        Group(Text(f"{label.zh} {number}", f"{label.en} {number}"), tuple(rows))
        for number, rows in enumerate(pieces, 1)
    ]


def _elsewhere(groups: list[Group]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, group in enumerate(groups):
        for entry in group.entries:
            found.setdefault(entry.leaf.anchor, number)
    return found


def _groups(
    draft: dict[str, Any], found: list[Leaf], accepted: set[str], findings: tuple[Finding, ...]
) -> list[Group]:
    by_section: dict[Text, list[Entry]] = {}
    by_path: dict[tuple[str | int, ...], list[Finding]] = {}
    for one in findings:
        if one.path:
            by_path.setdefault(one.path, []).append(one)
    for leaf in found:
        ways = (leaf.path[:length] for length in range(1, len(leaf.path) + 1))
        said = tuple(one for way in ways for one in by_path.get(way, ()))
        field = field_at(leaf.path)
        entry = Entry(leaf, seen_at(draft, leaf.key), field, leaf.key in accepted, said)
        by_section.setdefault(field.section, []).append(entry)
    return [Group(section, tuple(rows)) for section, rows in by_section.items()]


def _remarks(reading: dict[str, Any]) -> list[Remark]:
    return [
        Remark(
            row["severity"],
            Text(row["zh"], row["en"]),
            f"t{row['span'][0]}" if row.get("span") else "",
        )
        for row in reading.get("findings") or ()
    ]
