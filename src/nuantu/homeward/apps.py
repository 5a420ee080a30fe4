"""Django's hook for homeward."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomewardConfig(AppConfig):
    """Wearers, their wristbands and what needs a human."""

    name = "nuantu.homeward"
    label = "homeward"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how wearers and alarms are called and found, name their duty, draw the layer, enter the header."""
        from nuantu.core import subjects
        from nuantu.homeward import access, services
        from nuantu.homeward.selectors import alarms, track_paper, wearers
        from nuantu.homeward.services import owing
        from nuantu.homeward.services.alarms import DUTY
        from nuantu.operations.models.kinds import name_kind

        subjects.register(
            services.WEARER,
            label=wearers.label_of,
            url=wearers.url_of,
            fetch=access.wearer_for,
            permission=access.READ,
        )
        subjects.register_human(
            services.WEARER, human_of=wearers.human_of, rows_of=wearers.about_human
        )
        subjects.register(
            services.ALARM,
            label=alarms.alarm_label,
            url=alarms.alarm_url,
            fetch=access.alarm_for,
            permission=access.ANSWER,
        )
        name_kind(DUTY, _("处理手环告警"))
        track_paper.feed_papers()
        _keep_ledger()
        _settle()
        name_kind(owing.ASK, _("续办手环同意"))
        name_kind(owing.FETCH, _("收回手环"))
        _draw_layer()
        _enter_header()
        _know_returns()
        _keep_book()


def _draw_layer() -> None:
    from nuantu.homeward import access
    from nuantu.homeward.selectors import tracks
    from nuantu.places.selectors import Layer, register_layer

    register_layer(
        Layer(
            key="wearers",
            label=_("手环佩戴人"),
            mark=_("环"),
            colour="teal-strong",
            features=tracks.features_of,
            permission=access.READ,
            order=95,
            is_clustered=False,
        )
    )


def _enter_header() -> None:
    from nuantu.homeward import access
    from nuantu.ui import nav

    nav.register(
        nav.Item(
            key="wearers",
            label=_("手环"),
            url_name="homeward:wearers",
            permission=access.READ,
            order=62,
            icon="pin",
            holds=("/wristbands/",),
        )
    )
    nav.register(
        nav.Item(
            key="track_proofs",
            label=_("轨迹销毁"),
            url_name="homeward:proofs",
            permission=access.PROOF,
            unless=access.READ,
            order=62,
            icon="shield",
        )
    )


def _keep_ledger() -> None:
    """Name its subjects and duties, hear of returns, put the alert on the page of a person, enter the header."""
    from nuantu.core import subjects
    from nuantu.homeward import access
    from nuantu.homeward.selectors import ledger as selectors
    from nuantu.homeward.services import ledger as services

    subjects.register(
        services.ENTRY,
        label=selectors.entry_label,
        url=selectors.entry_url,
        fetch=access.entry_for,
        move=services.move_entry,
        permission=access.LEDGER_READ,
    )
    subjects.register_human(
        services.ENTRY, human_of=selectors.human_of_entry, rows_of=selectors.entries_about
    )
    subjects.register(
        services.HELP_ROW,
        label=selectors.help_label,
        url=selectors.help_url,
        permission=access.LEDGER_WRITE,
    )
    subjects.register(
        services.ALERT,
        label=selectors.alert_label,
        url=selectors.alert_url,
        fetch=access.alert_for,
        permission=access.LEDGER_ANSWER,
    )
    _name_ledger_duties()
    _hear_of_returns()
    _enter_ledger_pages()


def _name_ledger_duties() -> None:
    from nuantu.homeward.services.ledger import owing
    from nuantu.operations.models.kinds import name_kind

    name_kind(owing.VISIT, _("台账回访"))
    name_kind(owing.HELP, _("台账帮扶"))
    name_kind(owing.KEEPER, _("指定台账责任人"))
    name_kind(owing.RETURNED, _("台账人员再次流浪"))
    name_kind(owing.LOCKED, _("解除关锁"))
    name_kind(owing.ABSENT, _("寻找台账人员"))
    name_kind(owing.CALL, _("台账提醒"))


def _hear_of_returns() -> None:
    from nuantu.core import events

    events.subscribe("encounters.encounter_recorded", "homeward.alert_met")
    events.subscribe("stays.stay_begun", "homeward.alert_taken_in")
    events.subscribe("persons.link_confirmed", "homeward.alert_named")
    events.subscribe("persons.person_identified", "homeward.alert_named")


def _enter_ledger_pages() -> None:
    from nuantu.homeward import access
    from nuantu.homeward.selectors import ledger as selectors
    from nuantu.persons.selectors.extensions import Action, register_action
    from nuantu.ui import nav

    register_action(
        Action(
            "ledger_alert",
            _("台账提醒：联系对方"),
            access.LEDGER_ANSWER,
            selectors.alert_of,
            icon="phone",
        )
    )
    nav.register(
        nav.Item(
            key="figures",
            label=_("返乡统计"),
            url_name="homeward:figures",
            permission=access.FIGURES,
            order=64,
            icon="home",
        )
    )
    nav.register(
        nav.Item(
            key="ledger",
            label=_("台账"),
            url_name="homeward:ledger",
            permission=access.LEDGER_READ,
            order=63,
            icon="list",
        )
    )
    nav.register(
        nav.Item(
            key="ledger_alerts",
            label=_("台账提醒"),
            url_name="homeward:ledger_alerts",
            permission=access.LEDGER_ANSWER,
            unless=access.LEDGER_READ,
            order=63,
            icon="phone",
        )
    )


def _know_returns() -> None:
    """How return plans are called and found, what is owed about them, which papers they fill, what leaving asks."""
    from nuantu.core import events, subjects
    from nuantu.homeward import access
    from nuantu.homeward.selectors import gates, returns, sheets
    from nuantu.homeward.selectors import station_letters as book
    from nuantu.homeward.services import returns as services
    from nuantu.homeward.services import station_letters
    from nuantu.letters.services import register_book, register_heard
    from nuantu.operations.models.kinds import name_kind
    from nuantu.ui import nav

    subjects.register(
        services.RETURN,
        label=returns.label_of,
        url=returns.url_of,
        fetch=access.return_for,
        permission=access.RETURN_READ,
    )
    subjects.register_case(services.RETURN, returns.case_of)
    subjects.register_human(services.RETURN, human_of=returns.human_of, rows_of=returns.about_human)
    name_kind(services.NOTIFY, _("拒绝接领：通知民政部门"), is_by_hand=True, is_in_words=True)
    name_kind(services.AWAIT, _("确认平安到达"))
    name_kind(services.ALARM, _("返乡途中失去联系"))
    name_kind(services.NEXT, _("返乡途中出了事：定下一步"), is_by_hand=True, is_in_words=True)
    name_kind(services.SHEET, _("交接单双方签字"))
    register_heard(services.RETURN, station_letters.hear)
    register_book(book.entries_of)
    sheets.feed_papers()
    gates.check_leaving()
    events.subscribe("stays.stay_ended", "homeward.set_out")
    nav.register(
        nav.Item(
            key="returns",
            label=_("返乡"),
            url_name="homeward:returns",
            permission=access.RETURN_READ,
            order=61,
            icon="home",
        )
    )


def _settle() -> None:
    """How settlements are called and found, whose case they are, what is owed about them, the paper they fill."""
    from nuantu.core import events, subjects
    from nuantu.homeward import access
    from nuantu.homeward.selectors import claims as selected
    from nuantu.homeward.selectors import settling as selectors
    from nuantu.homeward.selectors import settling_paper
    from nuantu.homeward.services import claims
    from nuantu.homeward.services import settling as services
    from nuantu.homeward.services import settling_owing as owing
    from nuantu.operations.models.kinds import name_kind
    from nuantu.ui import nav

    subjects.register(
        owing.SETTLEMENT,
        label=selectors.settlement_label,
        url=selectors.settlement_url,
        fetch=access.settlement_for,
        move=services.move_settlement,
        permission=access.SETTLE_READ,
    )
    subjects.register_case(owing.SETTLEMENT, selectors.case_of)
    subjects.register_human(
        owing.SETTLEMENT, human_of=selectors.human_of, rows_of=selectors.about_human
    )
    subjects.register(
        claims.CLAIM,
        label=selected.claim_label,
        url=selected.claim_url,
        fetch=access.claim_for,
        permission=access.SETTLE_WRITE,
    )
    subjects.register_case(claims.CLAIM, selected.case_of)
    subjects.register_human(claims.CLAIM, human_of=selected.human_of, rows_of=selected.about_human)
    settling_paper.feed_papers()
    name_kind(claims.ANSWER, _("答复认领"))
    name_kind(owing.STEP, _("落户安置"))
    name_kind(owing.TELL, _("撤回落户安置"), is_by_hand=True, is_in_words=True)
    events.subscribe("persons.person_identified", "homeward.settle_again")
    events.subscribe("stays.stay_ended", "homeward.settle_left")
    nav.register(
        nav.Item(
            key="settlements",
            label=_("落户安置"),
            url_name="homeward:settlements",
            permission=access.SETTLE_READ,
            order=64,
            icon="home",
        )
    )


def _keep_book() -> None:
    """How lines of the contact book are called and found, and what is owed about them."""
    from nuantu.core import subjects
    from nuantu.homeward import access
    from nuantu.homeward.selectors import contacts as selectors
    from nuantu.homeward.services import contacts as services
    from nuantu.operations.models.kinds import name_kind

    subjects.register(
        services.CONTACT,
        label=selectors.label_of,
        url=selectors.url_of,
        fetch=access.contact_for,
        permission=access.BOOK_READ,
    )
    name_kind(services.CONFIRM, _("核对救助站通讯录"))
