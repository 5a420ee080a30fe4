"""A letter as a file: opened from the disk without internet, answered there, read in, and seen on the plan."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.urls import reverse
from playwright.sync_api import Page, expect

from nuantu.letters.rules import envelope
from nuantu.letters.rules.facts import Fact
from nuantu.letters.rules.page import page, with_sealed
from nuantu.letters.selectors.files import page_words
from nuantu.letters.services import About, Recipient
from tests.cast import Cast, Player
from tests.homeward.returning import a_return
from tests.letters.writing import a_letter

pytestmark = [pytest.mark.django_db(transaction=True)]

SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
PASSPHRASE = "山高水长2026冬"


def test_the_answer_to_a_letter_from_the_disk_stands_on_the_plan(
    people: Cast,
    page_at: Callable[..., Page],
    sign_in: Callable[[Page, Player], Page],
    tmp_path: Path,
) -> None:
    plan = a_return(people, way="station")
    letter = a_letter(
        people,
        is_about_him=False,
        to=Recipient(f"样溪县救助站{SCRIPT}"[:120]),
        words=f"请来接{SCRIPT}",
        facts=(Fact(SCRIPT[:40], f"样阿木{SCRIPT}"),),
        about=About("return", plan.public_id, plan.division_code, plan.case_id),
    )
    desk = sign_in(page_at(1440), people.reception)
    desk.goto(reverse("letters:file", args=[letter.public_id]))
    desk.get_by_label("口令").fill(PASSPHRASE)
    desk.get_by_label("目的").fill("发给对方站，请接人")
    with desk.expect_download() as saving:
        desk.get_by_role("button", name="存成文件").click()
    saving.value.save_as(tmp_path / "letter.html")

    asked_for: list[str] = []
    far = page_at(390)
    far.on("request", lambda request: asked_for.append(request.url))
    far.goto((tmp_path / "letter.html").as_uri())
    far.get_by_label("口令").fill("另一句口令2026")
    far.get_by_role("button", name="打开").click()
    expect(far.get_by_role("alert")).to_contain_text("打不开")
    far.get_by_label("口令").fill(PASSPHRASE)
    far.get_by_role("button", name="打开").click()
    expect(far.get_by_text(f"请来接{SCRIPT}")).to_be_visible()
    expect(far.get_by_text(f"样阿木{SCRIPT}")).to_be_visible()
    assert far.title() != "taken"
    assert far.evaluate("document.documentElement.scrollWidth <= innerWidth")
    far.get_by_role("button", name="存成答复文件").click()
    expect(far.get_by_role("alert")).to_contain_text("请选怎么答复")
    far.get_by_label("同意", exact=False).first.check()
    expect(far.get_by_label("先反问，再答复", exact=False)).to_be_visible()
    far.get_by_label("答复内容").fill("明天派车\n来接")
    far.get_by_label("在哪里等", exact=False).fill("怀化站东出站口")
    far.get_by_label("答复人").fill("样站长 0745-00000001")
    with far.expect_download() as answering:
        far.get_by_role("button", name="存成答复文件").click()
    answering.value.save_as(tmp_path / "answer.json")
    assert not [url for url in asked_for if not url.startswith(("file:", "blob:"))]

    desk.goto(reverse("letters:read_in"))
    desk.get_by_label("函或答复文件").set_input_files(tmp_path / "answer.json")
    desk.get_by_role("button", name="检查文件").click()
    expect(desk.get_by_text("明天派车")).to_be_visible()
    expect(desk.get_by_text("怀化站东出站口")).to_be_visible()
    desk.get_by_role("button", name="登记这个答复").click()
    expect(desk.get_by_text("样站长 0745-00000001").first).to_be_visible()
    desk.goto(reverse("homeward:return", args=[plan.public_id]))
    expect(desk.get_by_role("link", name="请接回或接收")).to_be_visible()
    expect(desk.get_by_text("还没有函复同意")).to_have_count(0)


NO_ED25519 = """
const real = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (form, key, way, ...more) {
  return way === "Ed25519" ? Promise.reject(new DOMException("", "NotSupportedError")) : real.call(this, form, key, way, ...more);
};
"""
SIGNER = Ed25519PrivateKey.generate()
CONTENT = {
    "answer_key": envelope.encoded(bytes(32)), "answers": ["yes", "no"], "due_at": "2026-12-09T12:00:00+08:00",
    "asked_at": "2026-12-01T12:00:00+08:00", "facts": [], "file": "f", "from": {"name": "样溪县救助站", "phone": "0745"},
    "number": "函〔2026〕0001号", "kind": "take",
    "talk": [["asked_back", "2026-12-02T12:00:00+08:00", "样站", "样人", "哥哥叫什么"]], "title": "样溪县救助站：请接回或接收", "to": "凯里市救助管理站",
    "valid_until": "2099-12-09T12:00:00+08:00", "words": "请来接",
}  # fmt: skip


def _file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **inside: str) -> str:
    """A letter on the disk, signed, or with something else in the place of key or signature."""
    real = envelope.canonical
    if inside:
        monkeypatch.setattr(
            envelope,
            "canonical",
            lambda said: real({**said, **inside} if "signature" in said else said),
        )
    words = page_words()
    empty = page(words["title"][0], words)
    digest = envelope.page_digest(empty)
    sealed = envelope.sealed_letter(
        CONTENT, signer=SIGNER, passphrase=PASSPHRASE, page_digest=digest
    )
    monkeypatch.undo()
    (tmp_path / "letter.html").write_text(with_sealed(empty, sealed), encoding="utf-8")
    return (tmp_path / "letter.html").as_uri()


def _opened(far: Page, url: str) -> Page:
    far.goto(url)
    far.get_by_label("口令").fill(PASSPHRASE)
    far.get_by_role("button", name="打开").click()
    return far


@pytest.mark.parametrize("wrong", [{"key": "AAAA"}, {"signature": "A" * 86 + "=="}])
def test_a_letter_under_no_right_key_or_signature_is_not_shown(
    page_at: Callable[..., Page],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    wrong: dict[str, str],
) -> None:
    far = _opened(page_at(390), _file(monkeypatch, tmp_path, **wrong))
    expect(far.get_by_role("alert")).to_contain_text("签名不对")
    expect(far.get_by_text("请来接")).to_have_count(0)


def test_a_browser_that_cannot_check_the_signature_says_so_and_tells_the_fingerprint_to_compare(
    page_at: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url, far = _file(monkeypatch, tmp_path), page_at(390)
    expect(_opened(far, url).get_by_text("请来接", exact=True)).to_be_visible()
    expect(far.get_by_text("签名没有核对")).to_have_count(0)
    far.add_init_script(NO_ED25519)
    warning = _opened(far, url).get_by_role("alert").filter(has_text="签名没有核对")
    expect(warning).to_contain_text(envelope.fingerprint(SIGNER.public_key().public_bytes_raw()))
    expect(warning).to_contain_text("public number")
    expect(warning).to_be_in_viewport()
    expect(far.get_by_text("哥哥叫什么")).to_be_visible()
    assert far.evaluate("document.documentElement.scrollWidth <= innerWidth")
