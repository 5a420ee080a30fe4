"""Letters as files: which are refused, what is read in, and what then stands on the page of either side."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.letters import services
from nuantu.letters.models import Letter, LetterFile, OrganisationKey
from nuantu.letters.rules import envelope
from nuantu.letters.selectors.files import own_fingerprint
from nuantu.letters.services import LetterRefused, Recipient, Said
from nuantu.papers.models import PaperVersion
from nuantu.papers.selectors.printed import word_file
from tests.cast import STATION, Cast, Player
from tests.homeward.wearing import NOON
from tests.letters.writing import ELSEWHERE, WORDS, a_letter, again, does, received
from tests.web import does_not_see, not_found_for, page_for, sees, submits

pytestmark = pytest.mark.django_db

FAR: Final = Recipient("贵阳市救助管理站")
PASSPHRASE: Final = "山高水长2026冬"
PURPOSE: Final = "发给对方站，请接人"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of rounds is slow on purpose; test_envelope and the browser prove it whole."""
    monkeypatch.setattr(envelope, "ROUNDS", 1_000)


def _saved(cast: Cast, letter: Letter) -> bytes:
    made = does(cast.reception, services.save_file, letter, passphrase=PASSPHRASE, purpose=PURPOSE)
    return bytes(made.content)


def _reads(who: Player, file: bytes, **typed: str) -> Any:
    data = {"file": SimpleUploadedFile("a.html", file), "passphrase": "", "heard": "", **typed}
    return who.browser().post(reverse("letters:read_in"), data, follow=True)


def _fingerprint() -> str:
    with scope.system("a test listens to the telephone"):
        return own_fingerprint(STATION)


def _answer(letter: Letter, words: str = "明天来接", **more: str) -> bytes:
    """What the page saves for whoever has read the letter."""
    with scope.system("a test writes what a browser would"):
        file = LetterFile.objects.get(letter=letter)
        key = envelope.decoded(file.answer_key.open())
    said = {"answer": "yes", "by": "样站长 0745-00000001", "words": words} | more
    number = more.pop("number", letter.number)
    return envelope.sealed_answer(
        said, file_id=str(file.file_id), number=number, answer_key=key
    ).encode()


def test_a_letter_is_saved_by_its_sender_alone_for_a_purpose_under_a_long_passphrase(
    cast: Cast,
) -> None:
    sent = a_letter(cast, to=ELSEWHERE)
    url = reverse("letters:file", args=[sent.public_id])
    not_found_for(cast.outsider, url=url)
    not_found_for(cast.section_head, url=url)
    short = cast.reception.browser().post(url, {"passphrase": "12345678", "purpose": PURPOSE})
    sees(short, "只用数字的至少12位", PURPOSE)
    here = a_letter(cast)
    with pytest.raises(LetterRefused, match="对方在本系统"):
        does(cast.reception, services.save_file, here, passphrase=PASSPHRASE, purpose=PURPOSE)
    file = cast.reception.browser().post(url, {"passphrase": PASSPHRASE, "purpose": PURPOSE})
    assert file["Content-Disposition"].startswith("attachment")
    for secret in (WORDS, "样阿木", "K9064", PASSPHRASE):
        assert secret not in file.content.decode()
    with scope.system("a test reads the journal"):
        line = JournalEntry.objects.get(verb="letters.letter.file")
        key = OrganisationKey.objects.get(owner_org=STATION)
        assert PASSPHRASE not in f"{line.summary}{line.basis}{line.changes}{line.sealed}"
        assert key.private_key.token.startswith("s1.")
        assert len(envelope.decoded(key.private_key.open())) == 32
    assert again(sent).lines.order_by("-pk")[0].event == "filed"


def test_a_letter_that_went_as_a_file_says_so_with_its_day_on_page_list_export_and_paper(
    cast: Cast,
) -> None:
    paper = a_letter(cast, to=ELSEWHERE)
    sent = a_letter(cast, to=ELSEWHERE, kind="address")
    with clock.frozen(NOON + timedelta(days=1)):
        _saved(cast, sent)
        page = page_for(cast.reception, reverse("letters:letter", args=[sent.public_id]))
        sees(page, "签名文件", "2026-12-10")
        does_not_see(page, "纸质公函")
        sees(page_for(cast.reception, reverse("letters:letters") + "?box=out"), "签名文件")
        export = cast.leader.browser().get(reverse("letters:export") + "?box=out")
    rows = list(load_workbook(BytesIO(b"".join(export))).worksheets[0].values)
    ways = {row[0]: row[-2] for row in rows}
    assert (ways[paper.number], ways[sent.number]) == ("纸质公函", "签名文件")
    assert "纸质公函" in _printed(paper)
    assert "签名文件，2026年12月10日存成" in _printed(sent)


def _printed(letter: Letter) -> str:
    with scope.system("a test reads the paper"):
        version = PaperVersion.objects.get(paper__number=letter.number)
        with ZipFile(BytesIO(word_file(version, office=""))) as word:
            return word.read("word/document.xml").decode()


def _of_another(cast: Cast) -> bytes:
    return _answer_to(cast, Recipient("样溪县救助站"))


def _answer_to(cast: Cast, to: Recipient) -> bytes:
    letter = a_letter(cast, to=to, is_about_him=False, who=cast.outsider)
    does(cast.outsider, services.save_file, letter, passphrase=PASSPHRASE, purpose=PURPOSE)
    return _answer(letter)


def _withdrawn(cast: Cast) -> bytes:
    letter = a_letter(cast, to=ELSEWHERE)
    _saved(cast, letter)
    does(cast.reception, services.withdraw, letter, words="不用了")
    return _answer(letter)


def _with_other_number(cast: Cast) -> bytes:
    letter = a_letter(cast, to=ELSEWHERE)
    _saved(cast, letter)
    return _answer(letter, number="函〔2026〕9999号")


def _empty(cast: Cast) -> bytes:
    letter = a_letter(cast, to=ELSEWHERE)
    _saved(cast, letter)
    return _answer(letter, words=" ")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda _cast: b"%PDF-1.7 somebody else's", "这不是暖途的"),
        (lambda _cast: b" " * (envelope.MOST_BYTES + 1), "文件太大"),
        (lambda cast: _of_another(cast)[:-9], "不完整或被改动过"),
        (_of_another, "不是我们发出的函的答复"),
        (_with_other_number, "不是我们发出的函的答复"),
        (_withdrawn, "已经撤回"),
        (_empty, "答复不完整"),
    ],
)
def test_a_file_that_answers_nothing_of_ours_is_refused_in_words_of_its_own(
    cast: Cast, made: Callable[[Cast], bytes], said: str
) -> None:
    page = _reads(cast.reception, made(cast))
    assert page.status_code == 422
    sees(page, said)


@pytest.mark.slow
def test_an_answer_is_shown_first_counts_once_and_its_script_stays_words(cast: Cast) -> None:
    sent = a_letter(cast, to=ELSEWHERE)
    _saved(cast, sent)
    file = _answer(sent, "来接<script>alert(1)</script>")
    shown = _reads(cast.reception, file)
    sees(shown, "来接<script>alert(1)</script>", "样站长", "还没有登记")
    assert b"<script>alert" not in shown.content
    assert again(sent).state == "waiting"
    token = shown.context["token"]
    url = reverse("letters:count_answer", args=[sent.public_id])
    not_found_for(cast.outsider, url=url, data={"token": token})
    for wrong in ({"token": "p1.m1.AAAA"}, {}):
        cast.reception.browser().post(url, wrong)
    cast.station_head.browser().post(url, {"token": token})
    assert again(sent).state == "waiting"
    submits(cast.reception, url, {"token": token})
    page = page_for(cast.reception, reverse("letters:letter", args=[sent.public_id]))
    sees(page, "样站长 0745-00000001", "已存成文件")
    english = cast.reception.browser("en")
    sees(page_for(english, reverse("letters:letter", args=[sent.public_id])), "Saved as a file")
    sees(_reads(cast.reception, file), "不再登记第二次")
    cast.reception.browser().post(url, {"token": token})
    assert [one.event for one in again(sent).lines.order_by("pk")] == ["sent", "filed", "answered"]


@pytest.mark.slow
def test_a_letter_of_another_installation_is_read_in_once_its_key_was_heard_and_its_answer_goes_back(
    cast: Cast,
) -> None:
    sent = a_letter(cast, to=FAR)
    file = _saved(cast, sent)
    sees(_reads(cast.outsider, file, passphrase="另一句口令2026"), "口令不对")
    sees(_reads(cast.outsider, file, passphrase=PASSPHRASE), "第一次收到凯里市救助管理站的文件")
    wrong = _reads(cast.outsider, file, passphrase=PASSPHRASE, heard="1" * 30)
    sees(wrong, "指纹不符", PASSPHRASE)
    with clock.frozen(sent.due_at + timedelta(days=31)):
        late = _reads(cast.outsider, file, passphrase=PASSPHRASE, heard=_fingerprint())
        sees(late, "过了有效期")
    sees(_reads(cast.reception, file, passphrase=PASSPHRASE), "我们自己发出的函")
    page = _reads(cast.outsider, file, passphrase=PASSPHRASE, heard=_fingerprint())
    sees(page, sent.number, "凯里市救助管理站", "签名文件")
    does_not_see(page, WORDS, "确认到达")
    sees(_reads(cast.outsider, file, passphrase=PASSPHRASE), "已经读入过")
    with scope.system("a test finds the received one"):
        copy = Letter.objects.get(letter_id=sent.letter_id, direction="in")
    early = cast.outsider.browser().post(
        reverse("letters:answer_file", args=[copy.public_id]), follow=True
    )
    sees(early, "先答复或反问")
    with pytest.raises(LetterRefused, match="打电话告诉对方"):
        does(cast.outsider, services.tell, copy, event="arrived")
    does(cast.outsider, services.answer, copy, said=Said("yes", "明天派车来接"))
    assert again(sent).state == "waiting"
    back = cast.outsider.browser().post(reverse("letters:answer_file", args=[copy.public_id]))
    sees(_reads(cast.reception, back.content), "明天派车来接", "外人")


def _counts(who: Player, sent: Letter, file: bytes) -> Any:
    """Read an answer file in and let it count."""
    token = _reads(who, file).context["token"]
    return submits(who, reverse("letters:count_answer", args=[sent.public_id]), {"token": token})


def _answers_by_file(copy: Letter, who: Player) -> bytes:
    url = reverse("letters:answer_file", args=[copy.public_id])
    return bytes(who.browser().post(url).content)


@pytest.mark.slow
def test_who_asks_back_by_file_is_replied_to_by_a_new_file_of_the_same_letter(cast: Cast) -> None:
    sent = a_letter(cast, to=FAR)
    _reads(cast.outsider, _saved(cast, sent), passphrase=PASSPHRASE, heard=_fingerprint())
    copy = received(sent)
    does(cast.outsider, services.ask_back, copy, words="他说的哥哥叫什么")
    question = _answers_by_file(copy, cast.outsider)
    sees(_reads(cast.reception, question), "反问", "他说的哥哥叫什么", "还没有登记")
    assert again(sent).state == "waiting"
    sees(_counts(cast.reception, sent, question), "对方在等我们回复")
    sees(_reads(cast.reception, question), "先回复")
    with pytest.raises(LetterRefused, match="先回复"):
        _saved(cast, sent)
    does(cast.reception, services.reply, sent, words="叫样阿水")
    url = reverse("letters:letter", args=[sent.public_id])
    sees(page_for(cast.reception, url), "重新存成文件发给对方")
    sees(_reads(cast.reception, question), "已经登记过")
    second = _saved(cast, sent)
    does_not_see(page_for(cast.reception, url), "重新存成文件发给对方")
    page = _reads(cast.outsider, second, passphrase=PASSPHRASE)
    sees(page, sent.number, "等我们答复")
    sees(_reads(cast.outsider, second, passphrase=PASSPHRASE), "已经读入过")
    opened = submits(
        cast.outsider, reverse("letters:open", args=[copy.public_id]), {"purpose": "安排接站"}
    )
    sees(opened, "叫样阿水", "凯里市救助管理站")
    assert _told(copy) == ["sent", "asked_back", "replied", "read"]


@pytest.mark.slow
def test_where_he_is_waited_for_comes_with_the_answer_file_or_after_it_and_once(cast: Cast) -> None:
    sent = a_letter(cast, to=FAR)
    _reads(cast.outsider, _saved(cast, sent), passphrase=PASSPHRASE, heard=_fingerprint())
    copy = received(sent)
    does(cast.outsider, services.answer, copy, said=Said("yes", "明天派车来接"))
    _counts(cast.reception, sent, _answers_by_file(copy, cast.outsider))
    sees(_reads(cast.reception, _answers_by_file(copy, cast.outsider)), "不再登记第二次")
    place = "怀化站东出站口，样站长，0745-00000001"
    does(cast.outsider, services.tell, copy, event="waits", words=place)
    later = _answers_by_file(copy, cast.outsider)
    shown = _reads(cast.reception, later)
    sees(shown, place, "还没有登记")
    does_not_see(shown, "明天派车来接")
    _counts(cast.reception, sent, later)
    url = reverse("letters:count_answer", args=[sent.public_id])
    submits(cast.reception, url, {"token": shown.context["token"]})
    sees(_reads(cast.reception, later), "不再登记第二次")
    assert _told(sent) == ["sent", "filed", "answered", "waits"]
    with scope.system("a test reads who said it"):
        line = sent.lines.get(event="waits")
    assert (line.noted_org, line.noted_by, line.means) == ("贵阳市救助管理站", "外人", "file")


def _told(letter: Letter) -> list[str]:
    with scope.system("a test reads"):
        return list(letter.lines.order_by("pk").values_list("event", flat=True))


@pytest.mark.slow
def test_a_letter_to_somebody_else_and_one_under_a_changed_key_are_refused(cast: Cast) -> None:
    first, second = a_letter(cast, to=FAR), a_letter(cast, to=FAR)
    _reads(cast.outsider, _saved(cast, first), passphrase=PASSPHRASE, heard=_fingerprint())
    other = _saved(cast, a_letter(cast, to=ELSEWHERE))
    sees(_reads(cast.outsider, other, passphrase=PASSPHRASE), "发给样溪县救助管理站的")
    with scope.system("a thief signs with a key of his own"):
        key, stolen = OrganisationKey.objects.get(owner_org=STATION), Ed25519PrivateKey.generate()
        key.public_key = envelope.encoded(stolen.public_key().public_bytes_raw())
        key.private_key = envelope.encoded(stolen.private_bytes_raw())
        key.save()
    forged = _saved(cast, second)
    sees(_reads(cast.outsider, forged, passphrase=PASSPHRASE), "签名钥匙变了")
    with scope.system("a test counts what came in"):
        assert Letter.objects.filter(direction="in").count() == 1
    page = _reads(cast.outsider, forged, passphrase=PASSPHRASE, heard=_fingerprint())
    sees(page, second.number)


@pytest.mark.slow
def test_passphrases_are_not_guessed_at_the_desk(cast: Cast) -> None:
    for _turn in range(20):
        sees(_reads(cast.outsider, b"no letter"), "这不是暖途的")
    sees(_reads(cast.outsider, b"no letter"), "读入次数太多")
