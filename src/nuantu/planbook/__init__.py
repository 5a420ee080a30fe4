"""The plan book: what a relief plan says, and what follows from it. Pure: no Django, no clock.

A plan is a YAML file (``schema``); ``files`` reads it with line numbers, ``checks`` finds what is
wrong with it, ``compiler`` turns it into rules and duties for a year and a division, ``rulebook``
answers what holds here and now and from which clause. ``defaults.yaml`` holds every number that no
plan gives, each with its source and whether it has been verified.

Words: *plan* (方案), *rule* (one value with its clause), *ruling* (the answer of a look-up),
*operating level* (工作级别), *duty* (a promise with a deadline). The package does not know whether a
plan is in force; that is ``operations``.
"""
