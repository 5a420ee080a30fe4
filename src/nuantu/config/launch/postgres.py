"""The embedded database as the rest of the project sees it."""

from nuantu.config.launch.cluster import Server, start
from nuantu.config.launch.roles import grant_runtime
from nuantu.config.launch.throw_away import for_tests

__all__ = ["Server", "for_tests", "grant_runtime", "start"]
