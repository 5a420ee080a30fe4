"""Addresses of stays."""

from django.urls import path

from nuantu.stays import views
from nuantu.stays.views import health

app_name = "stays"
urlpatterns = [
    path("stays/", views.board, name="board"),
    path("stays/door/", views.door, name="door"),
    path("stays/door/new/", views.newcomer, name="newcomer"),
    path("stays/door/people/<uuid:public_id>/", views.receive, name="receive"),
    path("stays/door/arrivals/<uuid:public_id>/", views.take_over, name="take_over"),
    path("stays/receptions/<uuid:public_id>/", views.reception, name="reception"),
    path("stays/receptions/<uuid:public_id>/keep/", views.keep, name="keep"),
    path("stays/receptions/<uuid:public_id>/decide/", views.decide, name="decide"),
    path("stays/receptions/<uuid:public_id>/things/", views.take_thing, name="take_thing"),
    path("stays/receptions/<uuid:public_id>/ask/", views.ask, name="ask"),
    path("stays/things/<uuid:public_id>/", views.end_thing, name="end_thing"),
    path("stays/inquiries/<uuid:public_id>/", views.answer, name="answer"),
    path("stays/house/", views.house, name="house"),
    path("stays/house/zones/new/", views.zone_new, name="zone_new"),
    path("stays/house/zones/<uuid:public_id>/", views.zone, name="zone"),
    path("stays/house/zones/<uuid:public_id>/rooms/", views.room_new, name="room_new"),
    path("stays/house/beds/<uuid:public_id>/", views.bed_state, name="bed_state"),
    path("stays/<uuid:public_id>/", views.detail, name="detail"),
    path("stays/<uuid:public_id>/bed/", views.bed, name="bed"),
    path("stays/<uuid:public_id>/approve/", views.approve, name="approve"),
    path("stays/<uuid:public_id>/needs/", views.needs, name="needs"),
    path("stays/<uuid:public_id>/out/", views.out, name="out"),
    path("stays/<uuid:public_id>/back/", views.back, name="back"),
    path("stays/<uuid:public_id>/clocks/", views.keep_clock, name="keep_clock"),
    path("stays/<uuid:public_id>/identified/", views.identified, name="identified"),
    path("stays/<uuid:public_id>/extend/", views.extend, name="extend"),
    path("stays/<uuid:public_id>/leave/", views.leave, name="leave"),
    path("stays/extensions/<uuid:public_id>/", views.file, name="file"),
    path("stays/health/", health.board, name="health"),
    path("stays/health/<uuid:public_id>/", health.record, name="record"),
    path("stays/health/<uuid:public_id>/open/", health.open_record, name="open_record"),
    path("stays/health/<uuid:public_id>/screen/", health.screen, name="screen"),
    path("stays/health/<uuid:public_id>/hospital/", health.begin_care, name="begin_care"),
    path("stays/health/care/<uuid:public_id>/", health.care, name="care"),
    path("stays/health/care/<uuid:public_id>/ask/", health.ask, name="ask_hospital"),
    path("stays/health/care/<uuid:public_id>/arrive/", health.arrive, name="arrive"),
    path("stays/health/care/<uuid:public_id>/follower/", health.follower, name="follower"),
    path("stays/health/care/<uuid:public_id>/news/", health.news, name="news"),
    path("stays/health/care/<uuid:public_id>/found/", health.found, name="found"),
    path("stays/health/care/<uuid:public_id>/end/", health.end_care, name="end_care"),
    path("stays/health/care/<uuid:public_id>/gone/", health.gone, name="gone"),
    path("stays/health/asks/<uuid:public_id>/", health.answer_ask, name="answer_ask"),
    path("stays/health/notices/<uuid:public_id>/", health.tell, name="tell"),
]
