"""Django's hook for stays."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DUTIES = {
    "stay.bed": _("安排合适的床位"),
    "stay.approve_exception": _("确认随母同住"),
    "stay.approve_ending": _("批准终止救助"),
    "stay.return": _("确认外出人员返回"),
    "stay.inquiry": _("登记核查答复"),
    "reception.decide": _("作出接待决定"),
    "reception.follow_hospital": _("跟进送医人员"),
    "reception.look_for": _("寻找离开接待的人"),
    "stay.belongings": _("清退寄存物品"),
    "stay.decide": _("期满去留决定"),
    "stay.file": _("延长救助报备"),
    "stay.next": _("定下一步"),
    "stay.review": _("延长期间复核"),
    "stay.notice": _("发布寻亲公告"),
    "stay.dna": _("申请DNA采样"),
    "stay.stranded": _("转为滞留人员"),
    "stay.refresh": _("更新寻亲信息"),
    "stay.settle": _("提出落户安置"),
    "stay.bring": _("送到接收单位"),
    "stay.wanted": _("回复公安核查"),
    "stay.womens_watch": _("安排女工作人员值守"),
    "stay.revisit": _("离站后回访"),
    "stay.death": _("在站死亡处置"),
    "stay.incident": _("处理在站突发情况"),
    "vital.see": _("看望在站人员"),
    "stay.missing": _("寻找失踪人员"),
    "stay.missing_follow": _("继续寻找失踪人员"),
    "stay.complaint": _("答复在站人员意见"),
    "care.seek": _("落实接收医院"),
    "care.move": _("落实转院医院"),
    "care.moved": _("登记转院到达"),
    "care.screen": _("到医院甄别"),
    "care.follow": _("跟踪治疗"),
    "care.gone": _("寻找离院病人"),
    "care.await": _("接回就医人员"),
    "stay.arrive": _("接到他站移交的人"),
    "care.notify": _("通知有关单位"),
    "bill.accept": _("看医院对账单的答复"),
    "bill.settle": _("核定医疗费用"),
    "stay.month": _("上报月报"),
    "infection.cdc": _("报疾控机构"),
    "infection.place": _("落实隔离床位"),
    "zone.back": _("恢复生活区平时用途"),
    "cupboard.count": _("盘点药品柜"),
    "infection.reach": _("通知离站密接"),
    "infection.release": _("复核隔离"),
    "death.step": _("死亡处置步骤"),
    "food.sample": _("食品留样"),
    "food.notice": _("疑似食物中毒报告"),
    "incident.handle": _("处理站内事件"),
    "video.save": _("保全录像"),
    "safety.check": _("安全检查"),
    "safety.hazard": _("整改安全隐患"),
    "safety.recheck": _("复查隐患整改"),
    "safety.answer": _("答复检查意见"),
    "safety.inspection": _("方案要求的安全检查"),
}
# about somebody: ticked off only with what came of it
IN_WORDS = {
    "reception.follow_hospital",
    "reception.look_for",
    "care.await",
    "stay.arrive",
    "stay.revisit",
    "stay.death",
    "stay.incident",
    "stay.wanted",
}
BY_HAND = IN_WORDS | {
    "food.notice",
    "stay.month",
    "safety.inspection",
}


class StaysConfig(AppConfig):
    """Reception, zones and beds, clocks of a stay, leaving."""

    name = "nuantu.stays"
    label = "stays"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how stays and zones are called and found; name the duties; enter the header."""
        from nuantu.core import subjects
        from nuantu.stays import access
        from nuantu.stays.models import Reception, Stay
        from nuantu.stays.selectors import papers
        from nuantu.stays.selectors import subjects as naming
        from nuantu.stays.selectors.checks import register_check, register_first_checks
        from nuantu.stays.selectors.placement import placed_first

        _name_safety()
        _name_house()
        register_first_checks()
        _listen()
        register_check("placement", _("先送哪里"), placed_first)
        subjects.register(
            "stay",
            label=naming.stay_label,
            url=naming.stay_url,
            fetch=access.stay_for,
            permission=access.READ,
        )
        subjects.register(
            "reception",
            label=naming.reception_label,
            url=naming.reception_url,
            fetch=access.reception_for,
            permission=access.RECEIVE,
        )
        for kind, rows in (("stay", Stay), ("reception", Reception)):
            subjects.register_human(
                kind, human_of=naming.human_of(rows), rows_of=naming.about_human(rows)
            )
        papers.feed_papers()
        _enter_header()
        _enter_narrow()
        self._ready_health()
        _name_daily()

    def _ready_health(self) -> None:
        """Say how patients are called and found; nobody leaves while he is in hospital."""
        from nuantu.core import subjects
        from nuantu.stays import access
        from nuantu.stays.selectors.checks import register_check
        from nuantu.stays.selectors.health import checks, naming, papers
        from nuantu.ui import nav

        _name_duties()
        _tell_cases()
        register_check("care", _("就医和病情"), checks.care)
        register_check("infection", _("感染和密切接触"), checks.infection)
        subjects.register(
            "care",
            label=naming.care_label,
            url=naming.care_url,
            fetch=access.care_for,
            permission=access.HEALTH,
        )
        subjects.register(
            "bill",
            label=naming.bill_label,
            url=naming.bill_url,
            fetch=access.bill_for,
            permission=access.HEALTH,
        )
        subjects.register(
            "infection",
            label=naming.infection_label,
            url=naming.infection_url,
            fetch=access.infection_for,
            permission=access.HEALTH,
        )
        subjects.register(
            "death",
            label=naming.death_label,
            url=naming.death_url,
            fetch=access.death_for,
            permission=access.HEALTH,
        )
        papers.feed_papers()
        nav.register(
            nav.Item(
                key="health",
                label=_("医务"),
                url_name="stays:health",
                permission=access.HEALTH,
                order=58,
                icon="medical",
            )
        )


def _listen() -> None:
    from nuantu.core import events

    events.subscribe("encounters.encounter_recorded", "stays.keep_arrival")
    events.subscribe("persons.link_confirmed", "stays.keep_arrivals_of")
    events.subscribe("persons.person_corrected", "stays.settle_person")
    events.subscribe("operations.handover_accepted", "stays.owe_bringing")


def _enter_header() -> None:
    """The door and the house in the header."""
    from nuantu.stays import access
    from nuantu.ui import nav

    nav.register(
        nav.Item(
            key="door",
            label=_("接待"),
            url_name="stays:door",
            permission=access.RECEIVE,
            order=56,
            icon="home",
            holds=("/stays/receptions/",),
        )
    )
    nav.register(
        nav.Item(
            key="stays",
            label=_("在站"),
            url_name="stays:board",
            permission=access.READ,
            order=57,
            icon="bed",
        )
    )


def _name_duties() -> None:
    """What the promises of a station are called, and which of them are ticked off by hand."""
    from nuantu.operations.models.kinds import name_kind

    for kind, label in DUTIES.items():
        name_kind(
            kind,
            label,
            is_by_hand=kind in BY_HAND,
            has_to_stay=True,
            is_in_words=kind in IN_WORDS,
        )


def _tell_cases() -> None:
    """Whose case what is written about a row of a station belongs to."""
    from nuantu.core import subjects
    from nuantu.stays import models
    from nuantu.stays.selectors.subjects import case_of

    for kind, rows in (
        ("stay", models.Stay),
        ("reception", models.Reception),
        ("care", models.HospitalCare),
        ("bill", models.Bill),
        ("infection", models.Infection),
        ("death", models.Death),
        ("search", models.Search),
    ):
        subjects.register_case(kind, case_of(rows))


def _name_house() -> None:
    """How the house is called and found, and whom the codes of its cards mean."""
    from nuantu.core import subjects
    from nuantu.persons.selectors.extensions import register_finder
    from nuantu.stays import access
    from nuantu.stays.selectors import subjects as naming
    from nuantu.stays.selectors.scanned import cases_of_code

    subjects.register(
        "house", label=naming.house_label, url=naming.house_url, permission=access.READ
    )
    subjects.register("zone", label=naming.zone_label, url=naming.zone_url, permission=access.HOUSE)
    register_finder("stays.code", cases_of_code)


def _name_safety() -> None:
    """How what belongs to the safety of the house is called and found."""
    from nuantu.core import subjects
    from nuantu.stays import access
    from nuantu.stays.selectors.safety import subjects as naming
    from nuantu.ui import nav

    for kind, label, url in (
        ("safety_check", naming.check_label, naming.check_url),
        ("hazard", naming.hazard_label, naming.hazard_url),
        ("inspection", naming.inspection_label, naming.inspection_url),
        ("station", naming.station_label, naming.station_url),
        ("checklist", naming.list_label, naming.list_url),
    ):
        subjects.register(kind, label=label, url=url, permission=access.SAFETY_READ)
    for kind, label, url, permission in (
        ("meal", naming.meal_label, naming.meal_url, access.KITCHEN_READ),
        ("food_suspicion", naming.suspicion_label, naming.kitchen_url, access.KITCHEN_READ),
        ("station_incident", naming.incident_label, naming.incident_url, access.INCIDENT_READ),
        ("cupboard_item", naming.cupboard_label, naming.cupboard_url, access.CUPBOARD),
        ("camera", naming.camera_label, naming.camera_url, access.VIDEO),
        ("video_hold", naming.camera_label, naming.hold_url, access.VIDEO),
    ):
        subjects.register(kind, label=label, url=url, permission=permission)
    nav.register(
        nav.Item(
            key="safety",
            label=_("站内安全"),
            url_name="stays:safety",
            permission=access.SAFETY_READ,
            order=59,
            icon="shield",
            holds=("/stays/kitchen/", "/stays/cupboard/", "/stays/incidents/", "/stays/video/"),
        )
    )
    nav.register(
        nav.Item(
            key="head",
            label=_("今晚站里"),
            url_name="stays:head",
            permission=access.HEAD,
            order=55,
            icon="night",
            holds=("/stays/month/",),
        )
    )


def _enter_narrow() -> None:
    """Kitchen and gate in the header of whoever sees no more than these."""
    from nuantu.stays import access
    from nuantu.ui import nav

    nav.register(
        nav.Item(
            key="kitchen",
            label=_("厨房"),
            url_name="stays:diets",
            permission=access.KITCHEN,
            unless=access.CARE,
            order=57,
            icon="home",
            holds=("/stays/kitchen/", "/stays/care/menus/"),
        )
    )
    nav.register(
        nav.Item(
            key="gate",
            label=_("门岗"),
            url_name="stays:gate",
            permission=access.GATE,
            unless=access.READ,
            order=57,
            icon="home",
            holds=("/stays/care/roll/", "/stays/care/searches/"),
        )
    )


def _name_daily() -> None:
    """Say how menus, roll-calls, searches and complaints are called and found, and what they hold."""
    from nuantu.core import subjects
    from nuantu.persons.selectors.holds import register_disputed
    from nuantu.stays import access
    from nuantu.stays.selectors import subjects as naming
    from nuantu.stays.selectors.care import searches
    from nuantu.stays.selectors.care.complaints import disputed_cases
    from nuantu.stays.selectors.checks import register_check
    from nuantu.ui import nav

    register_check("search", _("不在寻找中"), searches.not_missing)
    register_disputed("complaint", disputed_cases)
    subjects.register(
        "menu", label=naming.menu_label, url=naming.menu_url, permission=access.KITCHEN
    )
    subjects.register(
        "roll_call", label=naming.roll_label, url=naming.roll_url, permission=access.ROLL
    )
    subjects.register(
        "search",
        label=naming.search_label,
        url=naming.search_url,
        fetch=access.search_for,
        permission=access.ROLL,
    )
    subjects.register(
        "complaint",
        label=naming.complaint_label,
        url=naming.complaint_url,
        fetch=access.complaint_for,
        permission=access.ANSWER,
    )
    nav.register(
        nav.Item(
            key="daily",
            label=_("照料"),
            url_name="stays:daily",
            permission=access.CARE,
            order=58,
            icon="home",
            holds=("/stays/care/",),
        )
    )
