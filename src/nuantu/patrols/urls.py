"""Addresses of patrols."""

from django.urls import path

from nuantu.patrols.views import (
    adjusting,
    areas,
    board,
    changing,
    desk,
    flows,
    hiding,
    joint,
    looking,
    register,
    same_finds,
    sweeps,
    vague,
    walking,
    weeks,
)

app_name = "patrols"
_weeks = [
    path("patrols/", weeks.weeks, name="weeks"),
    path("patrols/plan/", weeks.plan, name="plan"),
    path("patrols/season/", weeks.season, name="season"),
    path("patrols/words/", vague.words, name="words"),
    path("patrols/partners/", joint.partners, name="partners"),
    path("patrols/partners/<uuid:public_id>/end/", joint.end_partner, name="partner_end"),
    path("patrols/<uuid:public_id>/consent/", joint.consent, name="consent"),
    path("patrols/<uuid:public_id>/", weeks.week, name="week"),
    path("patrols/<uuid:public_id>/print/", weeks.printed, name="print"),
    path("patrols/<uuid:public_id>/export/", weeks.export, name="export"),
    path("patrols/<uuid:public_id>/again/", changing.again, name="again"),
    path("patrols/<uuid:public_id>/approve/", changing.approve, name="approve"),
    path("patrols/<uuid:public_id>/publish/", changing.publish, name="publish"),
    path("patrols/<uuid:public_id>/take-back/", changing.take_back, name="take_back"),
    path("patrols/<uuid:public_id>/routes.geojson", board.routes, name="routes"),
    path("patrols/stops/<uuid:public_id>/move/", changing.move, name="move"),
    path("patrols/stops/<uuid:public_id>/try/", board.try_move, name="try_move"),
]
_replan = "patrols/replans/<uuid:public_id>/"
_changes = [
    path("patrols/<uuid:public_id>/adjust/", adjusting.adjust, name="adjust"),
    path(_replan, adjusting.replan, name="replan"),
    path(f"{_replan}search/", adjusting.search, name="replan_search"),
    path(f"{_replan}confirm/", adjusting.confirm, name="replan_confirm"),
    path(f"{_replan}set-aside/", adjusting.set_aside, name="replan_set_aside"),
    path(f"{_replan}undo/", adjusting.undo, name="replan_undo"),
]
_run = "patrols/runs/<uuid:public_id>/"
_visit = "patrols/visits/<uuid:public_id>/"
_phone = [
    path("patrols/mine/", walking.mine, name="mine"),
    path("patrols/routes/<uuid:public_id>/begin/", walking.begin, name="begin"),
    path(f"{_visit}arrive/", walking.arrive, name="visit_arrive"),
    path(f"{_visit}nobody/", walking.nobody, name="visit_nobody"),
    path(f"{_visit}met/", walking.met, name="visit_met"),
    path(f"{_visit}pass-by/", walking.pass_by, name="visit_pass_by"),
    path(f"{_visit}take-back/", walking.take_back, name="visit_take_back"),
    path(f"{_visit}photo/", walking.photo, name="visit_photo"),
    path(f"{_run}partners/<uuid:partner>/", joint.came, name="partner_came"),
    path(f"{_run}stop/", walking.add_stop, name="run_stop"),
    path(f"{_run}all-well/", walking.all_well, name="run_all_well"),
    path(f"{_run}finish/", walking.finish, name="run_finish"),
]
_photo = "patrols/photos/<uuid:public_id>/"
_register = [
    path("patrols/register/", register.register, name="register"),
    path("patrols/register/export/", register.export, name="register_export"),
    path("patrols/register/coverage/", register.coverage, name="coverage"),
    path("patrols/register/stops.csv", register.learning, name="learning"),
    path("patrols/checklist/", register.checklist, name="checklist"),
    path(_photo, register.photo, name="photo"),
    path(f"{_photo}hide/", hiding.hide, name="photo_hide"),
    path(f"{_photo}show/", hiding.show, name="photo_show"),
    path(f"{_photo}reveal/", hiding.reveal, name="photo_reveal"),
    path(_run, register.run, name="run"),
    path(f"{_run}track.gpx", register.track, name="run_track"),
    path(f"{_run}ways.geojson", desk.run_ways, name="run_ways"),
    path(f"{_run}load-track/", desk.load_track, name="run_load_track"),
    path(f"{_visit}enter/", desk.enter, name="visit_enter"),
    path("patrols/register/vehicles/", desk.vehicles, name="vehicles"),
    path("patrols/register/vehicles/export/", desk.vehicles_export, name="vehicles_export"),
    path(f"{_run}break-off/", register.break_off, name="run_break_off"),
]
_sweep = "sweeps/<uuid:public_id>/"
_area = "sweeps/areas/<uuid:public_id>/"
_find = "sweeps/finds/<uuid:public_id>/"
_sweeps = [
    path("sweeps/", sweeps.sweeps, name="sweeps"),
    path("sweeps/order/", sweeps.order, name="sweep_order"),
    path("sweeps/mine/", looking.mine, name="sweep_mine"),
    path(_sweep, sweeps.sweep, name="sweep"),
    path(f"{_sweep}marks/", sweeps.marks, name="sweep_marks"),
    path(f"{_sweep}export/", sweeps.export, name="sweep_export"),
    path(f"{_sweep}close/", sweeps.close, name="sweep_close"),
    path(_area, areas.area, name="area"),
    path(f"{_area}assign/", areas.assign, name="area_assign"),
    path(f"{_area}cut/", areas.cut, name="area_cut"),
    path(f"{_area}judge/", areas.judge, name="area_judge"),
    path(f"{_area}check/", areas.check, name="area_check"),
    path(f"{_area}hand-over/", areas.hand_over, name="area_hand_over"),
    path(f"{_area}walk/", looking.walk, name="area_walk"),
    path(f"{_area}begin/", looking.begin, name="area_begin"),
    path(f"{_area}looks/", looking.look, name="area_looks"),
    path(f"{_area}finds/", looking.find, name="area_find"),
    path(f"{_area}hand-in/", looking.hand_in, name="area_hand_in"),
    path(f"{_find}same/", same_finds.choose, name="find_same"),
    path(f"{_find}same/<uuid:other>/", same_finds.same, name="find_is_same"),
    path(f"{_find}not-same/", same_finds.not_same, name="find_not_same"),
    path(f"{_find}drop/", looking.drop, name="find_drop"),
    path(f"{_find}place/", looking.place, name="find_place"),
    path(f"{_find}place/<uuid:location>/", looking.known, name="find_known"),
]
_flow = "flows/<uuid:public_id>/"
_flows = [
    path("flows/", flows.flows, name="flows"),
    path("flows/export/", flows.export, name="flows_export"),
    path("flows/new/", flows.new, name="flow_new"),
    path(_flow, flows.flow, name="flow"),
    path(f"{_flow}correct/", flows.correct, name="flow_correct"),
    path(f"{_flow}end/", flows.end, name="flow_end"),
    path(f"{_flow}reveal/", flows.reveal, name="flow_reveal"),
]
urlpatterns = [*_weeks, *_changes, *_phone, *_register, *_sweeps, *_flows]
