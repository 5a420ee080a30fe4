"""Persons: who is helped, and the cases in which it happens.

Words: Person (may have no name), Case (one episode, held by one organisation, from first contact
to closing), PersonFact (one thing known, with certainty and source, never overwritten),
PersonClass (a class that decides the treatment), PersonLink (two records, one human).
Not here: what happened on the street (encounters), stays, tracing.
"""
