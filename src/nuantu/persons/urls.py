"""Addresses of persons."""

from django.urls import path

from nuantu.persons import views

app_name = "persons"
urlpatterns = [
    path("persons/", views.people, name="list"),
    path("persons/export/", views.export, name="export"),
    path("persons/<uuid:public_id>/", views.detail, name="detail"),
    path("persons/<uuid:public_id>/timeline/", views.timeline, name="timeline"),
    path("persons/<uuid:public_id>/reveal/", views.reveal, name="reveal"),
    path("persons/<uuid:public_id>/photo/", views.photo, name="photo"),
    path("persons/<uuid:public_id>/facts/add/", views.fact_add, name="fact_add"),
    path("persons/<uuid:public_id>/describe/", views.describe, name="describe"),
    path("persons/<uuid:public_id>/classes/add/", views.class_add, name="class_add"),
    path(
        "persons/<uuid:public_id>/classes/<uuid:class_id>/withdraw/",
        views.class_withdraw,
        name="class_withdraw",
    ),
    path("persons/<uuid:public_id>/restrict/", views.restrict, name="restrict"),
    path("persons/<uuid:public_id>/same/<uuid:other_id>/", views.link_propose, name="link_propose"),
    path(
        "persons/<uuid:public_id>/links/<uuid:link_id>/decide/",
        views.link_decide,
        name="link_decide",
    ),
    path("persons/<uuid:public_id>/links/<uuid:link_id>/undo/", views.link_undo, name="link_undo"),
    path("cases/<uuid:public_id>/", views.case, name="case"),
    path("cases/<uuid:public_id>/close/", views.case_close, name="case_close"),
    path("holds/add/<slug:kind>/<uuid:public_id>/", views.hold_add, name="hold_add"),
    path("holds/<uuid:public_id>/", views.hold, name="hold"),
    path("cases/<uuid:public_id>/erase/", views.case_erase, name="case_erase"),
]
