"""Django's hook for tracing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TracingConfig(AppConfig):
    """Missing-person reports, the files they come in, and the search for who somebody is."""

    name = "nuantu.tracing"
    label = "tracing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how reports are called and found, name the duty to ask, enter the header."""
        from nuantu.core import subjects
        from nuantu.operations.models.kinds import name_kind
        from nuantu.tracing import access, services
        from nuantu.tracing.selectors import imports, reports
        from nuantu.ui import nav

        subjects.register(
            services.REPORT,
            label=reports.label_of,
            url=reports.url_of,
            fetch=access.report_for,
            permission=access.READ,
        )
        subjects.register(
            services.FILE,
            label=imports.label_of,
            url=imports.url_of,
            fetch=access.file_for,
            permission=access.IMPORT,
        )
        name_kind(services.ASK, _("问寻亲人是否继续寻找"))
        self._ready_searches()
        _ready_notices()
        self._ready_matches()
        nav.register(
            nav.Item(
                key="tracing",
                label=_("寻亲"),
                url_name="tracing:unidentified",
                permission=access.SEARCH_READ,
                order=61,
                icon="search",
                holds=("/tracing/",),
            )
        )

        nav.register(
            nav.Item(
                key="tracing_channels",
                label=_("寻亲公告渠道"),
                url_name="tracing:channels",
                permission=access.CHANNELS,
                order=908,
            )
        )

    def _ready_searches(self) -> None:
        """Say how searches are called, found and moved; listen to stays; enter the header."""
        from nuantu.core import events, subjects
        from nuantu.operations.models.kinds import name_kind
        from nuantu.persons.selectors.extensions import register_action
        from nuantu.persons.selectors.humans import records_of
        from nuantu.tracing import access, services
        from nuantu.tracing.selectors import buttons
        from nuantu.tracing.selectors import unidentified as naming

        subjects.register(
            services.SEARCH,
            label=naming.label_of,
            url=naming.url_by_id,
            fetch=access.search_by_id,
            move=services.move_with_case,
            permission=access.SEARCH_READ,
        )
        subjects.register_human(
            services.SEARCH,
            human_of=naming.person_of,
            rows_of=lambda human: naming.about(records_of(human)),
        )
        subjects.register_case(services.SEARCH, naming.case_of)
        name_kind(services.STEP, _("查明身份的步骤"))
        self._ready_requests()
        events.subscribe("stays.who_is_unknown", "tracing.begin_search")
        events.subscribe("stays.stay_ended", "tracing.leave_search")
        events.subscribe("persons.fact_told", "tracing.compare_told")
        events.subscribe("persons.person_corrected", "tracing.compare_told")
        for action in buttons.actions():
            register_action(action)

    def _ready_matches(self) -> None:
        """Say how suspected matches are called and found, enter the page of a person and the way out."""
        from nuantu.core import subjects
        from nuantu.letters.services import register_heard
        from nuantu.operations.models.kinds import name_kind
        from nuantu.stays.selectors.checks import register_check
        from nuantu.tracing import access, services
        from nuantu.tracing.selectors import checks, matches
        from nuantu.tracing.selectors.sections import Section, register_section
        from nuantu.tracing.services.sharing import hear_answer

        subjects.register(
            services.MATCH,
            label=matches.label_of,
            url=matches.url_of,
            fetch=access.match_for,
            permission=access.MATCH_READ,
        )
        register_section(
            Section(
                key="matches",
                template="tracing/_section_matches.html",
                permission=access.MATCH_READ,
                read=matches.section_of,
                order=40,
                safe_when_masked=True,
            )
        )
        register_heard(services.MATCH, hear_answer)
        register_check("notices", _("寻亲公告和走失报案"), checks.before_leaving)
        name_kind(services.HOME, _("安排返乡"))
        name_kind(services.TELL, _("告诉寻亲人"))
        name_kind(services.DOUBT, _("复核已确认的身份"))

    def _ready_requests(self) -> None:
        """Say how requests to other bodies are called, found and owed; feed their paper."""
        from nuantu.core import subjects
        from nuantu.letters.services import register_heard
        from nuantu.operations.models.kinds import name_kind
        from nuantu.persons.selectors.humans import records_of
        from nuantu.tracing import access, services
        from nuantu.tracing.selectors import requests
        from nuantu.tracing.services.requests import hear

        subjects.register(
            services.REQUEST,
            label=requests.label_of,
            url=requests.url_of,
            fetch=access.request_for,
            permission=access.SEARCH_READ,
        )
        subjects.register_human(
            services.REQUEST,
            human_of=requests.person_of,
            rows_of=lambda human: requests.about(records_of(human)),
        )
        subjects.register_case(services.REQUEST, requests.case_of)
        name_kind("tracing.request", _("登记协查答复"), has_to_stay=True)
        name_kind("tracing.reply", _("回复协查反问"), has_to_stay=True)
        name_kind("tracing.remind", _("催问协查答复"), has_to_stay=True)
        name_kind(
            "tracing.late",
            _("转告迟到的线索"),
            is_by_hand=True,
            has_to_stay=True,
            is_in_words=True,
        )
        requests.feed_papers()
        register_heard(services.REQUEST, hear)


def _ready_notices() -> None:
    """Say how notices, postings and leads are called and found and follow their case; hear what ends them."""
    from nuantu.core import events, subjects
    from nuantu.operations.models.kinds import name_kind
    from nuantu.persons.selectors.extensions import register_obstacle
    from nuantu.tracing import access
    from nuantu.tracing.selectors import notice_section, noticing
    from nuantu.tracing.selectors.sections import register_section
    from nuantu.tracing.services import notices
    from nuantu.tracing.services.notices.leads import JUDGE
    from nuantu.tracing.services.notices.lines import LEAD

    for kind, label, url, fetch in (
        (notices.NOTICE, noticing.label_of, noticing.url_of, access.notice_for),
        (notices.POSTING, noticing.posting_label, noticing.posting_url, access.posting_for),
        (LEAD, noticing.lead_label, noticing.lead_url, access.lead_for),
    ):
        subjects.register(
            kind, label=label, url=url, fetch=fetch, move=noticing.move, permission=access.NOTICES
        )
        subjects.register_case(kind, noticing.case_of(kind))
    subjects.register("notice_channel", label=noticing.channel_label, url=noticing.channel_url)
    for duty, words in (
        (notices.TAKE_DOWN, _("撤下寻亲公告")),
        (notices.REPLACE, _("把发布的寻亲公告换成新内容")),
        (notices.REFRESH, _("更新寻亲公告")),
        (JUDGE, _("判断寻亲线索")),
    ):
        name_kind(duty, words)
    register_obstacle("tracing.notice", noticing.objection_to)
    register_section(notice_section.NOTICES)
    for event in (
        "persons.person_identified",
        "persons.person_corrected",
        "persons.link_confirmed",
        "stays.death_registered",
    ):
        events.subscribe(event, "tracing.look_again")
