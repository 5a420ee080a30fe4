"""The ground every package stands on.

Owns the clock, the journal, sealed fields and their keys, row-level scope, events and jobs,
public ids, money and stored files. Knows no organisation, no tip and no plan.
"""
