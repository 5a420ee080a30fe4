"""What words say that can be compared, and what becomes of a pair; no database."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.tracing.models import Mark
from nuantu.tracing.rules import asking
from nuantu.tracing.rules.settling import Compared, Kept, Limits, Prior, settled, shown_today

LIMITS = Limits(least=0.1, material=2.0)
Pair = tuple[int, int]
STEP = st.tuples(
    st.sampled_from(["told", "closed", "rejected", "run"]),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
    st.floats(0, 10),
)


@pytest.mark.parametrize(
    ("words", "is_whole", "parts"),
    [
        ("样大山（演示）", True, ("样", "大山")),
        ("大山", False, ("", "大山")),
        ("样大山", False, ("", "样大山")),
        ("王大山", False, ("王", "大山")),
        ("欧阳翀", False, ("欧阳", "翀")),
        ("張建華", True, ("张", "建华")),
        ("Yang A Mei (demo)", True, ("", "YangAMei")),
        ("阿·卜杜拉", True, ("", "阿卜杜拉")),
        ("", True, ("", "")),
    ],
)
def test_a_name_has_its_parts(words: str, is_whole: bool, parts: tuple[str, str]) -> None:
    assert asking.name_parts(words, is_whole=is_whole) == parts


def test_a_surname_of_the_register_is_one() -> None:
    assert asking.name_parts("样大山", {"样"}, is_whole=False) == ("样", "大山")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("左手缺一指", {"missing_finger"}),
        ("断了两根手指", {"missing_finger"}),
        ("跛行，拄木棍", {"limp"}),
        ("左臂截肢", {"missing_limb"}),
        ("耳背，说话大声", {"deaf"}),
        ("背驼，左脸一道疤", {"hunched_back", "scar_face"}),
        ("灰大衣，戴眼镜", set()),
    ],
)
def test_words_tell_of_marks(words: str, codes: set[str]) -> None:
    bits = asking.marks_of((), words)
    assert {code for place, code in enumerate(asking.MARK_BITS) if bits >> place & 1} == codes


def test_every_mark_of_the_list_has_its_bit() -> None:
    assert set(asking.MARK_BITS) == set(Mark.values)


def test_heights_places_accents_and_homes_are_read() -> None:
    assert (
        asking.height_of("身高约165厘米"),
        asking.height_of("1米72"),
        asking.height_of("很高"),
    ) == (165, 172, -1)
    assert asking.pieces_of("凯里市三棵树镇，老街、台江") == ["凯里市", "三棵树镇", "老街", "台江"]
    assert asking.accent_of("毕节话", {"毕节": "52", "四川": "51"}) == "52"
    assert asking.accent_of("像四川又像毕节", {"毕节": "52", "四川": "51"}) == ""
    assert asking.home_of("湖南省怀化地区红星社区") == ("湖南省", "怀化地区", "", "", "红星社区")


def test_the_best_of_few_reports_is_not_sure_for_that() -> None:
    """Thirty reports, the best a little better than the others: the engine's certainty is bounded."""
    prior = Prior(share=0.3, reports=30, everybody=math.log(29 + math.exp(1.5)))
    assert prior.bounded(0.99, 1.5) < 0.06
    assert prior.bounded(0.01, 9.0) == 0.01
    assert Prior(0.3, 30, 9.0).bounded(0.999, 9.0) > 0.95


class _World:
    """Scores that hold now, and pairs as runs and people left them."""

    def __init__(self) -> None:
        self.scores: dict[Pair, float] = {}
        self.kept: dict[Pair, Kept] = {}

    def reject(self, pair: Pair) -> None:
        """Somebody rejects a pair that he sees."""
        if self.kept.get(pair, Kept()).state == "open":
            self.kept[pair] = Kept("rejected", rejected_score=self.scores.get(pair, 0.0))

    def run(self) -> None:
        """The job comes by."""
        for pair in {*self.scores, *self.kept}:
            score = self.scores.get(pair)
            before = self.kept.get(pair, Kept())
            compared = None if score is None else Compared(score / 10, score)
            state = settled(before, compared, LIMITS)
            if state:
                self.kept[pair] = Kept(state, rejected_score=before.rejected_score)

    def go(self, deed: str, pair: Pair, score: float) -> None:
        """One thing happens."""
        if deed == "told":
            self.scores[pair] = score
        elif deed == "closed":
            self.scores.pop(pair, None)
        elif deed == "rejected":
            self.reject(pair)
        else:
            self.run()


@given(st.lists(STEP, max_size=40))
def test_no_pair_is_lost_or_doubled_in_any_order(steps: list[tuple[str, Pair, float]]) -> None:
    """Whatever is told, rejected, closed, and however often a run begins anew: afterwards the suspected pairs are
    those that are likely and that nobody rejected at about this score."""
    world = _World()
    for deed, pair, score in steps:
        world.go(deed, pair, score)
    world.run()
    world.run()
    suspected = {pair for pair, one in world.kept.items() if one.state == "open"}
    rejected = {pair for pair, one in world.kept.items() if one.state == "rejected"}
    likely = {pair for pair, score in world.scores.items() if score / 10 >= LIMITS.least}
    assert suspected == likely - rejected
    for pair in rejected & likely:
        assert world.scores[pair] < (world.kept[pair].rejected_score or 0.0) + LIMITS.material


@given(st.lists(st.floats(0, 1), max_size=30), st.integers(-3, 10))
def test_every_pair_is_shown_or_waits_and_the_sure_never_wait(
    chances: list[float], room: int
) -> None:
    waiting = [(chance, key) for key, chance in enumerate(chances)]
    shown = shown_today(waiting, room=room, sure=0.9)
    assert len(shown) == len(set(shown))
    sure = {key for chance, key in waiting if chance >= 0.9}
    assert sure <= set(shown)
    assert len(shown) <= max(room, len(sure))
    weakest = min((chances[key] for key in shown), default=1.0)
    if len(shown) > len(sure):
        assert all(chance <= weakest for chance, key in waiting if key not in shown)
