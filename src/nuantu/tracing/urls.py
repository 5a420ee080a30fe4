"""Addresses of tracing."""

from django.urls import path

from nuantu.tracing.views import deciding, imports, reports

app_name = "tracing"
_report = "tracing/reports/<uuid:public_id>/"
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
    path("tracing/files/", imports.files, name="files"),
    path("tracing/files/template/", imports.template, name="template"),
    path(_file, imports.file, name="file"),
    path(f"{_file}confirm/", imports.confirm, name="confirm"),
    path(f"{_file}drop/", imports.drop, name="drop"),
    path(f"{_file}unmended/", imports.unmended, name="unmended"),
]
