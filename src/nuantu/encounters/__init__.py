"""Encounters: what happened when somebody was met on the street, and what follows from it.

Words: Encounter (one contact with one person), offer, goods line, refusal, evidence, mode request
(the legal gate before anything that is not voluntary), transfer sheet (to hospital or police),
revisit, refuser notice (what partners learn: place and needs, never who). A mistake is mended by a
new entry that corrects the old one. Not here: who the person is (persons), how the team got there
(dispatch), the hand-over itself (operations).
"""
