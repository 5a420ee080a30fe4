"""Who may enter the pages of papers: the station that holds the case issues, those above it read.

Administrators keep templates and see no paper; partners, the neighbour county and the other
prefecture find nothing.
"""

from django.urls import reverse

from nuantu.core import clock
from nuantu.papers import services
from nuantu.papers.models import Paper
from tests.builders import a_paper, a_paper_template, a_signature, an_encounter
from tests.cast import Cast
from tests.policy.roles import Row, Url, action

READS = (
    "dispatcher leader patroller reception medic station_head section_head office township auditor "
    "tracing_officer social_worker"
)
# Hold the permission, but another place's case.
ELSEWHERE = "other_patroller outsider"
OPENS = (
    "dispatcher leader patroller reception medic station_head section_head township tracing_officer "
    "social_worker"
)
ISSUES = "dispatcher leader patroller reception medic station_head"


def _paper(name: str) -> Url:
    return lambda cast: reverse(name, args=[a_paper(cast).public_id])


def _opened(name: str) -> Url:
    """A paper that everybody who may has given a purpose for."""

    def at(cast: Cast) -> str:
        paper = a_paper(cast)
        for key in OPENS.split():
            _open(cast, key, paper)
        return reverse(name, args=[paper.public_id, 1])

    return at


def _open(cast: Cast, key: str, paper: Paper) -> None:
    services.open_paper(actor=cast[key].actor, at=clock.now(), paper=paper, purpose="打印签字")


def _signature(cast: Cast) -> str:
    signature = a_signature(cast)
    for key in OPENS.split():
        _open(cast, key, signature.issued.paper)
    return reverse("papers:signature", args=[signature.public_id])


def _case(cast: Cast) -> str:
    return reverse("papers:case", args=[a_paper(cast).case_id])


def _new(cast: Cast) -> str:
    return reverse("papers:new", args=["street_refusal", an_encounter(cast).public_id])


def _template(name: str) -> Url:
    return lambda _cast: reverse(name, args=["street_refusal"])


def _file(name: str) -> Url:
    return lambda cast: reverse(name, args=[a_paper_template(cast).public_id])


def _more(cast: Cast, count: int) -> None:
    for _turn in range(count):
        a_paper(cast)


ROLES = {
    "papers:list": Row(f"{READS} {ELSEWHERE}", more=_more),
    "papers:export": Row("leader station_head section_head outsider"),
    "papers:case": Row(READS, absent_for=ELSEWHERE, at=_case),
    "papers:new": Row(ISSUES, absent_for=ELSEWHERE, at=_new),
    "papers:paper": Row(READS, absent_for=ELSEWHERE, at=_paper("papers:paper")),
    "papers:open": action(OPENS, absent_for=ELSEWHERE, at=_paper("papers:open")),
    "papers:reissue": Row(ISSUES, absent_for=ELSEWHERE, at=_paper("papers:reissue")),
    "papers:sign": Row(ISSUES, absent_for=ELSEWHERE, at=_paper("papers:sign")),
    "papers:scan": Row(ISSUES, absent_for=ELSEWHERE, at=_paper("papers:scan")),
    "papers:void": Row("leader station_head", absent_for="outsider", at=_paper("papers:void")),
    "papers:preview": Row(OPENS, absent_for=ELSEWHERE, at=_opened("papers:preview")),
    "papers:pdf": Row(OPENS, absent_for=ELSEWHERE, at=_opened("papers:pdf")),
    "papers:word": Row(OPENS, absent_for=ELSEWHERE, at=_opened("papers:word")),
    "papers:signature": Row(OPENS, absent_for=ELSEWHERE, at=_signature),
    "papers:templates": Row("admin"),
    "papers:template": Row("admin", at=_template("papers:template")),
    "papers:builtin": Row("admin", at=_template("papers:builtin")),
    "papers:sample": Row("admin", at=_template("papers:sample")),
    "papers:template_file": Row("admin", at=_file("papers:template_file")),
    "papers:template_withdraw": action("admin", at=_file("papers:template_withdraw")),
}
