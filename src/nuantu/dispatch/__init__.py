"""From a tip to a team on the spot: intake, receipts, duplicates, notices, response clocks, dispatch.

A tip is taken from anybody (public form, hotline, partner programs), gets a receipt code, a
responsible organisation and a clock that starts at the recorded moment of intake. Duplicates are
linked by a person, never deleted. Who must be told (120, 110, …) comes from the plan and is
recorded one by one. A team accepts, departs, arrives; a team that is missing is replaced by the
nearest relief point under phone guidance. Nothing is lost: a closed tip keeps its breach, its
notices and its way back (还在那里).
"""
