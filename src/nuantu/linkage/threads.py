"""The threads that one search shares its work with."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache


@cache
def pool() -> ThreadPoolExecutor:
    """As many as there are processors; nothing that runs in one waits for another."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="linkage")
