"""Addresses of warnings."""

from django.urls import path

from nuantu.warnings import views

app_name = "warnings"
urlpatterns = [
    path("warnings/", views.register, name="register"),
    path("warnings/export/", views.export, name="export"),
    path("warnings/enter/", views.enter, name="enter"),
    path("warnings/unread/<uuid:public_id>/", views.unread, name="unread"),
    path("warnings/<uuid:public_id>/", views.warning, name="warning"),
    path("warnings/<uuid:public_id>/print/", views.printed, name="printed"),
    path("warnings/<uuid:public_id>/original/", views.original, name="original"),
    path("warnings/<uuid:public_id>/covered/", views.covered, name="covered"),
    path("warnings/<uuid:public_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("warnings/<uuid:public_id>/end/", views.confirm_end, name="confirm_end"),
]
