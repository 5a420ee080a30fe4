"""Files that nobody should hand in, through the real form: each gets a sentence, none fills memory."""

import io
import resource
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.config.reading_apart import read_apart
from nuantu.operations.models import Operation, PlanDocument
from nuantu.operations.services import documents, read_waiting
from nuantu.planbook import files
from tests.cast import Cast
from tests.planbook.reading import papers
from tests.web import page_for, sees

pytestmark = pytest.mark.django_db
BOUNDARY = "----nuantu"
MEGABYTE = 1 << 20
HUGE, MOST_MORE = 200 * MEGABYTE, 50 * MEGABYTE


class _Streamed(io.RawIOBase):
    """A body of a form with one file of zeros, made while it is read."""

    def __init__(self, size: int) -> None:
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="year"\r\n\r\n2026\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="plan.docx"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        tail = f"\r\n--{BOUNDARY}--\r\n".encode()
        self.length = len(head) + size + len(tail)
        self._left = b""
        self._parts = self._made(head, size, tail)

    @staticmethod
    def _made(head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        for _ in range(size // MEGABYTE):
            yield bytes(MEGABYTE)
        yield tail

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        self._left = self._left or next(self._parts, b"")
        size = min(len(room), len(self._left))
        room[:size], self._left = self._left[:size], self._left[size:]
        return size


def test_a_file_of_200_megabytes_is_refused_with_a_sentence_and_without_memory(cast: Cast) -> None:
    body = _Streamed(HUGE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    page = cast.section_head.browser().request(
        **{
            "REQUEST_METHOD": "POST",
            "PATH_INFO": reverse("operations:documents"),
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
            "CONTENT_LENGTH": str(body.length),
            "wsgi.input": io.BufferedReader(body),
        }
    )
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert page.status_code == 422
    sees(page, "文件超过 20 MB")
    assert not PlanDocument.objects.exists()
    assert more * 1024 < MOST_MORE


def test_a_plan_file_is_never_cut_to_fit(cast: Cast) -> None:
    """Its first megabyte may be a whole plan that nobody wrote like that."""
    text = files.packaged_text("P9") + "\n# " + "x" * 1_200_000
    page = cast.section_head.browser().post(
        reverse("operations:start"),
        {"file": SimpleUploadedFile("p.yaml", text.encode()), "year": 2026},
    )
    assert page.status_code == 422
    sees(page, "方案文件超过 1 MB")
    assert not Operation.objects.exists()


def test_every_mistake_of_a_plan_file_is_told_with_its_line(cast: Cast) -> None:
    text = files.packaged_text("P9").replace("title:", "titel:", 1).replace("start:", "strat:", 1)
    lines = [n for n, row in enumerate(text.splitlines(), 1) if "titel:" in row or "strat:" in row]
    for language, word in (("", "第 {} 行："), ("en", "Line {}: ")):
        page = cast.section_head.browser(language).post(
            reverse("operations:start"),
            {"file": SimpleUploadedFile("p.yaml", text.encode()), "year": 2026},
        )
        assert page.status_code == 422
        sees(page, *(word.format(line) for line in lines))


@pytest.fixture
def _read_as_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The reader of the installation, on a machine without any other program."""
    before = documents._outside.read
    documents.bring(read=read_apart)
    monkeypatch.setenv("PATH", "")
    yield
    documents.bring(read=before)


@pytest.mark.usefixtures("_read_as_installed")
@pytest.mark.slow
def test_an_old_word_file_without_a_converter_says_what_to_do(cast: Cast) -> None:
    file = SimpleUploadedFile("慰问方案.doc", papers.old_doc())
    answer = cast.section_head.browser().post(
        reverse("operations:documents"), {"file": file, "year": 2026}
    )
    document = PlanDocument.objects.get()
    read_waiting(str(document.public_id))
    document.refresh_from_db()
    assert document.state == PlanDocument.State.FAILED
    page = page_for(cast.section_head, answer.headers["Location"])
    sees(page, "旧版 .doc 文件", ".docx", "原文件已保留", "重读")
    sees(page_for(cast.section_head, answer.headers["Location"], language="en"), "LibreOffice")
