"""The innermost loops over names, compiled: how a letter is heard, and which names of places a fragment may be."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.dialects import WIDTH
from nuantu.linkage.kernel_logs import log_of
from nuantu.linkage.place_names import LONGEST
from nuantu.linkage.sounds import PRIVATE
from nuantu.routing.search.compiled import entry, inlined, kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
Letters = NDArray[np.uint16]

LEAST: Final = 1e-6  # P(any letter heard | any letter said)
SOUGHT: Final = 0.9  # share of fragments with all letters of the name


class Spellings(NamedTuple):
    """Names in the order of the index and where each of its keys starts; their letters and the syllables of these, shape
    (names, LONGEST). `class_of`: of each syllable, `classes` in all.
    """

    starts: Longs
    names: Ints
    letters: Letters
    syllables: Letters
    class_of: Longs
    classes: int


class Sounding(NamedTuple):
    """How letters sound. `heard`: P(heard | said) by syllable heard, said and region, shape (syllables, syllables, WIDTH);
    `usual`: the same for no region; `syllable_of` and `common`: of each letter; `share`: of each syllable.
    """

    heard: Table
    usual: Table
    syllable_of: Ints
    common: Floats
    share: Floats


class Forms(NamedTuple):
    """Ways to take a fragment: letters, shape (forms, LONGEST), how many, and how likely each is.

    `same`: share written as said; `cut`: share that lost a letter.
    """

    letters: Letters
    lengths: Longs
    weights: Floats
    same: float
    cut: float


class Likely(NamedTuple):
    """Names that a fragment may be, and P(fragment | name), shape (names, WIDTH)."""

    names: Ints
    odds: Table


class Ear(NamedTuple):
    """One form as it is looked for. `syllables`: of its letters; `share`: what P(heard | said) counts, by letter."""

    letters: Letters
    syllables: Longs
    share: Floats
    same: float
    least: float


class Stretch(NamedTuple):
    """Names that have the letters from `shift` on. `skipped`: the class that begins names looked at before, -1 for none."""

    first: int
    last: int
    shift: int
    weight: float
    skipped: int


@kernel
def stretch_of(
    spellings: Spellings, key: tuple[int, int, int], shift: int, weight: float, skipped: int
) -> Stretch:
    """Names of a length that begin (side 0) or end (side 1) with a class of sound."""
    length, side, class_ = key
    if length > LONGEST:
        return Stretch(0, 0, shift, weight, skipped)
    at = (length * 2 + side) * spellings.classes + class_
    return Stretch(int(spellings.starts[at]), int(spellings.starts[at + 1]), shift, weight, skipped)


@inlined
def fits(position: int, spellings: Spellings, usual: Table, ear: Ear, stretch: Stretch) -> bool:
    """Whether a name is likely enough, whatever the region."""
    total, place = stretch.weight, 0
    if spellings.class_of[spellings.syllables[position, 0]] == stretch.skipped:
        total = 0.0
    while place < len(ear.syllables) and total >= ear.least:
        part = usual[ear.syllables[place], spellings.syllables[position, place + stretch.shift]]
        chance = part * ear.share[place]
        if spellings.letters[position, place + stretch.shift] == ear.letters[place]:
            chance += ear.same
        total *= chance + LEAST
        place += 1
    return total >= ear.least


@inlined
def take(
    position: int, spellings: Spellings, heard: Table, ear: Ear, stretch: Stretch, odds: Table
) -> None:
    """P(fragment | name) for each region."""
    for region in range(WIDTH):
        odds[region] = stretch.weight
    for place in range(len(ear.syllables)):
        said = spellings.syllables[position, place + stretch.shift]
        chances = heard[ear.syllables[place], said]
        share, more = np.float32(ear.share[place]), np.float32(LEAST)
        if spellings.letters[position, place + stretch.shift] == ear.letters[place]:
            more += np.float32(ear.same)
        for region in range(WIDTH):
            odds[region] *= chances[region] * share + more


@kernel
def match_names(
    spellings: Spellings, sounding: Sounding, ear: Ear, stretch: Stretch, likely: Likely, count: int
) -> int:
    """Adds the names of a stretch that the form may be; returns how many stand there now."""
    for position in range(stretch.first, stretch.last):
        if not fits(position, spellings, sounding.usual, ear, stretch):
            continue
        if count == len(likely.names):
            break
        likely.names[count] = spellings.names[position]
        take(position, spellings, sounding.heard, ear, stretch, likely.odds[count])
        count += 1
    return count


@kernel
def match_form(
    form: int,
    forms: Forms,
    spellings: Spellings,
    sounding: Sounding,
    room: tuple[Longs, Floats],
    likely: Likely,
    count: int,
) -> int:
    """The same for names that begin or end like one form, and names that have one letter more."""
    length, same = int(forms.lengths[form]), forms.same
    letters, (syllables, share) = forms.letters[form, :length], room
    if PRIVATE <= letters[0] < PRIVATE + len(sounding.share):
        same = 0.0
    for place in range(length):
        letter = letters[place]
        said = syllables[place] = sounding.syllable_of[letter]
        alone = PRIVATE <= letter < PRIVATE + len(sounding.share)
        of = 1.0 if alone else (sounding.common[letter] + 1e-7) / (sounding.share[said] + 1e-6)
        share[place] = (1.0 - same) * of
    least = 1e-4 ** min(length, 3) * 0.1
    ear = Ear(letters, syllables[:length], share[:length], same, least)
    first = int(spellings.class_of[syllables[0]])
    last = int(spellings.class_of[syllables[length - 1]])
    for way in range(4 if length > 1 else 2):
        longer, side = way // 2, (way + 1) // 2 % 2
        weight = forms.weights[form] * (forms.cut if longer else SOUGHT)
        class_ = last if side else first
        stretch = stretch_of(
            spellings,
            (length + longer, side, class_),
            longer * side,
            weight,
            first if way == 1 else -1,
        )
        count = match_names(spellings, sounding, ear, stretch, likely, count)
    return count


@entry
def match(
    forms: Forms,
    spellings: Spellings,
    sounding: Sounding,
    carried: Floats,
    slight: float,
    room: tuple[Longs, Floats],
    likely: Likely,
) -> tuple[float, int]:
    """The names that a fragment may be; returns P(fragment) over all and how many names bring at least the
    part `slight` of it. `carried`: share of people who live at each name; `room`: for the letters of a form.
    """
    count = 0
    for form in range(len(forms.lengths)):
        count = match_form(form, forms, spellings, sounding, room, likely, count)
    return keep_likely(likely, count, carried, slight)


@kernel
def keep_likely(likely: Likely, count: int, carried: Floats, slight: float) -> tuple[float, int]:
    """Moves the names that bring at least the part `slight` of P(fragment) to the front; returns it and how many."""
    mean, kept = 0.0, 0
    for position in range(count):
        mean += likely.odds[position, WIDTH - 1] * carried[likely.names[position]]
    least = np.float32(slight * mean)
    for position in range(count):
        most = np.float32(0.0)
        for region in range(WIDTH):
            most = max(most, likely.odds[position, region])
        if most >= least:
            likely.names[kept] = likely.names[position]
            for region in range(WIDTH):
                likely.odds[kept, region] = likely.odds[position, region]
            kept += 1
    return mean, kept


class Heard(NamedTuple):
    """A letter that was heard, among those of one kind of name. `syllable`: of each of these, `sounding`: P(syllable).

    `chances`: P(heard | said) by syllable said and region; `share`: of the sound; `same`: share written as said;
    `place`: where the letter stands among them, -1 for nowhere, and `common`: its share; `alike`: which look like it,
    `taken`: share written as one of these; `scarce`: share of a letter that no name has; `floor`: added before the log.
    """

    syllable: Ints
    sounding: Floats
    chances: Table
    share: float
    same: float
    place: int
    common: float
    alike: Longs
    taken: float
    scarce: float
    floor: float


@entry
def hear(heard: Heard, room: Table, out: Table) -> None:
    """log(P(heard | each letter) / P(heard) + floor), shape (regions + 1, letters). `room`: for the syllables, shape
    (syllables, WIDTH)."""
    for of in range(len(out)):
        mean = 0.0
        for said in range(len(heard.sounding)):
            mean += heard.chances[said, of] * heard.sounding[said]
        mean = heard.same + (1.0 - heard.same) * mean / heard.share
        factor = (1.0 - heard.same) / heard.share / mean
        for said in range(len(heard.sounding)):
            chance = factor * heard.chances[said, of] + heard.floor
            room[said, of] = np.log(np.float32(chance))
        for letter in range(out.shape[1]):
            out[of, letter] = room[heard.syllable[letter], of]
        written = heard.scarce
        if heard.place >= 0:
            written = heard.common * mean
            chance = factor * heard.chances[heard.syllable[heard.place], of] + heard.floor
            out[of, heard.place] = np.log(chance + heard.same / written)
        for place in range(len(heard.alike)):
            letter = heard.alike[place]
            chance = factor * heard.chances[heard.syllable[letter], of] + heard.floor
            more = heard.taken / (len(heard.alike) * max(written, heard.scarce))
            out[of, letter] = np.log(chance + more)


class Called(NamedTuple):
    """A nickname that was heard, by its first and its last character.

    `chances`: P(heard | said) by syllable said and region; `factors`: what that counts; `same`: share written as
    said; `points`: the characters; `places`: where they stand among the letters of given names, -1 for nowhere.
    """

    chances: tuple[Table, Table]
    factors: tuple[float, float]
    same: tuple[float, float]
    points: tuple[int, int]
    places: tuple[int, int]


class Nicknames(NamedTuple):
    """Nicknames on record: by side their character and its syllable, shape (2, nicknames); characters of each; the share
    of each. `syllable`: of each letter of given names."""

    points: Ints
    syllables: Ints
    lengths: Ints
    share: Table
    syllable: Ints


class Making(NamedTuple):
    """How nicknames come about. `prefix`: P(first character heard | before a name), by region; `doubled`: share of
    names said twice; `made`: of nicknames made of the name; `doubt`: that another than the one on record is said;
    `length`: characters heard."""

    prefix: Floats
    doubled: float
    made: float
    doubt: float
    length: int


@kernel
def call_known(
    of: int, called: Called, on: Nicknames, doubt: float, length: int, out: Table
) -> float:
    """log of what each nickname on record says in a region, into `out`; returns P(heard) there."""
    mean = 0.0
    first, last = np.float32(called.factors[0]), np.float32(called.factors[1])
    same, alike = np.float32(called.same[0]), np.float32(called.same[1])
    for one in range(len(out)):
        begins = first * called.chances[0][np.uint64(on.syllables[0, one]), of]
        ends = last * called.chances[1][np.uint64(on.syllables[1, one]), of]
        begins += same * np.float32(on.points[0, one] == called.points[0])
        ends += alike * np.float32(on.points[1, one] == called.points[1])
        out[one] = begins * ends * np.float32(on.lengths[one] == length)
        mean += out[one] * on.share[one]
    mean += 1e-7
    factor, least = np.float32((1.0 - doubt) / mean), np.float32(doubt)
    for one in range(len(out)):
        out[one] = log_of(out[one] * factor + least)
    return mean


@kernel
def call_bare(
    of: int, called: Called, syllable: Ints, making: Making, mean: float, room: Floats, out: Table
) -> None:
    """The same for a given name without one, by its last letter. `room`: for the syllables."""
    factor, rest = making.made / mean, 1.0 - making.made
    for said in range(len(room)):
        begins = called.factors[0] * called.chances[0][said, of]
        ends = called.factors[1] * called.chances[1][said, of]
        room[said] = np.log(factor * (making.prefix[of] + making.doubled * begins) * ends + rest)
    for letter in range(len(out)):
        out[letter] = room[syllable[letter]]
    for side in range(2):
        letter = called.places[side]
        if letter >= 0:
            begins = called.factors[0] * called.chances[0][syllable[letter], of]
            ends = called.factors[1] * called.chances[1][syllable[letter], of]
            begins += called.same[0] if letter == called.places[0] else 0.0
            ends += called.same[1] if letter == called.places[1] else 0.0
            out[letter] = np.log(
                factor * (making.prefix[of] + making.doubled * begins) * ends + rest
            )
    out[0] = np.log(rest)


@entry
def call(
    called: Called, on: Nicknames, making: Making, room: Floats, known: Table, bare: Table
) -> None:
    """Both for all regions, shape (regions + 1, nicknames) and (regions + 1, letters)."""
    for of in range(len(known)):
        mean = call_known(of, called, on, making.doubt, making.length, known[of])
        known[of, 0] = 0.0
        call_bare(of, called, on.syllable, making, mean, room, bare[of])
