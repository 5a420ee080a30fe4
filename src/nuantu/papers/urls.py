"""Addresses of papers."""

from django.urls import path

from nuantu.papers.views import reading, templates, writing

app_name = "papers"
urlpatterns = [
    path("papers/", reading.register, name="list"),
    path("papers/export/", reading.export, name="export"),
    path("papers/case/<uuid:case_id>/", reading.of_case, name="case"),
    path("papers/new/<slug:kind_code>/<uuid:subject_id>/", writing.new, name="new"),
    path("papers/scans/<uuid:public_id>/", reading.scan, name="signature"),
    path("papers/<uuid:public_id>/", reading.paper, name="paper"),
    path("papers/<uuid:public_id>/open/", reading.open_content, name="open"),
    path("papers/<uuid:public_id>/reissue/", writing.reissue, name="reissue"),
    path("papers/<uuid:public_id>/sign/", writing.sign, name="sign"),
    path("papers/<uuid:public_id>/scan/", writing.scan, name="scan"),
    path("papers/<uuid:public_id>/void/", writing.void, name="void"),
    path("papers/<uuid:public_id>/<int:version>/preview.png", reading.preview, name="preview"),
    path("papers/<uuid:public_id>/<int:version>/paper.pdf", reading.pdf, name="pdf"),
    path("papers/<uuid:public_id>/<int:version>/paper.docx", reading.word, name="word"),
    path("paper-templates/", templates.templates, name="templates"),
    path("paper-templates/files/<uuid:public_id>/", templates.word, name="template_file"),
    path(
        "paper-templates/files/<uuid:public_id>/withdraw/",
        templates.withdraw,
        name="template_withdraw",
    ),
    path("paper-templates/<slug:kind_code>/", templates.template, name="template"),
    path("paper-templates/<slug:kind_code>/builtin/", templates.builtin, name="builtin"),
    path("paper-templates/<slug:kind_code>/sample/", templates.sample, name="sample"),
]
