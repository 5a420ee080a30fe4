"""Addresses of casework."""

from django.urls import path

from nuantu.casework.views import deeds, plans, risks

app_name = "casework"
_plan = "casework/<uuid:public_id>/"
_risk = "casework/risks/<uuid:public_id>/"
urlpatterns = [
    path("casework/", plans.plans, name="plans"),
    path("casework/export/", plans.export, name="export"),
    path("casework/cases/<uuid:case_id>/open/", plans.open_one, name="open"),
    path("casework/cases/<uuid:case_id>/risk/", risks.mark, name="mark"),
    path(_plan, plans.plan, name="plan"),
    path(f"{_plan}sealed/", plans.sealed, name="sealed"),
    path(f"{_plan}safety/", plans.safety, name="safety"),
    path(f"{_plan}do/<slug:name>/", deeds.deed, name="deed"),
    path("casework/rows/<slug:name>/<uuid:public_id>/", deeds.row, name="row"),
    path(_risk, risks.ask, name="ask"),
    path(f"{_risk}review/", risks.review, name="review"),
    path(f"{_risk}ask-to-lift/", risks.ask_to_lift, name="ask_to_lift"),
    path(f"{_risk}lift/", risks.lift, name="lift"),
]
