"""Words that are stored: always Chinese, whatever the language of the page that caused them."""

from django.utils.translation import override

from nuantu.warnings.models import Coverage, Warning


def words_of(warning: Warning) -> str:
    """The warning in a few words: 黔东南州气象台 寒潮蓝色."""
    with override("zh-hans"):
        colour = warning.get_colour_display() if warning.colour else ""
        return f"{warning.sender_name or warning.sender} {warning.event_name}{colour}".strip()[:120]


def summary_of(warning: Warning, counties: int) -> str:
    """One line of the journal about a message."""
    with override("zh-hans"):
        words = f"{warning.get_msg_type_display()} {words_of(warning)}"
        if warning.outcome != Warning.Outcome.COUNTED:
            return f"收到预警：{words}（{warning.get_outcome_display()}，不改变级别）"
        return f"收到预警：{words}，涉及 {counties} 个县"


def end_of(coverage: Coverage) -> str:
    """Why a warning ended in a county, as the reason of what is taken back."""
    with override("zh-hans"):
        return f"预警结束：{coverage.get_end_display()}"
