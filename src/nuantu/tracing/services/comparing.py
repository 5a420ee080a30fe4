"""Everybody whom nobody can name against every report: from the state of the tables, whatever happened before.

A run that finds nothing changed writes nothing. It may run at any moment, twice, or after a crash: what it
leaves depends on the rows alone.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.fields import keyed_hash
from nuantu.core.turns import wait_for_turn
from nuantu.linkage.columns import Found
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Case
from nuantu.tracing.models import Comparison, Match, MatchState, MissingReport
from nuantu.tracing.rules.settling import Compared, Kept, Limits, Prior, settled, shown_today
from nuantu.tracing.selectors.register import Row, rows_of
from nuantu.tracing.selectors.unknown import found_of, is_thin, unnamed_cases
from nuantu.tracing.services.index import index_for
from nuantu.tracing.services.joining import doubt_confirmed
from nuantu.tracing.services.reasons import EXPLAIN, counties, reasons
from nuantu.tracing.services.waking import JOB

WHY: Final = "the matching index stands outside row security"
NOTHING: Final = Compared(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Dated parameters of matching: shares between 0 and 1, `material` in nats, counts."""

    least: float
    most: int
    prior: float
    material: float
    new_a_day: int
    sure: float

    @property
    def limits(self) -> Limits:
        """What decides on the state of a pair."""
        return Limits(self.least, self.material)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run goes by. `index` is the engine's, None without reports."""

    at: datetime
    index: Any
    generation: int
    holders: Mapping[int, str]
    rows: Mapping[int, Row]
    places: Mapping[str, str]


def figures_at(division_code: str, at: datetime) -> Figures:
    """The parameters that hold for a place at a moment."""
    book = rules_at(division_code, at)
    return Figures(
        least=float(book.need("tracing.match_least").number),
        prior=float(book.need("tracing.match_prior").number),
        most=int(book.need("tracing.match_most").number),
        material=math.log(float(book.need("tracing.match_material").number)),
        new_a_day=int(book.need("tracing.match_new").number),
        sure=float(book.need("tracing.match_band", key="strong").number),
    )


def compare_all(*, at: datetime) -> int:
    """Bring every suspected match in line with what is known now; how many people were compared anew."""
    with scope.system(WHY):
        wait_for_turn(JOB)
        rows = rows_of(clock.local(at).date())
        index, generation = index_for(rows)
        holders = dict(
            MissingReport.objects.filter(pk__in=[row.key for row in rows]).values_list(
                "pk", "owner_org"
            )
        )
        cases = list(unnamed_cases())
        codes = {row.lost_county for row in rows} | {case.division_code[:6] for case in cases}
        by_key = {row.key: row for row in rows}
        run = Run(at, index, generation, holders, by_key, counties(codes))
        done = sum(_compare(run, case, found) for case, found in _asked(cases, rows))
        _leave(cases)
        _show(at)
        doubt_confirmed(actor=SYSTEM, at=at)
    return done


def _asked(cases: list[Case], rows: Iterable[Row]) -> list[tuple[Case, Found]]:
    found = found_of(cases, {row.surname for row in rows if row.surname})
    return [(case, found[case.public_id]) for case in cases]


def _compare(run: Run, case: Case, found: Found) -> bool:
    """Compare one person unless nothing changed since the last time."""
    figures = figures_at(case.division_code, run.at)
    asked_hash = keyed_hash(repr((astuple(found), astuple(figures), case.owner_org)))
    before = Comparison.objects.filter(case_id=case.case_id).first()
    if before and (before.asked_hash, before.generation) == (asked_hash, run.generation):
        return False
    kept = {match.report_id: match for match in _matches(Q(case_id=case.case_id))}
    absent, compared = _engine(run, found, figures, kept)
    for key in sorted({*kept, *compared}):
        _settle(run, case, found, figures, key, kept.get(key), compared.get(key))
    Comparison.objects.update_or_create(
        case_id=case.case_id,
        defaults={
            "division_code": case.division_code, "owner_org": case.owner_org, "person": case.person,
            "asked_hash": asked_hash, "generation": run.generation, "report_count": len(run.holders),
            "absent": absent, "is_thin": is_thin(found), "compared_at": run.at,
        },
    )  # fmt: skip
    return True


def _matches(which: Q) -> Iterable[Any]:
    return Match.objects.filter(which).annotate(check_count=Count("checks"))


def _engine(
    run: Run, found: Found, figures: Figures, kept: Mapping[int, Match]
) -> tuple[float, dict[int, tuple[Compared, Any]]]:
    """How likely he is in no report; figures and explanation of each pair that is likely or stands already."""
    if run.index is None or is_thin(found):
        return 1.0, {}
    explain: Any = import_module(EXPLAIN).explain
    ranking = run.index.search(found, figures.most)
    prior = Prior(figures.prior, len(run.holders), float(ranking.everybody))
    rows = zip(
        ranking.rid.tolist(), ranking.posterior.tolist(), ranking.score.tolist(), strict=True
    )
    likely = {
        int(rid)
        for rid, posterior, score in rows
        if prior.bounded(posterior, score) >= figures.least
    }
    compared = {}
    for key in sorted(likely | (kept.keys() & run.holders.keys())):
        one = explain(run.index, found, key)
        score = float(one.score)
        compared[key] = (Compared(prior.bounded(float(one.posterior), score), score), one)
    return max(float(ranking.absent), prior.absent), compared


def _settle(
    run: Run,
    case: Case,
    found: Found,
    figures: Figures,
    key: int,
    match: Any,
    answered: Any,
) -> None:
    is_searched = key in run.holders
    compared, explained = answered if answered is not None else (NOTHING, None)
    if match is None:
        match = Match(case_id=case.case_id, report_id=key, division_code=case.division_code)
        kept = Kept()
    else:
        kept = Kept(match.state, match.check_count > 0, match.rejected_score)
    state = settled(kept, compared if is_searched else None, figures.limits)
    if not state or match.state == MatchState.CONFIRMED:
        return
    if state == MatchState.OPEN and kept.state == MatchState.REJECTED:
        match.is_again, match.shown_at = True, None
    match.state, match.person, match.owner_org = state, case.person, case.owner_org
    match.generation, match.compared_at = run.generation, run.at
    match.holder_org = run.holders.get(key, match.holder_org)
    if is_searched:
        match.posterior, match.score = compared.posterior, compared.score
    else:  # what a report said that is closed or hidden stands nowhere else
        match.words, match.parts = "", []
    if explained is not None:
        match.parts = [f"{one.field}:{one.nats:.3f}:{one.why}" for one in explained.contributions]
        is_ours = match.holder_org == match.owner_org  # else the words stay with the report
        said = reasons(explained, found, run.rows[key], run.places) if is_ours else ""
        match.words = said
    match.save()


def _leave(cases: Iterable[Case]) -> None:
    """Who is known by now, or gone, is compared no more; what was decided about him stays."""
    still = {case.case_id for case in cases}
    gone = Comparison.objects.exclude(case_id__in=still)
    ended: list[UUID | None] = list(gone.values_list("case_id", flat=True))
    for match in Match.objects.filter(case_id__in=ended):
        state = settled(Kept(match.state), None, Limits(0.0, 0.0))
        if state != match.state:
            match.state = state
            match.save(update_fields=["state"])
    gone.delete()


def _show(at: datetime) -> None:
    """Show what waits, as much as an organisation can look at in a day; the weakest wait on."""
    waiting: defaultdict[str, list[Match]] = defaultdict(list)
    for match in Match.objects.filter(state=MatchState.OPEN, shown_at=None).order_by("pk"):
        waiting[match.owner_org].append(match)
    midnight = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    for org, matches in waiting.items():
        figures = figures_at(matches[0].division_code, at)
        seen = Match.objects.filter(owner_org=org, shown_at__gte=midnight).count()
        shown = shown_today(
            [(match.posterior, match.pk) for match in matches],
            room=figures.new_a_day - seen,
            sure=figures.sure,
        )
        Match.objects.filter(pk__in=shown).update(shown_at=at)
