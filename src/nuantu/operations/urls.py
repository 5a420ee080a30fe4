"""Addresses of operations."""

from django.urls import path

from nuantu.operations.views import changes, duties, handovers, plans, rosters

app_name = "operations"
urlpatterns = [
    path("duties/", duties.board, name="board"),
    path("duties/list/", duties.duty_list, name="duty_list"),
    path("duties/export/", duties.duty_export, name="duty_export"),
    path("duties/print/", duties.duty_print, name="duty_print"),
    path("duties/calendar/<str:token>.ics", duties.calendar, name="calendar"),
    path("duties/<uuid:public_id>/", duties.duty, name="duty"),
    path("duties/<uuid:public_id>/complete/", duties.complete, name="duty_complete"),
    path("duties/<uuid:public_id>/reopen/", duties.reopen, name="duty_reopen"),
    path("duties/<uuid:public_id>/explain/", duties.explain, name="duty_explain"),
    path("duties/<uuid:public_id>/cancel/", duties.cancel, name="duty_cancel"),
    path("operations/", plans.operations, name="operations"),
    path("operations/start/", plans.start, name="start"),
    path("operations/<uuid:public_id>/", plans.operation, name="operation"),
    path("operations/<uuid:public_id>/rules/", plans.rules, name="rules"),
    path("operations/<uuid:public_id>/plan.yaml", plans.plan_file, name="plan_file"),
    path("operations/<uuid:public_id>/change/", changes.change, name="change"),
    path("operations/<uuid:public_id>/compare/", changes.compare, name="compare"),
    path("operations/<uuid:public_id>/follow/", changes.follow, name="follow"),
    path("operations/<uuid:public_id>/close/", changes.close, name="close"),
    path("levels/<str:division_code>/", plans.level, name="level"),
    path("roster/", rosters.own_roster, name="own_roster"),
    path("roster/notes/", rosters.give_watch, name="give_watch"),
    path("roster/notes/<uuid:public_id>/take/", rosters.take_watch, name="take_watch"),
    path("roster/watch/<uuid:public_id>/cancel/", rosters.cancel_watch, name="cancel_watch"),
    path("roster/<str:org_code>/", rosters.roster, name="roster"),
    path("teams/", rosters.teams, name="teams"),
    path("teams/<uuid:public_id>/shift/", rosters.shift, name="shift"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/<uuid:public_id>/", handovers.handover, name="handover"),
    path("handovers/<uuid:public_id>/accept/", handovers.accept, name="accept"),
    path("handovers/<uuid:public_id>/decline/", handovers.decline, name="decline"),
    path("handovers/<uuid:public_id>/withdraw/", handovers.withdraw, name="withdraw"),
]
