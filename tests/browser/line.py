"""The line between a phone and the server, as bad as a test wants it: cut, slow, flapping, half."""

from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread
from typing import Any
from urllib.parse import urlsplit

Fault = Callable[["Exchange"], None]


class Lost(Exception):
    """The connection breaks off here."""


class Exchange:
    """One request on its way. A fault may hold it back, lose it, answer for the server or cut its answer."""

    def __init__(self, handler: BaseHTTPRequestHandler, number: int, body: bytes) -> None:
        self.handler, self.number, self.body = handler, number, body
        self.path = handler.path
        self.is_answered_half = False
        self.loses_answer = False
        self.own_answer: tuple[int, dict[str, str]] | None = None

    @property
    def is_delivery(self) -> bool:
        """Whether it carries commands."""
        return self.path.startswith("/field/commands")


class Line:
    """A proxy in front of the live server. `fault` is asked for every request; none means a good line."""

    def __init__(self, server_url: str) -> None:
        self.target = urlsplit(server_url)
        self.fault: Fault | None = None
        self.rewrite: Callable[[str, bytes], bytes] | None = None
        self.deliveries = 0
        self.count = 0
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                line.carry(self)

            def do_POST(self) -> None:
                line.carry(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Quiet."""

        self.quiet = Condition()
        self.under_way = 0
        self.proxy = ThreadingHTTPServer(("localhost", 0), Handler)
        self.proxy.daemon_threads = True
        Thread(target=self.proxy.serve_forever, daemon=True).start()
        self.url = f"http://localhost:{self.proxy.server_port}"

    def close(self) -> None:
        """No line any more, and nothing left on it that could still reach the server."""
        self.fault = cut
        with self.quiet:
            self.quiet.wait_for(lambda: self.under_way == 0, timeout=60)
        self.proxy.shutdown()
        self.proxy.server_close()

    def carry(self, handler: BaseHTTPRequestHandler) -> None:
        """One request there and back, as well as the line allows."""
        self.count += 1
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        exchange = Exchange(handler, self.count, body)
        self.deliveries += exchange.is_delivery
        handler.close_connection = True
        with self.quiet:
            self.under_way += 1
        try:
            if self.fault is not None:
                self.fault(exchange)
            self._pass_on(exchange)
        except (Lost, OSError):
            return
        finally:
            with self.quiet:
                self.under_way -= 1
                self.quiet.notify_all()

    def _pass_on(self, exchange: Exchange) -> None:
        handler = exchange.handler
        if exchange.own_answer is not None:
            status, headers = exchange.own_answer
            _answer(handler, status, headers, b"{}")
            return
        server = HTTPConnection(self.target.hostname or "", self.target.port, timeout=60)
        headers = {name: value for name, value in handler.headers.items() if name != "Connection"}
        server.request(handler.command, handler.path, exchange.body or None, headers)
        answer = server.getresponse()
        content = answer.read()
        server.close()
        if self.rewrite is not None:
            content = self.rewrite(exchange.path, content)
        if exchange.loses_answer:
            raise Lost
        whole = len(content)
        _answer(
            handler,
            answer.status,
            _headers(answer),
            content[: whole // 2] if exchange.is_answered_half else content,
            length=whole,
        )


def _headers(answer: HTTPResponse) -> dict[str, str]:
    dropped = {"content-length", "connection", "transfer-encoding", "date", "server"}
    return {name: value for name, value in answer.getheaders() if name.lower() not in dropped}


def _answer(
    handler: BaseHTTPRequestHandler,
    status: int,
    headers: dict[str, str],
    content: bytes,
    *,
    length: int | None = None,
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content) if length is None else length))
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(content)


def cut(exchange: Exchange) -> None:
    """Nothing comes through."""
    raise Lost


def answers_lost(exchange: Exchange) -> None:
    """What is delivered arrives, and the phone never hears of it."""
    exchange.loses_answer = exchange.is_delivery


def half_answers(exchange: Exchange) -> None:
    """Of every answer to a delivery only the first half comes."""
    exchange.is_answered_half = exchange.is_delivery


def says(status: int, **headers: str) -> Fault:
    """The server answers deliveries with this, and takes nothing."""

    def fault(exchange: Exchange) -> None:
        if exchange.is_delivery:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            exchange.own_answer = (status, named)

    return fault


def flaps(pattern: str) -> Fault:
    """Per request one letter, again and again: `-` lost on the way, `a` the answer lost, `+` good."""
    seen = iter(pattern * 1000)

    def fault(exchange: Exchange) -> None:
        letter = next(seen)
        if letter == "-":
            raise Lost
        exchange.loses_answer = letter == "a"

    return fault


class Held:
    """Deliveries wait on the line until they are let through: a very slow line, without a clock."""

    def __init__(self) -> None:
        self.has_come, self.may_go = Event(), Event()

    def __call__(self, exchange: Exchange) -> None:
        if exchange.is_delivery:
            self.has_come.set()
            self.may_go.wait(60)
