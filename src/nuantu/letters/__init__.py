"""Letters between organisations (函): what one asks another, its clocks, and every word that comes of it.

Each side has its own copy in its own scope: the sender's (发出) and, where the other organisation works on the same
installation, the receiver's (收到), written in one transaction by a journalled, elevated step. A letter hangs on a subject
of a package above, which names it by kind and public id; this package knows neither plans nor searches. Whoever has no
Nuantu gets the letter on paper; what he answers is typed in.
"""
