"""Who may enter the pages of homeward: a wearer of the station of 凯里, his alarm, its store and its proofs.

The tracing officer and the head work there; dispatcher and leader answer alarms at night; the bureau reads, the
audit reads the proofs. The kitchen, the police and the next county find nothing.
"""

from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.ids import new_id
from nuantu.homeward import services
from nuantu.homeward.models import Alarm, Fence, KeyEnd, TrackKey, Wearer
from nuantu.homeward.services.return_route import add_leg
from tests.cast import Cast
from tests.homeward import returning, roles_contacts, roles_ledger, roles_settling, wearing
from tests.policy.roles import Row, Url, action

WRITES = "tracing_officer station_head"
ANSWERS = f"{WRITES} dispatcher leader"
READS = f"{ANSWERS} section_head"
PROVES = f"{WRITES} section_head auditor"
REFUSED = frozenset({401})
RETURNS = "leader reception station_head tracing_officer"


def _wearer(name: str) -> Url:
    return lambda cast: reverse(name, args=[wearing.a_wearer(cast).public_id])


def _worn(name: str) -> Url:
    return lambda cast: reverse(name, args=[wearing.worn(cast).public_id])


def _withdraw(cast: Cast) -> str:
    return reverse("homeward:withdraw", args=[wearing.worn(cast).public_id, "fence"])


def _paper(cast: Cast) -> str:
    wearer, actor = wearing.a_wearer(cast), cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        agreed = wearing.agreed("locate", scan=wearing.a_pdf())
        given = services.give_consent(actor=actor, at=clock.now(), wearer=wearer, agreed=agreed)
    return reverse("homeward:consent_paper", args=[given[0].public_id])


def _fence(name: str) -> Url:
    def url(cast: Cast) -> str:
        wearing.fenced(cast, wearing.worn(cast))
        with scope.system("a test looks for a fence"):
            return reverse(name, args=[Fence.objects.get().public_id])

    return url


def _alarmed(name: str) -> Url:
    def url(cast: Cast) -> str:
        wearing.worn(cast)
        wearing.tell(wearing.fix(clock.now(), alarms=frozenset({"sos"})))
        with scope.system("a test looks for an alarm"):
            return reverse(name, args=[Alarm.objects.order_by("-pk")[0].public_id])

    return url


def _band(name: str) -> Url:
    return lambda cast: reverse(name, args=[wearing.a_band(cast)[0].public_id])


def _gateway(cast: Cast) -> str:
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        made, _token = services.add_gateway(actor=actor, at=clock.now(), name="Traccar")
    return reverse("homeward:revoke_gateway", args=[made.public_id])


def _proof(cast: Cast) -> str:
    wearer = wearing.worn(cast)
    wearing.tell(wearing.fix(clock.now()))
    with scope.system("a test destroys"):
        services.purge_wearer(wearer=wearer, actor=SYSTEM, at=clock.now(), why=KeyEnd.WITHDRAWN)
        return reverse("homeward:certificate", args=[TrackKey.objects.get().public_id])


def _more(cast: Cast, count: int) -> None:
    with scope.system("a test counts"):
        have = Wearer.objects.count()
    for number in range(have, have + count):
        wearing.worn(cast, device=f"86700000000{number:04}")
        wearing.tell(
            wearing.fix(clock.now(), device=f"86700000000{number:04}", alarms=frozenset({"sos"}))
        )


def _more_bands(cast: Cast, count: int) -> None:
    for _turn in range(count):
        number = new_id().hex[:20]
        wearing.a_band(cast, number, number)


FIGURES = "leader station_head section_head office auditor outsider"


def _return(name: str, *more: str) -> Url:
    return lambda cast: reverse(name, args=[returning.a_return(cast).public_id, *more])


def _copied(cast: Cast) -> str:
    return reverse("homeward:return_copy", args=[returning.with_copy(cast).public_id])


def _more_returns(cast: Cast, count: int) -> None:
    for turn in range(count):
        plan = returning.a_return(cast)
        returning.does(cast, add_leg, plan, part=returning.a_part(f"K{turn}"))


def _more_tickets(cast: Cast, count: int) -> None:
    for _turn in range(count):
        returning.ready_alone(cast, returning.a_return(cast))


ROLES = {
    "homeward:returns": Row(f"{RETURNS} dispatcher section_head outsider", more=_more_returns),
    "homeward:return_export": Row("leader station_head section_head outsider", more=_more_returns),
    "homeward:tickets": Row(f"{RETURNS} dispatcher section_head outsider", more=_more_tickets),
    "homeward:ticket_export": Row("leader station_head section_head outsider", more=_more_tickets),
    "homeward:return_new": Row(f"{RETURNS} outsider"),
    "homeward:return": Row(
        f"{RETURNS} dispatcher section_head", absent_for="outsider", at=_return("homeward:return")
    ),
    "homeward:return_deed": Row(
        RETURNS,
        absent_for="outsider dispatcher section_head",
        at=_return("homeward:return_deed", "taker"),
    ),
    "homeward:return_open": Row(RETURNS, absent_for="outsider", at=_return("homeward:return_open")),
    "homeward:return_letter": Row(
        RETURNS, absent_for="outsider", at=_return("homeward:return_letter")
    ),
    "homeward:return_copy": Row(RETURNS, absent_for="outsider", at=_copied),
    "homeward:wearers": Row(f"{READS} outsider", more=_more),
    "homeward:export": Row(f"{WRITES} outsider", more=_more),
    "homeward:map": Row(f"{READS} outsider"),
    "homeward:view": Row(f"{READS} outsider", more=_more),
    "homeward:new": Row(f"{WRITES} outsider"),
    "homeward:alarms": Row(f"{READS} outsider", more=_more),
    "homeward:answer": Row(ANSWERS, absent_for="outsider", at=_alarmed("homeward:answer")),
    "homeward:send": Row(ANSWERS, absent_for="outsider", at=_alarmed("homeward:send")),
    "homeward:end_fence": action(WRITES, absent_for="outsider", at=_fence("homeward:end_fence")),
    "homeward:restore_fence": action(
        WRITES, absent_for="outsider", at=_fence("homeward:restore_fence")
    ),
    "homeward:proofs": Row(f"{PROVES} outsider", more=_more),
    "homeward:certificate": Row(PROVES, absent_for="outsider", at=_proof),
    "homeward:wearer": Row(READS, absent_for="outsider", at=_worn("homeward:wearer")),
    "homeward:ways": Row(READS, absent_for="outsider", at=_worn("homeward:ways")),
    "homeward:track": Row(ANSWERS, absent_for="outsider", at=_worn("homeward:track")),
    "homeward:thresholds": Row(WRITES, absent_for="outsider", at=_wearer("homeward:thresholds")),
    "homeward:consent": Row(WRITES, absent_for="outsider", at=_wearer("homeward:consent")),
    "homeward:consent_paper": Row(
        READS.replace(" section_head", ""), absent_for="section_head outsider", at=_paper
    ),
    "homeward:bar": Row(WRITES, absent_for="outsider", at=_wearer("homeward:bar")),
    "homeward:withdraw": Row(WRITES, absent_for="outsider", at=_withdraw),
    "homeward:fence": Row(WRITES, absent_for="outsider", at=_wearer("homeward:fence")),
    "homeward:hand": Row(WRITES, absent_for="outsider", at=_wearer("homeward:hand")),
    "homeward:take_back": Row(WRITES, absent_for="outsider", at=_worn("homeward:take_back")),
    "homeward:end": Row(WRITES, absent_for="outsider", at=_wearer("homeward:end")),
    "homeward:stock": Row(f"{WRITES} outsider", more=_more_bands),
    "homeward:add_band": Row(f"{WRITES} outsider"),
    "homeward:renew_band": Row(WRITES, absent_for="outsider", at=_band("homeward:renew_band")),
    "homeward:set_stock": Row(WRITES, absent_for="outsider", at=_band("homeward:set_stock")),
    "homeward:add_gateway": Row(f"{WRITES} outsider"),
    "homeward:revoke_gateway": action(WRITES, absent_for="outsider", at=_gateway),
    "homeward:osmand": Row("everybody", answers=REFUSED),
    "homeward:traccar": Row("everybody", method="post", answers=REFUSED),
    "homeward:figures": Row(FIGURES),
    "homeward:figures_export": Row(FIGURES),
    "homeward:figure_rows": Row(
        FIGURES, at=lambda _cast: reverse("homeward:figure_rows", args=["all"])
    ),
    "homeward:flow_rows": Row(
        FIGURES, at=lambda _cast: reverse("homeward:flow_rows", args=["unknown"])
    ),
    **roles_ledger.ROLES,
    **roles_settling.ROLES,
    **roles_contacts.ROLES,
}
