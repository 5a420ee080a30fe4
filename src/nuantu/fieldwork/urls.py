"""Addresses of fieldwork, below /field/."""

from django.urls import path

from nuantu.fieldwork.views import devices, recovery, reviews, shell, sync

app_name = "fieldwork"
urlpatterns = [
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:public_id>/revoke/", devices.revoke, name="device_revoke"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:public_id>/", reviews.review, name="review"),
    path("reviews/<uuid:public_id>/apply/", reviews.apply_again, name="review_apply"),
    path("reviews/<uuid:public_id>/enter/", reviews.enter, name="review_enter"),
    path("reviews/<uuid:public_id>/set-aside/", reviews.set_aside, name="review_set_aside"),
    path("devices/<uuid:public_id>/recovery", recovery.recovery, name="recovery"),
    path("phone", recovery.whose, name="whose"),
    path("app/", shell.app, name="app"),
    path("app/<slug:code>/", shell.app_in, name="app_in"),
    path("at/<slug:kind>/<uuid:public_id>/", shell.spot, name="spot"),
    path("app.webmanifest", shell.manifest, name="manifest"),
    path("sw.js", shell.worker, name="worker"),
    path("bundle", sync.bundle, name="bundle"),
    path("commands", sync.commands, name="commands"),
]
