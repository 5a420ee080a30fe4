"""A plan in force: the operation, its rules, its duties, and the people on watch.

Owns *operation* (a plan started for a division), *level* (the operating level of a division),
*duty* (a promise with a deadline; one clock, one ladder), *team* and *shift*, *watch roster* with
the leader on duty, and *hand-over* (the first receiver owns until somebody accepts).
It does not own what a duty is about: upper packages name their subjects by kind and public id.
"""
