"""Who may enter the pages of tracing: a report and a file of the station of 凯里.

The station's tracing officer and its head work there; its leader, the bureau and the audit read. Neither
the police nor a partner has an account for it, and the head of another prefecture's station finds nothing.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from nuantu.accounts.services import make_grant
from nuantu.core import clock, scope
from nuantu.tracing.services import notices
from tests.cast import Cast
from tests.policy.roles import Row, Url, action
from tests.stays import house
from tests.tracing import matching, missing, nobody, noticed
from tests.tracing.decided import agreed, checked
from tests.tracing.shared import a_far_match

WRITES = "tracing_officer station_head"
APPROVES = "station_head leader"
READS = f"{WRITES} leader section_head auditor"
HEARS = f"{WRITES} leader patroller reception carer medic"


def _report(name: str) -> Url:
    return lambda cast: reverse(name, args=[missing.a_report(cast).public_id])


def _file(name: str) -> Url:
    return lambda cast: reverse(name, args=[missing.a_file(cast).public_id])


def _search(name: str, *more: str) -> Url:
    return lambda cast: reverse(name, args=[nobody.a_search(cast).case_id, *more])


def _fragment(name: str) -> Url:
    return lambda cast: reverse(name, args=[nobody.a_fragment(cast).public_id])


def _request(name: str, *more: str) -> Url:
    return lambda cast: reverse(name, args=[nobody.a_request(cast).public_id, *more])


def _scan(cast: Cast) -> str:
    line = nobody.a_request(cast).lines.get()
    return reverse("tracing:scan", args=[line.public_id])


def _place(cast: Cast) -> str:
    place = nobody.a_fragment(cast).places.get(label__contains="三棵树")
    return reverse("tracing:dismiss", args=[place.public_id])


def _begin(cast: Cast) -> str:
    return reverse("tracing:begin", args=[house.a_stay(cast).case_id])


def _evidence(cast: Cast) -> str:
    return reverse("tracing:evidence", args=[nobody.a_step(cast).public_id])


def _more_searches(cast: Cast, count: int) -> None:
    for _ in range(count):
        nobody.a_fragment(cast)


def _draft(name: str) -> Url:
    return lambda cast: reverse(name, args=[noticed.a_draft(cast).public_id])


def _asked(cast: Cast, name: str) -> str:
    notice = noticed.a_draft(cast)
    noticed.asked(cast, notice)
    return reverse(name, args=[notice.public_id])


def _waiting(name: str) -> Url:
    return lambda cast: _asked(cast, name)


def _standing(name: str) -> Url:
    return lambda cast: reverse(name, args=[noticed.a_standing(cast).public_id])


def _posting(name: str, *more: str) -> Url:
    return lambda cast: reverse(
        name, args=[noticed.sent(cast, noticed.a_standing(cast)).public_id, *more]
    )


def _lead(name: str) -> Url:
    return lambda cast: reverse(name, args=[noticed.a_lead(cast).public_id])


def _new(cast: Cast) -> str:
    return f"{reverse('tracing:notice_new')}?case={noticed.a_case(cast).public_id}"


def _more_notices(cast: Cast, count: int) -> None:
    for _ in range(count):
        noticed.sent(cast, noticed.a_standing(cast))


def _match(name: str) -> Url:
    return lambda cast: reverse(name, args=[matching.a_match(cast).public_id])


def _checked(name: str, **more: Any) -> Url:
    """A pair of which everything was checked."""

    def at(cast: Cast) -> str:
        match = matching.a_match(cast, report=agreed(cast), **more)
        checked(cast.tracing_officer, match)
        return reverse(name, args=[match.public_id])

    return at


def _proposed(name: str) -> Url:
    """A pair that a third account has proposed."""
    return _checked(
            name, state="proposed", proposed_by="样提出", proposed_by_id=uuid4(), proposed_at=clock.now(),
            proposed_reason="都对上了",
        )  # fmt: skip


def _shared(cast: Cast) -> str:
    """A report of the station that is open to another one."""
    report, at = missing.a_report(cast), clock.now()
    with scope.system("a letter was answered"):
        make_grant(
            actor=cast.tracing_officer.actor, at=at, org_code="JZ-520100", key_id=report.public_id, purpose="函",
            until=at + timedelta(days=30),
        )  # fmt: skip
    return reverse("tracing:share_end", args=[report.public_id, "JZ-520100"])


def _far(cast: Cast) -> str:
    """A pair whose report another station holds."""
    return reverse("tracing:match_ask", args=[a_far_match(cast).public_id])


def _down(cast: Cast) -> str:
    """A posting that was taken down."""
    row = noticed.sent(cast, noticed.a_standing(cast))
    gone = notices.Proof(words="网站已删")
    noticed.as_officer(
        cast, lambda actor: notices.take_down(actor=actor, at=clock.now(), posting=row, proof=gone)
    )
    return reverse("tracing:posting_again", args=[row.public_id])


def _more_matches(cast: Cast, count: int) -> None:
    for _ in range(count):
        matching.a_match(cast, report=missing.a_report(cast, source="station", source_name="某站"))


def _more(cast: Cast, count: int) -> None:
    for _ in range(count):
        missing.a_report(cast)


def _more_files(cast: Cast, count: int) -> None:
    for _ in range(count):
        missing.a_file(cast)


ROLES = {
    "tracing:reports": Row(f"{READS} outsider", more=_more),
    "tracing:export": Row(f"{WRITES} outsider", more=_more),
    "tracing:new": Row(f"{WRITES} outsider"),
    "tracing:report": Row(READS, absent_for="outsider", at=_report("tracing:report")),
    "tracing:correct": Row(WRITES, absent_for="outsider", at=_report("tracing:correct")),
    # Nobody brought a photo of him.
    "tracing:photo": Row("", absent_for=f"{READS} outsider", at=_report("tracing:photo")),
    "tracing:reveal": Row(WRITES, absent_for="outsider", at=_report("tracing:reveal")),
    "tracing:consent": Row(WRITES, absent_for="outsider", at=_report("tracing:consent")),
    "tracing:close": action(
        WRITES, absent_for="outsider", at=_report("tracing:close"), state="found", reason="已回家"
    ),
    "tracing:share_end": Row(WRITES, absent_for="outsider", at=_shared),
    "tracing:match_ask": Row(WRITES, absent_for="outsider", at=_far),
    "tracing:withdraw": action(
        WRITES, absent_for="outsider", at=_report("tracing:withdraw"), reason="来电"
    ),
    "tracing:notices": Row(f"{READS} outsider", more=_more_notices),
    "tracing:notice_export": Row(f"{WRITES} outsider", more=_more_notices),
    "tracing:notice_new": Row(WRITES, absent_for="outsider", at=_new),
    "tracing:notice": Row(READS, absent_for="outsider", at=_standing("tracing:notice")),
    "tracing:notice_edit": Row(WRITES, absent_for="outsider", at=_draft("tracing:notice_edit")),
    # The draft has no photo.
    "tracing:notice_photo": Row(
        "", absent_for=f"{READS} outsider", at=_draft("tracing:notice_photo")
    ),
    "tracing:notice_ask": action(WRITES, absent_for="outsider", at=_draft("tracing:notice_ask")),
    "tracing:notice_approve": action(
        APPROVES, absent_for="outsider", at=_waiting("tracing:notice_approve")
    ),
    "tracing:notice_return": Row(
        APPROVES, absent_for="outsider", at=_waiting("tracing:notice_return")
    ),
    "tracing:notice_unchanged": Row(
        WRITES, absent_for="outsider", at=_standing("tracing:notice_unchanged")
    ),
    "tracing:notice_withdraw": Row(
        WRITES, absent_for="outsider", at=_standing("tracing:notice_withdraw")
    ),
    "tracing:notice_poster": Row(
        READS, absent_for="outsider", at=_standing("tracing:notice_poster")
    ),
    "tracing:notice_pdf": Row(READS, absent_for="outsider", at=_standing("tracing:notice_pdf")),
    "tracing:notice_picture": Row(
        READS, absent_for="outsider", at=_standing("tracing:notice_picture")
    ),
    "tracing:notice_send": Row(WRITES, absent_for="outsider", at=_standing("tracing:notice_send")),
    "tracing:lead_new": Row(WRITES, absent_for="outsider", at=_standing("tracing:lead_new")),
    "tracing:posting": Row(READS, absent_for="outsider", at=_posting("tracing:posting")),
    "tracing:posting_down": Row(WRITES, absent_for="outsider", at=_posting("tracing:posting_down")),
    "tracing:posting_replace": Row(
        WRITES, absent_for="outsider", at=_posting("tracing:posting_replace")
    ),
    "tracing:posting_again": Row(WRITES, absent_for="outsider", at=_down),
    # Sent with a link; nobody took a screenshot.
    "tracing:posting_proof": Row(
        "", absent_for=f"{READS} outsider", at=_posting("tracing:posting_proof", str(uuid4()))
    ),
    "tracing:lead": Row(READS, absent_for="outsider", at=_lead("tracing:lead")),
    "tracing:lead_judge": Row(WRITES, absent_for="outsider", at=_lead("tracing:lead_judge")),
    "tracing:lead_reveal": Row(WRITES, absent_for="outsider", at=_lead("tracing:lead_reveal")),
    "tracing:channels": Row("admin"),
    "tracing:channel_switch": action(
        "admin", at=lambda cast: reverse("tracing:channel_switch", args=["newspaper"])
    ),
    "tracing:requests": Row(f"{READS} outsider"),
    "tracing:requests_export": Row(f"{WRITES} outsider"),
    "tracing:found": Row(f"{READS} outsider"),
    "tracing:found_export": Row(f"{WRITES} outsider"),
    "tracing:matches": Row(f"{READS} outsider", more=_more_matches),
    "tracing:matches-export": Row(f"{WRITES} outsider", more=_more_matches),
    "tracing:match": Row(READS, absent_for="outsider", at=_match("tracing:match")),
    **{
        f"tracing:match-{deed}": Row(
            WRITES, absent_for="outsider", at=_match(f"tracing:match-{deed}")
        )
        for deed in ("check", "reject")
    },
    "tracing:match-propose": Row(
        WRITES, absent_for="outsider", at=_checked("tracing:match-propose")
    ),
    **{
        f"tracing:match-{deed}": Row(
            WRITES, absent_for="outsider", at=_proposed(f"tracing:match-{deed}")
        )
        for deed in ("confirm", "undo")
    },
    "tracing:files": Row(f"{WRITES} outsider", more=_more_files),
    "tracing:template": Row(f"{WRITES} outsider"),
    "tracing:file": Row(WRITES, absent_for="outsider", at=_file("tracing:file")),
    "tracing:confirm": action(WRITES, absent_for="outsider", at=_file("tracing:confirm")),
    "tracing:drop": action(WRITES, absent_for="outsider", at=_file("tracing:drop")),
    "tracing:unmended": Row(WRITES, absent_for="outsider", at=_file("tracing:unmended")),
    "tracing:unidentified": Row(f"{READS} outsider", more=_more_searches),
    "tracing:unidentified_export": Row(f"{WRITES} outsider", more=_more_searches),
    "tracing:person": Row(READS, absent_for="outsider", at=_search("tracing:person")),
    "tracing:places": Row(READS, absent_for="outsider", at=_search("tracing:places")),
    "tracing:begin": Row(WRITES, absent_for="outsider", at=_begin),
    "tracing:step": Row(WRITES, absent_for="outsider", at=_search("tracing:step", "talk")),
    "tracing:end": Row(WRITES, absent_for="outsider", at=_search("tracing:end")),
    "tracing:give_up": Row(WRITES, absent_for="outsider", at=_search("tracing:give_up")),
    "tracing:search_reveal": Row(
        WRITES, absent_for="outsider", at=_search("tracing:search_reveal")
    ),
    "tracing:fragment_add": Row(
        HEARS, absent_for="outsider other_patroller", at=_search("tracing:fragment_add")
    ),
    "tracing:withdraw_fragment": Row(
        WRITES, absent_for="outsider", at=_fragment("tracing:withdraw_fragment")
    ),
    # Nobody recorded him.
    "tracing:sound": Row("", absent_for=f"{READS} outsider", at=_fragment("tracing:sound")),
    "tracing:dismiss": Row(WRITES, absent_for="outsider", at=_place),
    # Nobody took a picture.
    "tracing:evidence": Row("", absent_for=f"{READS} outsider", at=_evidence),
    "tracing:request_add": Row(WRITES, absent_for="outsider", at=_search("tracing:request_add")),
    "tracing:request": Row(READS, absent_for="outsider", at=_request("tracing:request")),
    "tracing:request_answer": Row(
        WRITES, absent_for="outsider", at=_request("tracing:request_answer")
    ),
    "tracing:request_line": Row(
        WRITES, absent_for="outsider", at=_request("tracing:request_line", "remind")
    ),
    # Nobody scanned an answer.
    "tracing:scan": Row("", absent_for=f"{READS} outsider", at=_scan),
}
