"""Django's hook for casework."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DUTIES = {
    "casework.next": _("个案：按约定见面"),
    "casework.seek": _("个案：没有见到人，去找他"),
    "casework.assign": _("个案：安排社工接手"),
    "casework.stay_with": _("安排人陪护"),
    "casework.call": _("拨打求助电话"),
    "casework.tell": _("告诉值班人员和带班领导"),
    "casework.counsel": _("疏导、问是否联系家人"),
    "casework.report": _("强制报告"),
    "casework.review": _("复核风险"),
    "casework.take": _("签收社工个案的交接"),
    "casework.referral": _("登记转介答复"),
    "casework.disclosure": _("决定是否提供个案材料"),
    "casework.decision": _("个案会议决定"),
    "casework.lift": _("确认解除风险标记"),
}


class CaseworkConfig(AppConfig):
    """Case plans, sessions, risks."""

    name = "nuantu.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how plans and risks are called and found, name the duties, enter pages, header and the way out."""
        from nuantu.casework import access
        from nuantu.casework.selectors import outside, papers
        from nuantu.casework.services.owing import BY_HAND
        from nuantu.core import events
        from nuantu.operations.models.kinds import name_kind
        from nuantu.persons.selectors.extensions import (
            register_action,
            register_class_holder,
            register_obstacle,
        )
        from nuantu.stays.selectors.checks import register_check
        from nuantu.ui import nav

        _name_subjects()
        for kind, label in DUTIES.items():
            by_hand = kind in BY_HAND
            name_kind(kind, label, is_by_hand=by_hand, has_to_stay=True, is_in_words=by_hand)
        papers.feed_papers()
        for action in outside.actions():
            register_action(action)
        register_obstacle("casework", outside.before_closing)
        register_class_holder("casework", outside.holds_class)
        register_check("casework", _("社工个案和风险标记"), outside.before_leaving)
        events.subscribe("persons.person_corrected", "casework.follow_classes")
        nav.register(
            nav.Item(
                key="casework",
                label=_("社工个案"),
                url_name="casework:plans",
                permission=access.READ,
                order=60,
                icon="plan",
                holds=("/casework/",),
            )
        )


def _name_subjects() -> None:
    from nuantu.casework import access, services
    from nuantu.casework.selectors import pages, papers, plans
    from nuantu.core import subjects

    subjects.register(
        services.PLAN,
        label=plans.label_of,
        url=plans.url_of,
        fetch=access.plan_for,
        move=lambda _id, case_id, owner: pages.move(services.PLAN, case_id, owner),
        permission=access.READ,
    )
    subjects.register(
        services.RISK,
        label=pages.risk_label,
        url=pages.risk_url,
        fetch=access.mark_for,
        move=lambda _id, case_id, owner: pages.move(services.RISK, case_id, owner),
        permission=access.MARK,
    )
    subjects.register(
        papers.CONFERENCE,
        label=pages.conference_label,
        url=pages.conference_url,
        fetch=access.conference_of,
        permission=access.READ,
    )
    subjects.register_case(papers.CONFERENCE, pages.case_of_conference)
    subjects.register_case(services.PLAN, pages.case_of)
    subjects.register_case(services.RISK, pages.case_of_risk)
