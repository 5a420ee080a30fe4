"""Several commands may use one embedded server; the last to leave stops it."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from nuantu.config.launch import cluster
from nuantu.config.launch.location import locate


@dataclass
class Lease:
    """The right to use the server of one data folder, until released or until the process ends."""

    data_dir: Path
    database: str
    is_throw_away: bool
    server: cluster.Server
    _users: TextIOWrapper

    def is_alive(self) -> bool:
        return cluster.is_postgres(self.server.pid)

    def renew(self) -> None:
        """Start the server again after somebody killed it."""
        self.server = cluster.start(
            self.data_dir, database=self.database, is_throw_away=self.is_throw_away
        )

    def release(self, seconds: float = 30) -> None:
        """Stop the server unless another process still uses it."""
        fcntl.flock(self._users, fcntl.LOCK_UN)
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            self.server.stop(seconds)
        finally:
            self._users.close()


def take(data_dir: Path, *, database: str, is_throw_away: bool = False) -> Lease:
    """Start the server of `data_dir`, or share the one that runs."""
    locate(data_dir)
    users = (data_dir / "users.lock").open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    server = cluster.start(data_dir, database=database, is_throw_away=is_throw_away)
    return Lease(data_dir, database, is_throw_away, server, users)
