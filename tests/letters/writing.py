"""Letters between the stations of 凯里 and 贵阳 for the tests; everybody is invented."""

from typing import Any

from nuantu.core import clock, scope
from nuantu.letters import services
from nuantu.letters.models import Kind, Letter
from nuantu.letters.rules.facts import Fact
from nuantu.letters.services import About, Asked, Recipient
from tests.cast import FAR_STATION, Cast, Player
from tests.stays import house

WORDS = "请派人到怀化站接样阿木，他认得自己的哥哥"
FACTS = (Fact("姓名", "样阿木"), Fact("车次", "K9064"))
HERE = Recipient(org_code=FAR_STATION)
ELSEWHERE = Recipient("样溪县救助管理站", phones="0745-00000001")


def a_letter(
    cast: Cast, *, kind: str = Kind.TAKE, to: Recipient = HERE, who: Player | None = None, **more: Any
) -> Letter:  # fmt: skip
    """A letter of the station of 凯里, to the one of 贵阳 on the same installation."""
    actor = (who or cast.reception).actor
    if more.pop("is_about_him", True):
        case = house.a_case_of(cast, name="样阿木")
        assert case.case_id is not None
        more["about"] = About("case", case.case_id, case.division_code, case.case_id)
    asked = Asked(kind, more.pop("words", WORDS), more.pop("facts", FACTS))
    with scope.enter(scope.of_actor(actor)):
        return services.ask(actor=actor, at=clock.now(), asked=asked, to=to, **more)


def received(letter: Letter) -> Letter:
    """The receiver's copy."""
    with scope.system("a test looks at the other side"):
        return Letter.objects.get(letter_id=letter.letter_id, direction="in")


def again(letter: Letter) -> Letter:
    """The copy as it is now."""
    with scope.system("a test looks again"):
        return Letter.objects.get(pk=letter.pk)


def does(who: Player, service: Any, letter: Letter, **values: Any) -> Any:
    """One deed about a letter, now."""
    with scope.enter(scope.of_actor(who.actor)):
        return service(actor=who.actor, at=clock.now(), letter=letter, **values)
