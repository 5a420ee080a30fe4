"""Who may enter the pages of dispatch: a tip of 凯里 that its station answers for."""

from django.urls import reverse

from nuantu.core import clock
from nuantu.dispatch import services
from nuantu.dispatch.models import Notice, OrderedNotice
from nuantu.operations.models import Team
from tests import builders
from tests.cast import BUREAU, Cast
from tests.patrols.sweeps import a_find
from tests.policy.roles import Row, Url, action, program

# The tip lies in 三棵树镇: its township oversees it, and so do county and prefecture.
READS = "operator dispatcher leader patroller station_head section_head office township auditor"
ELSEWHERE = "other_patroller outsider"
SENDS = "dispatcher leader station_head"
MARKS = "operator dispatcher leader station_head"
TEAM = "00000000-0000-7000-8000-000000000001"
ORDERS = "operator dispatcher leader patroller reception tracing_officer station_head township"
# The patroller's own team carries the run; a dispatcher may press for it by radio.
CARRIES = "dispatcher leader patroller station_head"
NOT_HIS = "operator section_head office township other_patroller auditor outsider"


def _tip(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_tip().public_id])


def _closed(cast: Cast) -> str:
    tip = builders.a_tip()
    services.close_tip(
        actor=cast.dispatcher.actor, at=clock.now(), tip=tip, outcome="not_found", note="没有找到"
    )
    return reverse("dispatch:tip_reopen", args=[tip.public_id])


def _notice(name: str) -> Url:
    def at(cast: Cast) -> str:
        tip = builders.a_tip(flags=("minor",))
        notice = Notice.objects.filter(tip=tip).order_by("pk").first()
        assert notice is not None, "a minor puts somebody on the list"
        return reverse(name, args=[notice.public_id])

    return at


def _order(name: str) -> Url:
    def at(cast: Cast) -> str:
        builders.a_plan("P10", BUREAU, clock.now())
        tip = builders.a_tip(flags=("non_local",))
        step = OrderedNotice.objects.filter(tip=tip).order_by("rank").first()
        assert step is not None, "the county's plan orders whom to tell first"
        return reverse(name, args=[step.public_id])

    return at


def _guidance(cast: Cast) -> str:
    point = builders.a_relief_point(cast)
    asked = services.ask_relief_point(
        actor=cast.dispatcher.actor,
        at=clock.now(),
        tip=builders.a_tip(),
        point_id=point.public_id,
        point_name=point.name,
        point_phone="0855-0000001",
        minutes=4,
        guidance="先给热水和毯子",
    )
    return reverse("dispatch:guidance_answer", args=[asked.public_id])


def _link(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_link().public_id])


def _run(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_run(cast).public_id])


def _receipt(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_receipt()])


def _no_photo(cast: Cast) -> str:
    return reverse("dispatch:photo", args=[builders.a_tip().public_id])


def _with_team(cast: Cast) -> str:
    Team.objects.filter(pk=builders.a_team(cast).pk).update(public_id=TEAM)
    return reverse("api:tips_assign", args=[builders.a_tip().public_id])


def _step(cast: Cast) -> str:
    return reverse("api:dispatches_step", args=[builders.a_run(cast).public_id, "accept"])


def _form(name: str) -> Url:
    return lambda cast: reverse(name, args=["json"])


def _georeport(cast: Cast) -> str:
    return reverse("open311:request", args=[f"{builders.a_receipt()}.json"])


def _more(cast: Cast, count: int) -> None:
    for number in range(count):
        builders.a_tip(f"三棵树镇{count}组{number}号门口")


ROLES = {
    "dispatch:front": Row("everybody"),
    "dispatch:report": Row("everybody"),
    "dispatch:report_whole": Row("everybody"),
    "dispatch:report_step": Row(
        "everybody", at=lambda cast: reverse("dispatch:report_step", args=["where"])
    ),
    "dispatch:look_up": Row("everybody"),
    "dispatch:receipt": Row("everybody", at=_receipt("dispatch:receipt")),
    "dispatch:receipt_picture": Row("everybody", at=_receipt("dispatch:receipt_picture")),
    "dispatch:still_there": action("everybody", at=_receipt("dispatch:still_there")),
    "dispatch:receipt_photo": action("everybody", at=_receipt("dispatch:receipt_photo")),
    "dispatch:board": Row(f"{SENDS} outsider", more=_more),
    "dispatch:panel": Row(SENDS, absent_for="outsider", at=_tip("dispatch:panel")),
    "dispatch:desk": Row("operator dispatcher leader station_head township outsider", more=_more),
    "dispatch:desk_open": Row(
        "operator dispatcher leader station_head township outsider", more=_more
    ),
    "dispatch:desk_alike": Row("operator dispatcher leader station_head township outsider"),
    "dispatch:phone": Row("patroller other_patroller"),
    "dispatch:tips": Row(f"{READS} {ELSEWHERE}", more=_more),
    "dispatch:tips_export": Row(
        "dispatcher leader station_head section_head office auditor outsider"
    ),
    "dispatch:tip_of_find": action(
        "township",
        absent_for="operator dispatcher leader station_head outsider",
        at=lambda cast: reverse("dispatch:tip_of_find", args=[a_find(cast).public_id]),
    ),
    "dispatch:tip": Row(READS, absent_for=ELSEWHERE, at=_tip("dispatch:tip")),
    "dispatch:reporter": action(MARKS, absent_for="outsider", at=_tip("dispatch:reporter")),
    "dispatch:photo": Row("", absent_for=f"{READS} {ELSEWHERE}", at=_no_photo),
    "dispatch:tip_close": action(SENDS, absent_for="outsider", at=_tip("dispatch:tip_close")),
    "dispatch:tip_reopen": action(SENDS, absent_for="outsider", at=_closed),
    "dispatch:tip_urgent": action(MARKS, absent_for="outsider", at=_tip("dispatch:tip_urgent")),
    "dispatch:tip_mark": action(MARKS, absent_for="outsider", at=_tip("dispatch:tip_mark")),
    "dispatch:tip_replied": action(MARKS, absent_for="outsider", at=_tip("dispatch:tip_replied")),
    "dispatch:tip_explain": action(SENDS, absent_for="outsider", at=_tip("dispatch:tip_explain")),
    "dispatch:tip_assign": action(SENDS, absent_for="outsider", at=_tip("dispatch:tip_assign")),
    "dispatch:tip_guide": action(SENDS, absent_for="outsider", at=_tip("dispatch:tip_guide")),
    "dispatch:notice_told": action(
        MARKS, absent_for="outsider", at=_notice("dispatch:notice_told")
    ),
    "dispatch:notice_skip": action(
        MARKS, absent_for="outsider", at=_notice("dispatch:notice_skip")
    ),
    "dispatch:order": Row(
        f"{READS} reception tracing_officer social_worker",
        absent_for=ELSEWHERE,
        at=_order("dispatch:order"),
    ),
    **{
        f"dispatch:order_{deed}": action(
            ORDERS, absent_for=ELSEWHERE, at=_order(f"dispatch:order_{deed}")
        )
        for deed in ("told", "left_out", "answer")
    },
    "dispatch:guidance_answer": action(SENDS, absent_for="outsider", at=_guidance),
    "dispatch:link_same": action(MARKS, absent_for="outsider", at=_link("dispatch:link_same")),
    "dispatch:link_different": action(
        MARKS, absent_for="outsider", at=_link("dispatch:link_different")
    ),
    "dispatch:link_separate": action(
        MARKS, absent_for="outsider", at=_link("dispatch:link_separate")
    ),
    **{
        f"dispatch:run_{step}": action(CARRIES, absent_for=NOT_HIS, at=_run(f"dispatch:run_{step}"))
        for step in ("accept", "depart", "arrive", "check_in", "not_found", "decline", "finish")
    },
    "dispatch:run_recall": action(SENDS, absent_for="outsider", at=_run("dispatch:run_recall")),
    "dispatch:run_undo": action(SENDS, absent_for="outsider", at=_run("dispatch:run_undo")),
    "api:tips_list": program(f"{READS} {ELSEWHERE}"),
    "api:tips_take": program(
        "everybody",
        at=lambda cast: reverse("api:tips_list"),
        method="post",
        data={"place_text": "三棵树镇南桥桥洞"},
    ),
    "api:tips_one": program(READS, absent_for=ELSEWHERE, at=_tip("api:tips_one")),
    "api:tips_receipt": program("everybody", at=_receipt("api:tips_receipt")),
    "api:tips_still_there": program(
        "everybody", at=_receipt("api:tips_still_there"), method="post"
    ),
    "api:tips_assign": program(
        SENDS, absent_for="outsider", at=_with_team, method="post", data={"team": TEAM}
    ),
    "api:tips_close": program(
        SENDS,
        absent_for="outsider",
        at=_tip("api:tips_close"),
        method="post",
        data={"outcome": "not_found"},
    ),
    "api:tips_reopen": program(
        SENDS,
        absent_for="outsider",
        at=_tip("api:tips_reopen"),
        method="post",
        data={"reason": "还在"},
    ),
    "api:tips_urgent": program(
        MARKS,
        absent_for="outsider",
        at=_tip("api:tips_urgent"),
        method="post",
        data={"flags": ["minor"]},
    ),
    "api:notices_told": program(
        MARKS,
        absent_for="outsider",
        at=_notice("api:notices_told"),
        method="post",
        data={"way": "phone"},
    ),
    "api:notices_skip": program(
        MARKS,
        absent_for="outsider",
        at=_notice("api:notices_skip"),
        method="post",
        data={"reason": "孩子健康"},
    ),
    "api:dispatches_list": program(f"{READS} {ELSEWHERE}"),
    "api:dispatches_one": program(READS, absent_for=ELSEWHERE, at=_run("api:dispatches_one")),
    "api:dispatches_step": program(
        CARRIES, absent_for=NOT_HIS, at=_step, method="post", data={"reason": "路断了"}
    ),
    "open311:services": program("everybody", at=_form("open311:services")),
    "open311:service": program(
        "everybody", at=lambda cast: reverse("open311:service", args=["child-alone.json"])
    ),
    "open311:requests": Row(
        f"{READS} {ELSEWHERE} nobody taxi_driver",
        at=_form("open311:requests"),
        answers=frozenset({200, 403}),  # GeoReport answers a missing key with 403
        is_program=True,
    ),
    "open311:requests_take": program(
        "everybody", at=_form("open311:requests"), method="post", data={}
    ),
    "open311:request": program("everybody", at=_georeport),
}
