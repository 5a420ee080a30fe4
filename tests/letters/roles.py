"""Who may enter the pages of letters: both sides of one from the station of 凯里 to the one of 贵阳.

Reception, tracing officer and leader of the sender write; the outsider is head of the receiving station. The bureau
oversees the sender's copy; it opens none.
"""

from django.urls import reverse

from tests.cast import Cast
from tests.letters.writing import ELSEWHERE, a_letter, received
from tests.policy.roles import Row, Url, action

WRITES = "leader reception station_head tracing_officer"
READS = f"{WRITES} section_head"


def _sent(name: str, *more: str) -> Url:
    return lambda cast: reverse(name, args=[a_letter(cast, to=ELSEWHERE).public_id, *more])


def _received(name: str, *more: str) -> Url:
    return lambda cast: reverse(name, args=[received(a_letter(cast)).public_id, *more])


def _more(cast: Cast, count: int) -> None:
    for _turn in range(count):
        a_letter(cast, is_about_him=False)


ROLES = {
    "letters:letters": Row(f"{READS} outsider", more=_more),
    "letters:export": Row("leader station_head section_head outsider", more=_more),
    "letters:new": Row(f"{READS} outsider"),
    "letters:letter": Row(READS, absent_for="outsider", at=_sent("letters:letter")),
    "letters:open": Row(WRITES, absent_for="outsider section_head", at=_sent("letters:open")),
    "letters:carry": Row(WRITES, absent_for="outsider section_head", at=_sent("letters:carry")),
    "letters:file": Row(WRITES, absent_for="outsider section_head", at=_sent("letters:file")),
    "letters:read_in": Row(f"{READS} outsider"),
    "letters:answer_file": action(
        "outsider", absent_for=READS, at=_received("letters:answer_file")
    ),
    "letters:count_answer": action(
        WRITES, absent_for="outsider section_head", at=_sent("letters:count_answer")
    ),
    "letters:deed": Row("outsider", absent_for=READS, at=_received("letters:deed", "answer")),
}
