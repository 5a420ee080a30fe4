"""One at a time, by a word: whoever comes second waits until the first has committed."""

from django.db import connection


def wait_for_turn(word: str) -> None:
    """Hold the turn of this word until the transaction ends; who holds it already may ask again.

    Words that fall on one number of 32 bits share a turn, which costs a wait and nothing else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [word])
