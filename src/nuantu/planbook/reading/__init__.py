"""Reads plan documents: bytes of a file in; facts, evidence, findings and a draft plan out.

The way: ``opening`` takes a file apart into blocks, ``normal`` gives all texts one spelling with a
map back, ``page`` finds sections and sentences, ``grammar`` knows dates, money, cadences and names,
``rules`` find facts, ``remarks`` and ``leftover`` say what a person must look at, ``draft`` writes
the plan. Pure: no Django, no clock, no file but its own tables.
"""

from nuantu.planbook.reading.proposals import Proposal, Proposer
from nuantu.planbook.reading.reader import read_document
from nuantu.planbook.reading.result import Evidence, Finding, Reading

__all__ = ["Evidence", "Finding", "Proposal", "Proposer", "Reading", "read_document"]
