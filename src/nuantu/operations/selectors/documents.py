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
class Remark:
    """What the reader says of the document, with its place in it."""

    level: Weight
    message: Text
    anchor: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A document beside its draft."""

    blocks: list[Block]
    groups: list[Group]
    remarks: list[Remark]
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
    document: PlanDocument, draft: dict[str, Any], findings: tuple[Finding, ...]
) -> ReadingPage:
    """Everything the page shows of one document; no query."""
    reading = document.reading
    marked = marks(reading)
    accepted = set(document.accepted)
    found = leaves(draft, reading)
    return ReadingPage(
        blocks=blocks(reading.get("document") or {}, marked),
        groups=_groups(draft, found, accepted, findings),
        remarks=_remarks(reading),
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


def _groups(
    draft: dict[str, Any], found: list[Leaf], accepted: set[str], findings: tuple[Finding, ...]
) -> list[Group]:
    by_section: dict[Text, list[Entry]] = {}
    for leaf in found:
        said = tuple(one for one in findings if one.path and one.path == leaf.path[: len(one.path)])
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
