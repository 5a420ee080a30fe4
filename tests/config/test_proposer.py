"""The optional proposer: off without an address, marked when it speaks, silent when it fails."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from nuantu.config import proposer
from nuantu.planbook.reading import read_document
from tests.builders import PLAN_TEXT

pytestmark = pytest.mark.slow


class Model(BaseHTTPRequestHandler):
    """An endpoint that answers with what the test gives it."""

    said: ClassVar[str] = "[]"
    status: ClassVar[int] = 200
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).asked.append(
            {"path": self.path, "key": self.headers.get("Authorization"), "body": body}
        )
        answer = json.dumps({"choices": [{"message": {"content": type(self).said}}]}).encode()
        self.send_response(type(self).status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def model(settings: Any) -> Iterator[type[Model]]:
    handler = type("Fresh", (Model,), {"asked": [], "said": "[]", "status": 200})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.NUANTU_MODEL_URL = f"http://127.0.0.1:{server.server_port}/v1"
    settings.NUANTU_MODEL_NAME = "kaoyan"
    settings.NUANTU_MODEL_KEY = "geheim"
    yield handler
    server.shutdown()


def _read() -> Any:
    return read_document(PLAN_TEXT.encode(), "方案.txt", year=2026, propose=proposer.configured())


def test_without_an_address_nobody_is_asked() -> None:
    assert proposer.configured() is None
    assert all(row.proposed_by == "rule" for row in _read().evidence)


@pytest.mark.parametrize(
    ("status", "said"), [(500, "[]"), (200, "no json"), (200, '[{"path": 1}]')]
)
def test_a_model_that_fails_takes_nothing_away(model: type[Model], status: int, said: str) -> None:
    model.status, model.said = status, said
    assert _read().facts == read_document(PLAN_TEXT.encode(), "方案.txt", year=2026).facts


def test_what_the_text_does_not_say_is_not_taken(model: type[Model]) -> None:
    made_up = {"path": "hotline", "value": "0855-1111111", "quote": "热线0855-1111111"}
    model.said = json.dumps([made_up], ensure_ascii=False)
    assert "0855-1111111" not in _read().facts["hotline"]


def test_what_the_text_proves_is_taken_and_marked(model: type[Model]) -> None:
    known = {"path": "areas", "value": "热线接听点", "quote": "全天有人接听"}
    model.said = f"好的：{json.dumps([known], ensure_ascii=False)}"
    reading = _read()
    assert "热线接听点" in reading.facts["areas"]
    (proof,) = [row for row in reading.evidence if row.proposed_by == "model"]
    assert reading.document.text[slice(*proof.span)] == "全天有人接听"
    (asked,) = model.asked
    assert (asked["path"], asked["key"]) == ("/v1/chat/completions", "Bearer geheim")
    assert PLAN_TEXT[:20] in json.loads(asked["body"])["messages"][1]["content"]
