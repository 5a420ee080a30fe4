"""Issuing a paper: the next number, the values frozen; issuing it again when the facts changed."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from nuantu.core import clock, events
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.ids import new_id
from nuantu.papers.models import Paper, PaperVersion
from nuantu.papers.rules import values as rules
from nuantu.papers.rules.kinds import PaperKind, Values
from nuantu.papers.selectors import kinds
from nuantu.papers.selectors.kinds import word
from nuantu.papers.services.lines import note
from nuantu.papers.services.templates import template_in_force

_COUNT = """
INSERT INTO papers_papercounter (public_id, org_code, kind, year, last) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (org_code, kind, year) DO UPDATE SET last = papers_papercounter.last + 1 RETURNING last
"""


class IssueRefused(Refusal):
    """The paper cannot be issued as asked."""


def _next_serial(org_code: str, kind: str, year: int) -> int:
    """The next number; the row stays locked until the transaction ends, so none is lost or doubled."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [new_id(), org_code, kind, year])
        (serial,) = cursor.fetchone()
    return int(serial)


def take_number(*, actor: Actor, at: datetime, kind: PaperKind) -> str:
    """The next number of a kind in the actor's house, for what is sent without a case and so without a paper."""
    year = clock.local(at).year
    return rules.number_text(kind.mark, year, _next_serial(actor.org_code, kind.code, year))


def _must_be_whole(kind: PaperKind, values: Values) -> None:
    lacking = rules.missing(kind, values)
    if lacking:
        raise IssueRefused(
            _("请先填写：%(fields)s。") % {"fields": _("、").join(word(one) for one in lacking)},
            field=lacking[0].code,
        )


def issue_paper(
    *, actor: Actor, at: datetime, kind: PaperKind, subject: Any, values: Values
) -> Paper:
    """Give a paper its number and freeze what stands in it.

    `subject` is the row that the kind's feed reads (it has division, owner and case); `values` are
    its facts and what was typed. Raises IssueRefused and TemplateRefused.
    """
    feed, whole = kinds.feed_of(kind.code), rules.kept(kind, values)
    _must_be_whole(kind, whole)
    if feed is None:
        raise IssueRefused(_("这种文书还没有资料来源。"))
    year = clock.local(at).year
    with transaction.atomic():
        serial = _next_serial(actor.org_code, kind.code, year)
        paper = Paper.objects.create(
            division_code=subject.division_code,
            owner_org=subject.owner_org,
            case_id=subject.case_id,
            recorded_at=at,
            kind=kind.code,
            numbered_by=actor.org_code,
            year=year,
            serial=serial,
            number=rules.number_text(kind.mark, year, serial),
            subject_kind=feed.subject_kind,
            subject_id=subject.public_id,
            issued_at=at,
        )
        _freeze(actor, at, paper, kind, whole)
        note(
            verb="papers.paper.issue",
            actor=actor,
            at=at,
            paper=paper,
            summary=f"出具文书：{kind.zh} {paper.number}",
            changes={"kind_en": kind.en, "values_digest": rules.digest(whole)},
        )
        events.announce("papers.paper_issued", paper=str(paper.public_id), kind=kind.code)
    return paper


def reissue_paper(
    *, actor: Actor, at: datetime, paper: Paper, values: Values, reason: str
) -> PaperVersion:
    """Issue a paper again under its number: the old version stays and is superseded.

    Raises IssueRefused where nothing changed, no reason is given, the paper is void or somebody
    issued it again at the same moment.
    """
    kind, why = kinds.kinds()[paper.kind], " ".join(reason.split())
    whole = rules.kept(kind, values)
    _must_be_whole(kind, whole)
    if not why:
        raise IssueRefused(_("请写明为什么重新出具。"), field="reason")
    with transaction.atomic():
        before = current_version(paper)
        changed = rules.changed(kind, rules.thawed(before.values.open()), whole)
        template = template_in_force(kind=kind, org_code=actor.org_code, at=at)
        if not changed and template.pk == before.template_id:
            raise IssueRefused(_("内容和模板都没有变化，不用重新出具。"))
        _take_place(paper, before, at)
        made = _freeze(actor, at, paper, kind, whole, changed=changed, reason=why[:200])
        note(
            verb="papers.paper.reissue",
            actor=actor,
            at=at,
            paper=paper,
            summary=f"重新出具文书：{kind.zh} {paper.number} 第{made.version}版",
            basis=why,
            changes={"kind_en": kind.en, "changed": changed, "values_digest": rules.digest(whole)},
        )
    return made


def current_version(paper: Paper) -> PaperVersion:
    """The version in force."""
    return paper.versions.select_related("template", "paper").get(version=paper.version)


def _take_place(paper: Paper, before: PaperVersion, at: datetime) -> None:
    """Of two people who issue again at once, the second is told."""
    taken = Paper.objects.filter(
        pk=paper.pk, version=before.version, state=Paper.State.ISSUED
    ).update(version=before.version + 1, issued_at=at)
    if not taken:
        raise IssueRefused(_("这份文书刚被别人重新出具或作废，请刷新后再看。"))
    paper.refresh_from_db()


def _freeze(
    actor: Actor,
    at: datetime,
    paper: Paper,
    kind: PaperKind,
    values: Values,
    **more: Any,
) -> PaperVersion:
    return PaperVersion.objects.create(
        case_id=paper.case_id or paper.public_id,
        paper=paper,
        version=paper.version,
        template=template_in_force(kind=kind, org_code=actor.org_code, at=at),
        values=rules.frozen(values),
        values_digest=rules.digest(values),
        issued_at=at,
        issued_by=actor.name,
        issued_org=actor.org_code,
        **more,
    )
