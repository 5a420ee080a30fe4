"""However the days go, nobody forgets a channel."""

import contextlib
import zlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest

from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.persons.models import Case
from nuantu.tracing.models import Posting, TracingNotice
from nuantu.tracing.services import notices
from tests.cast import Cast
from tests.tracing import noticed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHANNELS = ("tracing_website", "newspaper", "station_door", "public_pages")
STEPS = 25
One = TypeVar("One")


class Dice:
    """Throws that a seed settles."""

    def __init__(self, seed: int) -> None:
        self.seed, self.throws = seed, 0

    def choice(self, of: "Sequence[One]") -> "One":
        """One of them."""
        self.throws += 1
        return of[zlib.crc32(f"{self.seed}:{self.throws}".encode()) % len(of)]


class Days:
    """What may happen to the notices of one person, in any order and as often as anybody likes."""

    def __init__(self, cast: Cast, chance: Dice) -> None:
        self.cast, self.chance = cast, chance
        self.case: Case = noticed.a_case(cast)

    def newest(self) -> TracingNotice | None:
        with scope.system("a test looks"):
            rows = TracingNotice.objects.select_related("of_case__person")
            return rows.filter(case_id=self.case.case_id).order_by("-pk").first()

    def some_posting(self) -> Posting | None:
        with scope.system("a test looks"):
            rows = list(Posting.objects.select_related("notice").order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def begin(self) -> None:
        """Also after a withdrawal: his name turned out false, the search starts again."""
        noticed.a_standing(self.cast, self.case)

    def send(self) -> None:
        notice = self.newest()
        if notice is not None:
            noticed.sent(self.cast, notice, self.chance.choice(CHANNELS))

    def refresh(self) -> None:
        notice, now = self.newest(), clock.now()
        if notice is None:
            return
        text = noticed.text(changed_words="又想起一个地名")
        noticed.as_officer(
            self.cast,
            lambda who: notices.draft_next(actor=who, at=now, notice=notice, text=text),
        )
        noticed.asked(self.cast, notice)
        noticed.approved(self.cast, notice)

    def withdraw(self) -> None:
        noticed.withdrawn(self.cast, self.case, self.chance.choice(("identified", "danger")))

    def about_posting(self) -> None:
        posting, now, proof = self.some_posting(), clock.now(), notices.Proof(link=noticed.LINK)
        if posting is None:
            return
        acts: list[Callable[[Any], object]] = [
            lambda who: notices.take_down(actor=who, at=now, posting=posting, proof=proof),
            lambda who: notices.replace_posting(actor=who, at=now, posting=posting, proof=proof),
            lambda who: notices.stands_again(actor=who, at=now, posting=posting, reason="又见"),
        ]
        noticed.as_officer(self.cast, self.chance.choice(acts))

    def cancelled(self) -> None:
        """Somebody takes what is owed off the board; the hourly look comes back after it."""
        with scope.system("a test cancels"):
            for duty in noticed.duties(notices.TAKE_DOWN):
                duty.state, duty.cancel_reason = "cancelled", "不用了"
                duty.save()
        self.watch()

    def watch(self) -> None:
        with scope.system("a job runs, as often as it likes"):
            notices.look_again(at=clock.now(), person=self.case.person)
            notices.watch_notices(at=clock.now())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_channel_is_left_without_a_duty_in_any_order(cast: Cast, seed: int) -> None:
    """After each step: what may still be seen of a withdrawn notice is owed exactly once, own pages show
    none, and what stands is refreshed by exactly one duty."""
    chance = Dice(seed)
    days = Days(cast, chance)
    steps = (days.begin, days.send, days.send, days.refresh, days.withdraw, days.about_posting)
    for _step in range(STEPS):
        with noticed.later(minutes=_step):
            with contextlib.suppress(Refusal):
                chance.choice((*steps, days.cancelled, days.watch))()
            _nothing_is_forgotten()


def _nothing_is_forgotten() -> None:
    assert noticed.left_unowed() == []
    with scope.system("a test looks"):
        assert (
            not Posting.objects.filter(state="up", form="own")
            .exclude(notice__state="standing")
            .exists()
        )
        up = Posting.objects.filter(state="up").exclude(notice__state="standing").count()
        standing = TracingNotice.objects.filter(state="standing").count()
    assert len(noticed.duties(notices.TAKE_DOWN)) == up
    assert len(noticed.duties(notices.REFRESH)) == standing
