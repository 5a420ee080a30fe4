"""Patrols: the week plan of the streets, from what the plan in force promises to what was walked.

Words: PatrolWeek (one county, Monday to Monday: draft, approved, published), half (a day from 06:00
or a night from 18:00, fourteen a week), route (one team in one half), stop, promised visit, remark
(why a location cannot be visited whatever is planned); PatrolRun (a route as one team walked it,
with its own copy of the stops), PatrolVisit (one stop of it: nobody, met, skipped), doubt (what
makes an entry implausible). Not here: the search for a good plan and the
check of any plan (routing), the teams and their shifts (operations), the locations (places).
"""
