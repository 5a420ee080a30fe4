"""What a paper rests on: nobody signs what he has not read, nothing is lost, every look is written."""

from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.papers import services
from nuantu.papers.models import PaperSignature, PaperTemplate, PaperVersion
from nuantu.papers.rules.values import thawed
from nuantu.papers.selectors import kinds
from tests import builders
from tests.papers.files import with_line_spacing
from tests.web import sees, submits

if TYPE_CHECKING:
    from nuantu.papers.models import Paper
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _url(name: str, paper: "Paper", *more: object) -> str:
    return reverse(f"papers:{name}", args=[paper.public_id, *more])


def _issued_again(cast: "Cast", paper: "Paper") -> PaperVersion:
    actor = cast.dispatcher.actor
    values = thawed(paper.versions.get(version=1).values.open()) | {"remark": "愿意说话"}
    with scope.enter(scope.of_actor(actor)):
        return services.reissue_paper(
            actor=actor, at=clock.now(), paper=paper, values=values, reason="情况变了"
        )


def _sheet(version: int) -> dict[str, Any]:
    """A picture of the signed sheet, and which version it is said to be."""
    picture = b64decode(builders.drawn().partition(",")[2])
    return {
        "upload": SimpleUploadedFile("sheet.png", picture, "image/png"),
        "version": version,
        "places": ["staff_signature"],
    }


@pytest.mark.slow
def test_nobody_signs_what_was_issued_again_while_he_read(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    _issued_again(cast, paper)
    read = {"slot": "person_signature", "drawn": builders.drawn(), "version": 1}
    answer = cast.dispatcher.browser().post(_url("sign", paper), read)
    assert answer.status_code == 422
    sees(answer, "请读过新的一版再签")
    assert not PaperSignature.objects.exists()
    submits(cast.dispatcher, _url("sign", paper), read | {"version": 2})
    assert PaperSignature.objects.get().issued.version == 2


@pytest.mark.slow
def test_a_signed_sheet_lies_with_the_version_that_it_shows(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    _issued_again(cast, paper)
    browser = cast.dispatcher.browser()
    sees(browser.get(_url("scan", paper)), "签的是哪一版", "第1版")
    assert browser.post(_url("scan", paper), _sheet(version=9)).status_code == 422
    submits(browser, _url("scan", paper), _sheet(version=1))
    assert PaperSignature.objects.get().issued.version == 1


@pytest.mark.slow
def test_a_paper_whose_facts_are_out_of_reach_is_not_issued_again_as_a_blank(
    cast: "Cast", monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = builders.a_paper(cast)
    before = thawed(paper.versions.get().values.open())
    monkeypatch.delitem(kinds._feeds, paper.kind)
    submits(cast.dispatcher, _url("reissue", paper), {"reason": "补充", "remark": "愿意说话"})
    after = thawed(paper.versions.get(version=2).values.open())
    assert after == before | {"remark": "愿意说话"}


def test_whoever_is_shown_what_was_typed_to_issue_it_again_has_opened_it(cast: "Cast") -> None:
    paper = builders.a_paper(cast, remark="说话清楚")
    browser = cast.station_head.browser()
    sees(browser.get(_url("reissue", paper)), "说话清楚")
    browser.get(_url("reissue", paper))
    line = JournalEntry.objects.get(verb="papers.paper.open")
    assert line.actor_name == cast.station_head.name


def test_a_template_that_cannot_be_printed_is_refused_when_it_is_uploaded(cast: "Cast") -> None:
    url = reverse("papers:template", args=["street_refusal"])
    file = SimpleUploadedFile("坏.docx", with_line_spacing("many"))
    sent = {"file": file, "in_force_date": clock.today().isoformat(), "note": ""}
    answer = cast.admin.browser().post(url, sent)
    assert answer.status_code == 422
    sees(answer, "排不成 PDF")
    assert not PaperTemplate.objects.exists()


def test_a_template_kept_from_before_that_cannot_be_printed_says_so(cast: "Cast") -> None:
    template = builders.a_paper_template(cast)
    PaperTemplate.objects.filter(pk=template.pk).update(content=with_line_spacing("many"))
    url = reverse("papers:sample", args=["street_refusal"])
    answer = cast.admin.browser().get(url)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("papers:template", args=["street_refusal"])
