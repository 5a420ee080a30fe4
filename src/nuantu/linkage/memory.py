"""What was made for one question and serves the next: the latest, up to a number of bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final, Generic, Protocol, TypeVar

from nuantu.linkage.parameters import Parameters

MOST: Final = 24 << 20  # bytes


class Sized(Protocol):
    """Says what it takes."""

    @property
    def nbytes(self) -> int:
        """In bytes."""


V = TypeVar("V", bound=Sized)


class Shelf(Generic[V]):
    """Values by key, made under the same parameters. Threads may share it."""

    def __init__(self, parameters: Parameters | None) -> None:
        self.parameters = parameters
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._bytes, self._lock = 0, Lock()

    def get(self, key: Hashable) -> V | None:
        """What is kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, value: V) -> None:
        """Keeps a value; what was not asked for the longest time goes."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value
            self._bytes += value.nbytes
            while self._bytes > MOST:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes


class Memory(Generic[V]):
    """A shelf for the parameters asked with last; other parameters begin an empty one."""

    def __init__(self) -> None:
        self._shelf: Shelf[V] = Shelf(None)

    def under(self, parameters: Parameters) -> Shelf[V]:
        """The shelf of these parameters."""
        shelf = self._shelf
        if shelf.parameters is not parameters and shelf.parameters != parameters:
            self._shelf = shelf = Shelf(parameters)
        return shelf
