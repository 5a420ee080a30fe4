"""What people do with papers: issue, issue again, open, sign, void; replace a template."""

from nuantu.papers.services.issuing import (
    IssueRefused,
    issue_paper,
    reissue_paper,
    take_number,
)
from nuantu.papers.services.moving import move_with_case
from nuantu.papers.services.opening import (
    ANEW,
    OpeningRefused,
    note_export,
    open_paper,
    reveal_facts,
)
from nuantu.papers.services.signing import SigningRefused, sign_on_paper, sign_on_screen
from nuantu.papers.services.templates import (
    TemplateRefused,
    template_in_force,
    upload_template,
    withdraw_template,
)
from nuantu.papers.services.voiding import VoidingRefused, void_paper

__all__ = [
    "ANEW",
    "IssueRefused",
    "OpeningRefused",
    "SigningRefused",
    "TemplateRefused",
    "VoidingRefused",
    "issue_paper",
    "move_with_case",
    "note_export",
    "open_paper",
    "reissue_paper",
    "reveal_facts",
    "sign_on_paper",
    "sign_on_screen",
    "take_number",
    "template_in_force",
    "upload_template",
    "void_paper",
    "withdraw_template",
]
