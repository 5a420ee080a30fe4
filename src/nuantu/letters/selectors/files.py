"""What stands in a letter's file, and the words of the page that it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.core import clock
from nuantu.core.erasure import opened
from nuantu.core.sentences import stored
from nuantu.letters.models import (
    ANSWERS_TO,
    ASK,
    Answer,
    Direction,
    Event,
    Kind,
    Letter,
    LetterFile,
    OrganisationKey,
)
from nuantu.letters.rules import envelope
from nuantu.letters.rules.received import TALK
from nuantu.letters.selectors.papers import Told
from nuantu.operations.selectors import rules_at

_WORDS: Final[Mapping[str, Any]] = {
    "title": _("收到一封加密的函"),
    "what": _("请打电话向发函单位问口令，输入后看内容、写答复。这个页面不联网。"),
    "passphrase": _("口令"),
    "open": _("打开"),
    "wrong": _("打不开：口令不对，或者文件被改动过。请核对口令，仍打不开的请对方重发。"),
    "forged": _("签名不对：文件被改动过，或者不是写明的单位发的。不要答复，打电话核实。"),
    "unchecked": _("签名没有核对"),
    "compare": _(
        "这个浏览器太旧，不能核对签名，函可能是别人冒写的。先用公开的电话打给发函单位，请对方读出签名指纹，和这30位数字一致才办理、才答复："
    ),
    "old": _("这个浏览器太旧，打不开加密的函。请换新版浏览器。"),
    "over": _("这封函已经过了有效期，不能再答复。请打电话联系发函单位。"),
    "from": _("发函单位"),
    "phone": _("发函单位电话"),
    "fingerprint": _("签名指纹（可打电话核对）"),
    "to": _("收函单位"),
    "asked": _("发函时间"),
    "due": _("答复期限"),
    "until": _("文件有效期至"),
    "answer": _("您单位的答复"),
    "choose": _("怎么答复"),
    "words": _("答复内容"),
    "by": _("答复人（姓名、职务、电话）"),
    "save": _("存成答复文件"),
    "missing": _("请选怎么答复，并写明答复内容和答复人。"),
    "saved": _("答复文件已存到下载文件夹。请把它发回发函单位；文件已加密，只有对方能打开。"),
    "answer_yes": Answer.YES.label,
    "answer_no": Answer.NO.label,
    "answer_fact": Answer.FACT.label,
    "answer_ask": _("先反问，再答复"),
    "waits": _("在哪里等、谁去接、电话（可不写）"),
    "asked_back": Event.ASKED_BACK.label,
    "replied": Event.REPLIED.label,
    "talk": _("反问和回复"),
}


def page_words() -> dict[str, tuple[str, str]]:
    """The words of the page, in Chinese and in English."""
    chinese = {key: stored(said) for key, said in _WORDS.items()}
    with translation.override("en"):
        return {key: (said, gettext(said)) for key, said in chinese.items()}


def valid_until(letter: Letter, at: datetime) -> datetime:
    """Until when a file that is saved now can be read in: `letter.file` days after its term, or after now."""
    days = int(rules_at(letter.division_code, at).need("letter.file").number)
    return max(letter.due_at, at) + timedelta(days=days)


def content_of(
    letter: Letter, said: Told, sender: Organisation, file_id: UUID, answer_key: str, at: datetime
) -> dict[str, Any]:
    """What is sealed and signed: the letter, no case and no subject."""
    return {
        "answer_key": answer_key,
        "answers": [*(one.value for one in ANSWERS_TO[Kind(letter.kind)]), ASK],
        "asked_at": _moment(letter.asked_at),
        "asked_by": letter.asked_by,
        "due_at": _moment(letter.due_at),
        "facts": [[one.label, one.value] for one in said.facts],
        "file": str(file_id),
        "from": {
            "code": sender.code,
            "division": sender.division_id,
            "name": sender.name,
            "phone": sender.phone,
        },
        "kind": letter.kind,
        "letter": str(letter.letter_id),
        "number": letter.number,
        "talk": talk_of(letter),
        "title": f"{sender.name}：{stored(Kind(letter.kind).label)}",
        "to": letter.partner_name,
        "valid_until": _moment(valid_until(letter, at)),
        "words": said.words,
    }


def talk_of(letter: Letter) -> list[list[str]]:
    """What was asked back and replied so far: which, when, by whom, in which words. Whoever calls has opened it."""
    lines = letter.lines.filter(event__in=TALK).order_by("pk")
    return [
        [one.event, _moment(one.happened_at), one.noted_org, one.noted_by, opened(one.words)]
        for one in lines
    ]


def _moment(at: datetime) -> str:
    return clock.local(at).isoformat(timespec="seconds")


def own_fingerprint(org_code: str) -> str:
    """What a house reads out on the telephone; nothing before its first file."""
    row = OrganisationKey.objects.filter(owner_org=org_code).first()
    return envelope.fingerprint(envelope.decoded(row.public_key)) if row else ""


def sent_file(org_code: str, file_id: UUID) -> LetterFile | None:
    """A file that the house itself saved."""
    rows = LetterFile.objects.select_related("letter").filter(file_id=file_id)
    return rows.filter(letter__owner_org=org_code, letter__direction=Direction.OUT).first()
