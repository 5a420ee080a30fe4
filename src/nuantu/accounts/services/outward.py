"""HTTP to the outside: never into the house itself, whatever a name resolves to.

The name is looked up when the message is sent, every address it has is judged, and the connection
goes to the very address that was judged, so that a name that changes in between changes nothing.
"""

import socket
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import create_connection

from nuantu.accounts.rules.networks import may_reach

WORDS = "address inside the house"


class InwardAddress(Exception):
    """The host has an address that leads inward and was not allowed."""


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host, each allowed. Raises InwardAddress, OSError where it has none."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(may_reach(one, settings.NUANTU_WEBHOOK_NETWORKS) for one in addresses):
        raise InwardAddress(WORDS)
    return addresses


class _Judged(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        last: OSError | None = None
        for address in addresses_of(self.host, self.port):
            try:
                return create_connection(
                    (address, self.port), self.timeout, socket_options=self.socket_options
                )
            except OSError as error:
                last = error
        raise requests.ConnectionError(last)


class _JudgedTls(_Judged, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Judged


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _JudgedTls


class _Outward(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}


def post(url: str, *, data: bytes, headers: dict[str, str], seconds: int) -> requests.Response:
    """Send once: no redirect is followed, no proxy of the environment is asked.

    Raises InwardAddress, requests.RequestException.
    """
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, _Outward())
        return session.post(url, data=data, headers=headers, timeout=seconds, allow_redirects=False)
