"""An index in one file: written whole or not at all, read only when every byte is as it was written.

The file opens with a line of JSON: version, the generation that the database gave, the parameters and the
digest of what follows. Whoever keeps reports in a database counts its generation up with each change: another
one means that reports came or went since, as after a crash, and `current` mends that.
"""

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.asking import Coded
from nuantu.linkage.building import Built
from nuantu.linkage.columns import Registry
from nuantu.linkage.fields import CODED, Fields
from nuantu.linkage.fragments import Places
from nuantu.linkage.index import Index
from nuantu.linkage.kernel_rows import Records
from nuantu.linkage.listed import Listed
from nuantu.linkage.names import Letters, Names
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.sounds import sounds
from nuantu.linkage.tree import Level, Tree, spelt

VERSION: Final = 1
BREAK: Final = "\n"  # between words: no name holds one

Arrays = Mapping[str, NDArray[Any]]


class Damaged(ValueError):
    """The file is not whole, not of this version, or no index at all."""


def save(index: Index, path: Path, generation: int) -> None:
    """Writes the index beside its place and then moves it there. Raises OSError as the disk does.

    What a crash in the midst of an earlier writing left behind goes.
    """
    _tidy(path)
    body = io.BytesIO()
    write: Any = np.savez
    write(body, **_arrays(index.built))
    head = {
        "version": VERSION, "generation": generation, "sha256": hashlib.sha256(body.getbuffer()).hexdigest(),
        "parameters": json.loads(index.parameters.to_json()),
    }  # fmt: skip
    handle, passing = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
            file.write(body.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        Path(passing).replace(path)
    except OSError:
        Path(passing).unlink(missing_ok=True)
        raise


def _tidy(path: Path) -> None:
    if path.exists():
        written = path.stat().st_mtime_ns
        for passing in path.parent.glob(f".{path.name}.*"):
            if passing.stat().st_mtime_ns < written:
                passing.unlink(missing_ok=True)


def load(path: Path, gazetteer: Listed | None = None) -> tuple[Index, int]:
    """The index, beside a gazetteer where there is one, and its generation. Raises Damaged, or OSError when there is no such file."""
    with path.open("rb") as file:
        head = _head(file.readline(1 << 20))
        body = file.read()
    if hashlib.sha256(body).hexdigest() != head["sha256"]:
        message = f"{path.name} is not as it was written"
        raise Damaged(message)
    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        built = _built({name: arrays[name] for name in arrays.files}, gazetteer)
    parameters = Parameters.from_json(json.dumps(head["parameters"]))
    return Index(built, parameters), int(head["generation"])


@dataclass(frozen=True, slots=True)
class Change:
    """What came after a generation, as it stands now, and the ids of what went."""

    reports: Registry
    gone: Sequence[int] = ()


def current(
    path: Path,
    generation: int,
    since: Callable[[int], Change | None],
    whole: Callable[[], Registry],
    with_: Parameters | None = None,
    gazetteer: Listed | None = None,
) -> Index:
    """The index of the generation that the database has, from the file where that is of use, and kept there.

    `since`: what changed after a generation, None where nobody knows any more; `whole`: all reports. A file that
    is missing, damaged, later than the database (which came back from a backup) or of other parameters gives way
    to an index built anew. Raises ValueError when there is no report, OSError as the disk does.
    """
    parameters = with_ or Parameters()
    index, before = _kept(path, parameters, gazetteer)
    if index is not None and before == generation:
        return index
    change = since(before) if index is not None and before < generation else None
    if index is None or change is None:
        index = Index(whole(), parameters, gazetteer)
    else:
        index = index.changed(change.reports, change.gone)
    save(index, path, generation)
    return index


def _kept(path: Path, parameters: Parameters, gazetteer: Listed | None) -> tuple[Index | None, int]:
    """The index of the file and its generation, if it is of use."""
    try:
        index, before = load(path, gazetteer)
    except (Damaged, FileNotFoundError):
        return None, 0
    return (index if index.parameters == parameters else None), before


def _head(line: bytes) -> dict[str, Any]:
    try:
        head = json.loads(line)
        version = head["version"]
    except (ValueError, TypeError, KeyError):
        message = "no index of reports"
        raise Damaged(message) from None
    if version != VERSION:
        message = f"an index of version {version}, not {VERSION}"
        raise Damaged(message)
    return dict(head)


def _text(words: Sequence[str]) -> NDArray[np.uint8]:
    """Words as bytes; a break inside a word becomes a space."""
    joined = BREAK.join(word.replace(BREAK, " ") for word in words)
    return np.frombuffer(joined.encode("utf-8", "surrogatepass"), np.uint8)


def _words(text: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(text.tobytes().decode("utf-8", "surrogatepass").split(BREAK))


def _arrays(built: Built) -> dict[str, NDArray[Any]]:
    tree, names, fields = built.tree, built.coded.names, built.coded.fields
    arrays: dict[str, NDArray[Any]] = {
        "rid": built.rid, "cores": _text(tree.cores), "common": tree.common[tree.common > 0],
        "common_of": np.flatnonzero(tree.common), "surnames": _text(names.surnames), "aliases": _text(names.aliases),
        "alias_share": names.alias_share, "counties": _text(fields.counties), "patterns": fields.patterns,
        "same": np.array(
            [(one, other) for one, others in tree.same_county.items() for other in others], np.int32
        ).reshape(-1, 2),
    }  # fmt: skip
    for place, level in enumerate(tree.levels):
        arrays |= {
            f"level{place}_names": _text(level.names), f"level{place}_parent": level.parent,
            f"level{place}_people": level.people, f"level{place}_name_of": level.name_of,
        }  # fmt: skip
    for kind, letters in (("family", names.family), ("letters", names.letters)):
        arrays |= {f"{kind}_points": letters.points, f"{kind}_share": letters.share}
    arrays |= {f"share_{name}": fields.shares[name] for name in CODED}
    arrays |= {f"shares{place}": share for place, share in enumerate(built.coded.shares)}
    return arrays | {f"record_{name}": getattr(built.records, name) for name in Records._fields}


def _built(arrays: Arrays, gazetteer: Listed | None) -> Built:
    tree = _tree(arrays)
    names = Names(
        _words(arrays["surnames"]), _letters(arrays, "family", sounds().of_surname),
        _letters(arrays, "letters", sounds().of), _words(arrays["aliases"]), arrays["alias_share"],
    )  # fmt: skip
    shares = {name: arrays[f"share_{name}"] for name in CODED}
    fields = Fields(_words(arrays["counties"]), arrays["patterns"], shares)
    records = Records(*(arrays[f"record_{name}"] for name in Records._fields))
    of = [arrays[f"shares{place}"] for place in range(len(records.codes))]
    return Built(tree, Coded(names, fields, Places(tree, gazetteer), of), records, arrays["rid"])


def _tree(arrays: Arrays) -> Tree:
    levels = tuple(
        Level(
            _words(arrays[f"level{place}_names"]), arrays[f"level{place}_parent"],
            arrays[f"level{place}_people"], arrays[f"level{place}_name_of"],
        )
        for place in range(5)
    )  # fmt: skip
    cores = _words(arrays["cores"])
    letters, lengths = spelt(cores)
    common = np.zeros(1 << 16)
    common[arrays["common_of"]] = arrays["common"]
    same: dict[int, tuple[int, ...]] = {}
    for one, other in arrays["same"].tolist():
        same[one] = (*same.get(one, ()), other)
    return Tree(levels, cores, letters, lengths, common, same)


def _letters(arrays: Arrays, kind: str, syllable_of: NDArray[np.int32]) -> Letters:
    points, share = arrays[f"{kind}_points"], arrays[f"{kind}_share"]
    return Letters.from_shares(points, share, syllable_of)
