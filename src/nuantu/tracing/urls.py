"""Addresses of tracing."""

from django.urls import path

from nuantu.tracing.views import deciding, fragments, imports, reports, searching

app_name = "tracing"
_report = "tracing/reports/<uuid:public_id>/"
_person = "tracing/unidentified/<uuid:case_id>/"
_file = "tracing/files/<uuid:public_id>/"
urlpatterns = [
    path("tracing/reports/", reports.reports, name="reports"),
    path("tracing/reports/export/", reports.export, name="export"),
    path("tracing/reports/new/", reports.new, name="new"),
    path(_report, reports.report, name="report"),
    path(f"{_report}correct/", reports.correct, name="correct"),
    path(f"{_report}photo/", reports.photo, name="photo"),
    path(f"{_report}reveal/", deciding.reveal, name="reveal"),
    path(f"{_report}consent/", deciding.consent, name="consent"),
    path(f"{_report}close/", deciding.close, name="close"),
    path(f"{_report}withdraw/", deciding.withdraw, name="withdraw"),
    path("tracing/unidentified/", searching.unidentified, name="unidentified"),
    path("tracing/unidentified/export/", searching.export, name="unidentified_export"),
    path(_person, searching.person, name="person"),
    path(f"{_person}places/", searching.places, name="places"),
    path(f"{_person}begin/", searching.begin, name="begin"),
    path(f"{_person}steps/<slug:code>/", searching.step, name="step"),
    path(f"{_person}end/", searching.end, name="end"),
    path(f"{_person}give-up/", searching.give_up, name="give_up"),
    path(f"{_person}reveal/", searching.reveal, name="search_reveal"),
    path(f"{_person}fragments/add/", fragments.add, name="fragment_add"),
    path(
        "tracing/fragments/<uuid:public_id>/withdraw/", fragments.withdraw, name="withdraw_fragment"
    ),
    path("tracing/fragments/<uuid:public_id>/sound/", fragments.sound, name="sound"),
    path("tracing/places/<uuid:public_id>/dismiss/", fragments.dismiss, name="dismiss"),
    path("tracing/steps/<uuid:public_id>/evidence/", searching.evidence, name="evidence"),
    path("tracing/files/", imports.files, name="files"),
    path("tracing/files/template/", imports.template, name="template"),
    path(_file, imports.file, name="file"),
    path(f"{_file}confirm/", imports.confirm, name="confirm"),
    path(f"{_file}drop/", imports.drop, name="drop"),
    path(f"{_file}unmended/", imports.unmended, name="unmended"),
]
