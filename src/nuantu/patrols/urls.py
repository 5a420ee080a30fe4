"""Addresses of patrols."""

from django.urls import path

from nuantu.patrols.views import changing, weeks

app_name = "patrols"
urlpatterns = [
    path("patrols/", weeks.weeks, name="weeks"),
    path("patrols/plan/", weeks.plan, name="plan"),
    path("patrols/<uuid:public_id>/", weeks.week, name="week"),
    path("patrols/<uuid:public_id>/print/", weeks.printed, name="print"),
    path("patrols/<uuid:public_id>/export/", weeks.export, name="export"),
    path("patrols/<uuid:public_id>/again/", changing.again, name="again"),
    path("patrols/<uuid:public_id>/approve/", changing.approve, name="approve"),
    path("patrols/<uuid:public_id>/publish/", changing.publish, name="publish"),
    path("patrols/<uuid:public_id>/take-back/", changing.take_back, name="take_back"),
    path("patrols/stops/<uuid:public_id>/move/", changing.move, name="move"),
]
