"""Addresses of dispatch."""

from django.urls import path

from nuantu.dispatch.views import public

app_name = "dispatch"
urlpatterns = [
    path("help/", public.front, name="front"),
    path("report/", public.report, name="report"),
    path("report/all/", public.whole, name="report_whole"),
    path("report/<slug:step>/", public.report, name="report_step"),
    path("receipt/", public.look_up, name="look_up"),
    path("r/<slug:code>/", public.receipt, name="receipt"),
    path("r/<slug:code>/picture.svg", public.receipt_picture, name="receipt_picture"),
    path("r/<slug:code>/still-there/", public.still_there, name="still_there"),
    path("r/<slug:code>/photo/", public.receipt_photo, name="receipt_photo"),
]
