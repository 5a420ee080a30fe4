"""What a family is told, and what an answer stands on."""

from typing import Final

ACCEPTED, REFUSED, WITHDRAWN = "accepted", "refused", "withdrawn"
# Whole sentences, the same for everybody: no name, no place and no other family can slip into them.
TOLD: Final = {
    ACCEPTED: "经公安比对和核对，认定他是您的家人。请带您的身份证和亲属关系证明来我们单位，由工作人员安排见面和接领。",
    REFUSED: "经公安比对，您认领的这个人不是您的家人。他的其他情况依法保密，不能告诉您。您的寻人登记继续有效，有新线索会联系您；不同意这个结果的，可以向公安机关申请复核。",
    WITHDRAWN: "已登记您撤回认领。您的寻人登记继续有效，有新线索会联系您。",
}


def needs_paper(answer: str) -> bool:
    """Whether the answer stands on a comparison by police: nobody is given away or turned away on looks."""
    return answer in (ACCEPTED, REFUSED)


def halts(*, is_running: bool, is_registered: bool) -> bool:
    """Whether a claim stops the settlement: before the registration; afterwards what he receives goes on."""
    return is_running and not is_registered
