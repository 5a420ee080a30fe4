"""Ports: a busy one names its holder, a free one passes."""

import os
import socket

import pytest

from nuantu.config.launch import ports
from nuantu.config.launch.trouble import Trouble


def test_a_busy_port_names_its_holder_and_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble) as caught:
            ports.demand_free("127.0.0.1", port)
    assert f"进程 {os.getpid()}" in caught.value.chinese
    assert f"process {os.getpid()}" in caught.value.english
    assert "--port" in caught.value.chinese


def test_a_port_just_left_is_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    ports.demand_free("127.0.0.1", port)


def test_a_number_that_is_no_port_gets_a_sentence() -> None:
    with pytest.raises(Trouble, match="--port"):
        ports.demand_free("127.0.0.1", 70_000)


def test_an_address_of_another_machine_gets_a_sentence() -> None:
    with pytest.raises(Trouble, match="--host"):
        ports.demand_free("192.0.2.1", 8000)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_loopback_is_known(host: str) -> None:
    assert ports.is_loopback(host)


@pytest.mark.parametrize("host", ["::", "192.168.1.8", "10.1.2.3", "nuantu.example", ""])
def test_every_other_address_is_not_loopback(host: str) -> None:
    assert not ports.is_loopback(host)
