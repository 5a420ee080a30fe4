"""Addresses of tracing."""

from django.urls import path

from nuantu.tracing.views import (
    approving,
    deciding,
    found,
    fragments,
    imports,
    leads,
    matches,
    matching,
    notices,
    postings,
    reports,
    searching,
)

app_name = "tracing"
_report = "tracing/reports/<uuid:public_id>/"
_person = "tracing/unidentified/<uuid:case_id>/"
_match = "tracing/matches/<uuid:public_id>/"
_file = "tracing/files/<uuid:public_id>/"
_notice = "tracing/notices/<uuid:public_id>/"
_posting = "tracing/postings/<uuid:public_id>/"
_lead = "tracing/leads/<uuid:public_id>/"
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
    path("tracing/notices/", notices.notices, name="notices"),
    path("tracing/notices/export/", notices.export, name="notice_export"),
    path("tracing/notices/new/", notices.new, name="notice_new"),
    path("tracing/notices/photos/<uuid:public_id>/", notices.photo, name="notice_photo"),
    path(_notice, notices.notice, name="notice"),
    path(f"{_notice}edit/", notices.edit, name="notice_edit"),
    path(f"{_notice}ask/", approving.ask, name="notice_ask"),
    path(f"{_notice}approve/", approving.approve, name="notice_approve"),
    path(f"{_notice}return/", approving.give_back, name="notice_return"),
    path(f"{_notice}unchanged/", approving.unchanged, name="notice_unchanged"),
    path(f"{_notice}withdraw/", approving.withdraw, name="notice_withdraw"),
    path(f"{_notice}poster/", approving.preview, name="notice_poster"),
    path(f"{_notice}poster.pdf", approving.pdf, name="notice_pdf"),
    path(f"{_notice}poster.png", approving.picture, name="notice_picture"),
    path(f"{_notice}send/", postings.send, name="notice_send"),
    path(f"{_notice}leads/new/", leads.new, name="lead_new"),
    path(_posting, postings.posting, name="posting"),
    path(f"{_posting}down/", postings.down, name="posting_down"),
    path(f"{_posting}replace/", postings.replace, name="posting_replace"),
    path(f"{_posting}again/", postings.again, name="posting_again"),
    path(f"{_posting}proof/<slug:which>/", postings.proof, name="posting_proof"),
    path(_lead, leads.lead, name="lead"),
    path(f"{_lead}judge/", leads.judge, name="lead_judge"),
    path(f"{_lead}reveal/", leads.reveal, name="lead_reveal"),
    path("tracing/channels/", postings.channels, name="channels"),
    path("tracing/channels/<slug:code>/switch/", postings.switch, name="channel_switch"),
    path("tracing/matches/", matches.matches, name="matches"),
    path("tracing/matches/export/", matches.export, name="matches-export"),
    path("tracing/found/", found.found, name="found"),
    path("tracing/found/export/", found.export, name="found_export"),
    path(_match, matches.match, name="match"),
    path(f"{_match}check/", matching.check, name="match-check"),
    path(f"{_match}propose/", matching.propose, name="match-propose"),
    path(f"{_match}confirm/", matching.confirm, name="match-confirm"),
    path(f"{_match}reject/", matching.reject, name="match-reject"),
    path(f"{_match}undo/", matching.undo, name="match-undo"),
    path("tracing/files/", imports.files, name="files"),
    path("tracing/files/template/", imports.template, name="template"),
    path(_file, imports.file, name="file"),
    path(f"{_file}confirm/", imports.confirm, name="confirm"),
    path(f"{_file}drop/", imports.drop, name="drop"),
    path(f"{_file}unmended/", imports.unmended, name="unmended"),
]
