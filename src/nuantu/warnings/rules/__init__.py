"""Weather warnings as pure values: read, locate, fold, map to a level. No Django, no clock.

`parsing.parse` turns bytes into messages, `areas.coverage` says whom one covers,
`episodes.standings` folds all of them for a county, `levels.rule_for` asks the plan.
"""
