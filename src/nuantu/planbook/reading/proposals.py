"""Facts that a language model proposes: marked, never in place of a rule's, off unless handed in.

The pure reader knows only the protocol. The call over the network belongs to an upper layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from nuantu.planbook.reading.result import Evidence, Reading, Span

PROPOSED: Final = "model"
_SURE: Final = 0.5
_SINGLE: Final = frozenset({"operation_type", "issuer", "doc_number", "doc_date", "lead_group"})
_LISTS: Final = frozenset(
    {"phases", "patrol_frequency", "response_minutes", "reporting", "amounts", "hotline", "areas"}
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One fact with the words of the document that are to prove it."""

    path: str
    value: Any
    quote: str


class Proposer(Protocol):
    """Reads the text and what the rules found; gives further facts."""

    def __call__(self, text: str, facts: Mapping[str, Any]) -> Iterable[Proposal]: ...


def merged(reading: Reading, proposals: Iterable[Proposal]) -> Reading:
    """The reading with the proposals that its text proves and that contradict no rule.

    A proposal counts when its quote stands in the document word for word. A single value is taken
    only where no rule found one; an entry of a list only when no equal one is there.
    """
    facts = dict(reading.facts)
    evidence = list(reading.evidence)
    for proposal in proposals:
        at = reading.document.text.find(proposal.quote) if proposal.quote.strip() else -1
        if at < 0 or not _taken(facts, proposal):
            continue
        evidence.append(_proof(reading, proposal, (at, at + len(proposal.quote)), facts))
    return Reading(
        document=reading.document,
        facts=facts,
        evidence=tuple(evidence),
        findings=reading.findings,
        not_understood=reading.not_understood,
        parts=reading.parts,
        draft=reading.draft,
        numbers=reading.numbers,
    )


def _taken(facts: dict[str, Any], proposal: Proposal) -> bool:
    if proposal.path in _SINGLE and not facts.get(proposal.path):
        facts[proposal.path] = proposal.value
        return True
    if proposal.path in _LISTS and proposal.value not in facts.get(proposal.path, []):
        facts[proposal.path] = [*facts.get(proposal.path, []), proposal.value]
        return True
    return False


def _proof(reading: Reading, proposal: Proposal, span: Span, facts: Mapping[str, Any]) -> Evidence:
    block = reading.document.block_at(span[0])
    where = proposal.path
    if proposal.path in _LISTS:
        where = f"{proposal.path}.{len(facts[proposal.path]) - 1}"
    return Evidence(
        path=where,
        value=proposal.value,
        span=span,
        quote=proposal.quote,
        rule="proposal",
        confidence=_SURE,
        block=block,
        page=reading.document.blocks[block].page if block is not None else None,
        proposed_by=PROPOSED,
    )
