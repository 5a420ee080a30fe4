"""Reads plan documents: bytes of a file in; facts, evidence, findings and a draft plan out.

The way: ``opening`` takes a file apart into blocks, ``normal`` gives all texts one spelling with a
map back, ``page`` finds sections and sentences, ``grammar`` knows dates, money, cadences and names,
``rules`` find facts, ``remarks`` and ``leftover`` say what a person must look at, ``draft`` writes
the plan. Pure: no Django, no clock, no file but its own tables.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from nuantu.planbook.reading.proposals import Proposal, Proposer
from nuantu.planbook.reading.result import Evidence, Finding, Reading

if TYPE_CHECKING:
    from nuantu.planbook.reading.reader import read_document

__all__ = ["Evidence", "Finding", "Proposal", "Proposer", "Reading", "read_document"]


def __getattr__(name: str) -> Any:
    """The reader, when it is first asked for: its tables and libraries are a tenth of the start of
    a process, and hardly any process reads a document."""
    if name != "read_document":
        raise AttributeError(name)
    return import_module("nuantu.planbook.reading.reader").read_document
