"""Help for somebody of the ledger, step by step: disability card, assistance, school, training (P14-26, P1-74)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.homeward.models import Card, HelpKind, HelpStep, LedgerEntry, LedgerHelp
from nuantu.homeward.rules.revisits import LAST_STEPS, steps_after
from nuantu.homeward.services.ledger import judging, owing
from nuantu.homeward.services.ledger.entries import hold
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.operations.services import complete_duty, open_duty


def begin_help(
    *, actor: Actor, at: datetime, entry: LedgerEntry, kind: str, body: str, paper: str = ""
) -> LedgerHelp:
    """Somebody asked the body that grants it; the next step is owed. Raises HomewardRefused with the field."""
    if not body.strip():
        raise HomewardRefused(_("请写联系的是哪个单位，例如“县残联”。"), field="body")
    try:
        with transaction.atomic():
            held = hold(entry)
            due_at, basis = judging.last_moment(held, kind, at)
            row = LedgerHelp.objects.create(
                entry=held,
                kind=kind,
                body=body.strip()[:120],
                paper=paper.strip()[:200],
                begun_at=at,
                due_at=due_at,
            )
            _owe(actor, at, held, row, basis)
            if kind == HelpKind.CARD and held.card != Card.MISSING:
                held.card = Card.MISSING
                held.save(update_fields=["card"])
                judging.judge_again(actor=actor, at=at, entry=held)
            _note(actor, at, held, row)
    except IntegrityError as error:
        if "homeward_ledgerhelp_one_of_a_kind" in str(error):
            raise HomewardRefused(_("这一项已经在办。"), field="kind") from error
        raise
    return row


def step_on(
    *, actor: Actor, at: datetime, row: LedgerHelp, step: str, paper: str = ""
) -> LedgerHelp:
    """One step further, with its paper; the last one ends it. Raises HomewardRefused with the field."""
    with transaction.atomic():
        entry = hold(row.entry)
        held = LedgerHelp.objects.select_for_update().get(pk=row.pk)
        if step not in steps_after(held.kind, held.step):
            raise HomewardRefused(_("这一步现在不能选：残疾人证要一步一步办。"), field="step")
        if step in LAST_STEPS and not paper.strip():
            raise HomewardRefused(_("请写证件号、批文号或没有办成的原因。"), field="paper")
        for duty in owing.owed_of_help(held):
            complete_duty(actor=actor, at=at, duty=duty, evidence=held.public_id)
        held.step, held.paper = step, paper.strip()[:200] or held.paper
        if step in LAST_STEPS:
            held.ended_at, held.due_at = at, None
        else:
            held.due_at, basis = judging.last_moment(entry, held.kind, at)
            _owe(actor, at, entry, held, basis)
        held.save()
        if held.kind == HelpKind.CARD and step == HelpStep.ISSUED:
            entry.card = Card.HAS
            entry.save(update_fields=["card"])
        _note(actor, at, entry, held)
        judging.judge_again(actor=actor, at=at, entry=entry)
    return held


def _owe(actor: Actor, at: datetime, entry: LedgerEntry, row: LedgerHelp, basis: str) -> None:
    chinese, english, rule = owing.TITLES[owing.HELP]
    kind = HelpKind(row.kind)
    open_duty(
        actor=actor,
        at=at,
        kind=owing.HELP,
        title=f"{chinese}（{stored(kind.label)}）",
        title_en=f"{english} ({row.kind})",
        subject=Subject(owing.HELP_ROW, row.public_id),
        owner_org=entry.owner_org,
        division_code=entry.division_code,
        due_at=row.due_at or at,
        basis=basis[:200],
        basis_rule=rule,
        assignee=entry.keeper,
    )


def _note(actor: Actor, at: datetime, entry: LedgerEntry, row: LedgerHelp) -> None:
    kind, step = stored(HelpKind(row.kind).label), stored(HelpStep(row.step).label)
    note(
        entry,
        "ledger_entry.help",
        actor=actor,
        at=at,
        summary=f"{kind}：{step}",
        changes={"kind": row.kind, "step": row.step, "note": row.paper},
    )
