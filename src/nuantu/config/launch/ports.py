"""Whether a port is free, and who holds it when it is not."""

from __future__ import annotations

import errno
import ipaddress
import socket
from contextlib import suppress
from pathlib import Path

from nuantu.config.launch.trouble import Trouble

LISTENING = "0A"


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_everywhere(host: str) -> bool:
    """Whether the address means every network of this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return False


def demand_free(host: str, port: int) -> None:
    """Raise Trouble, naming the holder and a free port, when the address cannot be bound."""
    error = _bind_error(host, port)
    if error is None:
        return
    if error.errno == errno.EADDRINUSE:
        holder = holder_of(port) or ("另一个程序", "another program")
        free = next(
            (p for p in range(port + 1, port + 50) if _bind_error(host, p) is None), port + 1
        )
        raise Trouble(
            f"端口 {port} 已被{holder[0]}占用；请停掉它，或运行 ./nuantu up --port {free}。",
            f"Port {port} is in use by {holder[1]}; stop it, or run ./nuantu up --port {free}.",
        )
    if error.errno == errno.EACCES:
        raise Trouble(
            f"普通用户不能使用端口 {port}；请用 1024 以上的端口，如 --port 8000。",
            f"An ordinary user may not use port {port}; take one above 1024, such as --port 8000.",
        )
    raise Trouble(
        f"不能在 {host}:{port} 上监听（{error.strerror}）；请检查 --host 与 --port。",
        f"Cannot listen on {host}:{port} ({error.strerror}); check --host and --port.",
    )


def _bind_error(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            return error
        except OverflowError:
            return OSError(errno.EINVAL, "0-65535")
    return None


def holder_of(port: int) -> tuple[str, str] | None:
    """Name and number of the process that listens on the port, as far as we may see."""
    inodes = _listening_inodes(port)
    for process in Path("/proc").glob("[0-9]*"):
        if inodes & _sockets(process):
            name = (process / "comm").read_text("utf-8", "replace").strip()
            return f" {name}（进程 {process.name}）", f"{name} (process {process.name})"
    return None


def _sockets(process: Path) -> set[str]:
    """Inodes of the sockets a process holds, as far as we may see."""
    found = set()
    with suppress(OSError):
        for descriptor in (process / "fd").iterdir():
            with suppress(OSError):
                link = str(descriptor.readlink())
                found.add(link.removeprefix("socket:[").rstrip("]"))
    return found


def _listening_inodes(port: int) -> set[str]:
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text("ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            parts = line.split()
            if parts[3] == LISTENING and int(parts[1].rpartition(":")[2], 16) == port:
                found.add(parts[9])
    return found
