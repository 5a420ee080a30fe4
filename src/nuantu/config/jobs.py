"""Background work of the assembly: telling duty groups, and keeping the demo's roster ahead of the day."""

from django.conf import settings
from django.urls import reverse

from nuantu.accounts.services.channels import notify
from nuantu.config.demo import season
from nuantu.core import clock
from nuantu.core.jobs import job, periodic
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.fieldwork.models import ReviewCard
from nuantu.operations.models import Duty, Handover
from nuantu.warnings.models import Warning as WeatherWarning


@job(name="config.tell_tip")
def tell_tip(tip: str, **_: str) -> None:
    """The station that holds a tip hears of it."""
    row = Tip.objects.get(public_id=tip)
    path = reverse("dispatch:tip", args=[row.public_id])
    notify(
        org_code=row.owner_org,
        event="dispatch.tip_received",
        subject_id=row.public_id,
        path=path,
        at=clock.now(),
    )


@job(name="config.tell_dispatch")
def tell_dispatch(run: str, **_: str) -> None:
    """The team's organisation hears of a dispatch."""
    row = Dispatch.objects.get(public_id=run)
    path = reverse("dispatch:phone")
    notify(
        org_code=row.owner_org,
        event="dispatch.team_assigned",
        subject_id=row.public_id,
        path=path,
        at=clock.now(),
    )


@job(name="config.tell_duty")
def tell_duty(duty: str, rung: str, **_: str) -> None:
    """An overdue duty: whoever owes it, and whoever it was escalated to, hear of it; amber is quiet."""
    if rung == "AMBER":
        return
    row = Duty.objects.get(public_id=duty)
    path = reverse("operations:duty", args=[row.public_id])
    for org in {row.owner_org, row.escalate_to_org} - {""}:
        notify(
            org_code=org,
            event="operations.duty_escalated",
            subject_id=row.public_id,
            path=path,
            at=clock.now(),
        )


@job(name="config.tell_review")
def tell_review(card: str, **_: str) -> None:
    """The desk hears once that a phone's entries wait for it, however many cards they are."""
    row = ReviewCard.objects.get(public_id=card)
    path = reverse("fieldwork:reviews")
    notify(
        org_code=row.owner_org,
        event="fieldwork.review_opened",
        subject_id=row.duty_id or row.public_id,
        path=f"{path}?state={ReviewCard.State.OPEN}",
        at=clock.now(),
    )


@job(name="config.tell_handover")
def tell_handover(handover: str, **_: str) -> None:
    """The organisation that shall accept hears of it."""
    row = Handover.objects.get(public_id=handover)
    path = reverse("operations:handover", args=[row.public_id])
    notify(
        org_code=row.to_org,
        event="operations.handover_offered",
        subject_id=row.public_id,
        path=path,
        at=clock.now(),
    )


@job(name="config.tell_warning")
def tell_warning(warning: str, **_: str) -> None:
    """Whoever took a warning in hears of it, and whoever must acknowledge it for a county."""
    row = WeatherWarning.objects.get(public_id=warning)
    path = reverse("warnings:warning", args=[row.public_id])
    for org in {row.owner_org, *row.coverage.values_list("owner_org", flat=True)}:
        notify(
            org_code=org,
            event="warnings.warning_taken",
            subject_id=row.public_id,
            path=path,
            at=clock.now(),
        )


@periodic(name="config.demo_day", cron="5 * * * *")
def demo_day(timestamp: int) -> None:
    """In a demo: plan the next days' shifts."""
    if settings.NUANTU_MODE == "demo":
        season.keep_going(at=clock.now())
