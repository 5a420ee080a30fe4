"""Address words to known places: 凯里市三棵树镇政府旁的桥下 → the bridge, the town, the county.

Nothing is geocoded from outside: words are compared with the divisions and with the key locations,
stations, hospitals and relief points that are known. Each candidate says why it is one; the person
at the phone chooses. An index of sound pairs keeps 50,000 names fast.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from nuantu.places.rules.names import core_name, level_word, names_something, plain_text, sounds

DEPTHS = {"province": 0, "prefecture": 1, "county": 2, "town": 3, "village": 4}
LANDMARK_DEPTH = 5
USEFUL = (0.25, 0.35, 0.62, 0.9, 1.0, 1.0)  # a county's seat is seldom the spot that is meant
PREFIX_LENGTHS = {"province": 2, "prefecture": 4, "county": 6, "town": 9, "village": 12}
NEAR_WORDS = (
    "旁", "附近", "对面", "后面", "前面", "隔壁", "周边", "边上", "一带", "东侧", "西侧", "南侧",
    "北侧", "路口", "拐角", "斜对面",
)  # fmt: skip
POOL = 400
LEAST_CONFIDENCE = 0.3
SAME_CONFIDENCE = 0.02


class Why(StrEnum):
    """Why a place is a candidate; the page turns it into words."""

    NAME = "name"
    PART_OF_NAME = "part_of_name"
    SOUNDS_ALIKE = "sounds_alike"
    INSIDE_NAMED = "inside_named"
    KIND_OF_PLACE = "kind_of_place"
    NAMESAKES = "namesakes"
    OUTSIDE_AREA = "outside_area"
    NAMES_SOMETHING = "names_something"


@dataclass(frozen=True, slots=True)
class Known:
    """A place that words may mean.

    `kind` is a division level or the kind of landmark (key_location, station, …); `feature` the type
    of a key location (bridge, square …). `division_code` is its own code or where it stands.
    """

    name: str
    kind: str
    division_code: str
    lat: float | None
    lon: float | None
    label: str = ""
    feature: str = ""
    is_approximate: bool = False
    reference: str = ""

    @property
    def depth(self) -> int:
        """How exact it is: 0 province … 4 village, 5 landmark."""
        return DEPTHS.get(self.kind, LANDMARK_DEPTH)

    @property
    def prefix(self) -> str:
        """The digits it shares with what lies inside; a landmark's are its division's."""
        return self.division_code[: PREFIX_LENGTHS.get(self.kind, 12)]


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate, how sure (0 to 1) and why."""

    known: Known
    confidence: float
    reasons: tuple[Why, ...]
    is_near_only: bool = False


@dataclass(frozen=True, slots=True)
class _Query:
    text: str
    sounds: list[str]
    pairs: frozenset[tuple[str, str]]
    features: frozenset[str]
    is_latin: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """How a name was found in the words."""

    known: Known
    coverage: float
    exactness: float
    start: int
    end: int
    says_level: bool | None
    names_something: bool = False

    @property
    def is_whole(self) -> bool:
        """The whole name was written as it is."""
        return self.coverage == 1 and self.exactness == 1


class WordIndex:
    """Known places by pairs of sounds. Build once, ask often; it is never changed."""

    def __init__(self, known: Iterable[Known], features: Mapping[str, Sequence[str]] | None = None):
        self._known = [place for place in known if place.name]
        self._features = features or {}
        self._cores = [core_name(place.name, place.kind) for place in self._known]
        self._sounds = [sounds(plain_text(core)) for core in self._cores]
        self._by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_feature: dict[str, list[Known]] = defaultdict(list)
        for number, heard in enumerate(self._sounds):
            for pair in set(itertools.pairwise(heard)):
                self._by_pair[pair].append(number)
        for place in self._known:
            if place.feature:
                self._by_feature[place.feature].append(place)

    def __len__(self) -> int:
        return len(self._known)

    def hits(self, query: "_Query") -> list[_Hit]:
        """Names that the words hold whole or in part."""
        counts: Counter[int] = Counter()
        for pair in query.pairs:
            counts.update(self._by_pair.get(pair, ()))
        shares = ((count / max(len(self._sounds[n]) - 1, 1), n) for n, count in counts.items())
        pool = sorted(shares, key=lambda share: -share[0])[:POOL]
        found = (self._hit(number, query) for _, number in pool)
        return [hit for hit in found if hit is not None]

    def _hit(self, number: int, query: "_Query") -> _Hit | None:
        known, heard, core = self._known[number], self._sounds[number], self._cores[number]
        length, start, end = _longest_run(heard, query.sounds)
        paired = sum(1 for pair in itertools.pairwise(heard) if pair in query.pairs)
        coverage = max(length / len(heard), 0.9 * paired / max(len(heard) - 1, 1))
        if coverage < (0.5 if known.depth == LANDMARK_DEPTH else 0.66):
            return None
        if query.is_latin:
            return _Hit(known, coverage, 1.0, end - length, end, None)
        written = query.text[end - length : end]
        same = sum(1 for a, b in zip(core[start : start + length], written, strict=False) if a == b)
        says_level = level_word(query.text[end:], known.kind) if coverage == 1 else None
        is_bare = coverage == 1 and says_level is None and known.depth <= DEPTHS["town"]
        return _Hit(
            known,
            coverage,
            same / max(length, 1),
            end - length,
            end,
            says_level,
            is_bare and names_something(query.text[end:], known.kind),
        )

    def of_feature(self, features: Iterable[str]) -> list[Known]:
        """Landmarks of the types that the words name."""
        return [place for feature in features for place in self._by_feature.get(feature, ())]

    def query(self, text: str) -> "_Query":
        """The words made ready to compare."""
        plain = plain_text(text)
        heard = sounds(plain)
        named = frozenset(
            feature
            for feature, words in self._features.items()
            if any(word in plain for word in words)
        )
        pairs = frozenset(itertools.pairwise(heard))
        return _Query(plain, heard, pairs, named, plain.isascii())


def match_words(
    text: str, indexes: Sequence[WordIndex], *, prefix: str = "", limit: int = 5
) -> list[Match]:
    """The places that the words may mean, the likeliest first.

    `prefix` is the area the asker works in: places outside count less unless the words name a
    larger unit around them. Words that name nothing known give an empty list.
    """
    queries = [(index, index.query(text)) for index in indexes]
    hits = _unshaded([hit for index, query in queries for hit in index.hits(query)])
    named = _named_divisions(hits)
    matches = {
        hit.known: _judge(hit, named, prefix, is_covered=_covered(hit, hits)) for hit in hits
    }
    for index, query in queries:
        for place in index.of_feature(query.features):
            _add_feature(matches, place, named, prefix)
    _prefer_towns(matches)
    is_near = any(word in text for word in NEAR_WORDS)
    ranked = _ranked(_less_for_namesakes(_less_for_wholes(list(matches.values()))))
    kept = [match for match in ranked if match.confidence >= LEAST_CONFIDENCE]
    return [replace(match, is_near_only=is_near) for match in kept[:limit]]


def _longest_run(core: Sequence[str], words: Sequence[str]) -> tuple[int, int, int]:
    """The longest piece of `core` in `words`: length, start in core, end in words."""
    best = (0, 0, 0)
    lengths = [0] * (len(words) + 1)
    for i, sound in enumerate(core):
        previous = 0
        for j, other in enumerate(words, start=1):
            previous, lengths[j] = lengths[j], previous + 1 if sound == other else 0
            if lengths[j] > best[0]:
                best = (lengths[j], i + 1 - lengths[j], j)
    return best


def _unshaded(hits: list[_Hit]) -> list[_Hit]:
    """Without the 北京 in 北京西路: names that only stand inside a longer one that is whole."""
    whole = [hit for hit in hits if hit.is_whole]
    return [hit for hit in hits if not _covered(hit, whole)]


def _covered(hit: _Hit, hits: list[_Hit]) -> bool:
    """Whether more of the words around this name are another name."""
    return any(
        other.start <= hit.start
        and hit.end <= other.end
        and other.end - other.start > hit.end - hit.start
        for other in hits
    )


def _named_divisions(hits: Iterable[_Hit]) -> set[Known]:
    """Divisions that the words name in full: what is said to lie around the rest."""
    return {
        hit.known
        for hit in hits
        if hit.known.depth <= DEPTHS["town"]
        and hit.is_whole
        and not hit.names_something
        and (hit.says_level or (hit.says_level is None and hit.known.depth <= DEPTHS["county"]))
    }


def _around(place: Known, named: set[Known]) -> tuple[bool, bool]:
    """Whether a named unit holds the place, and whether only other units of a level are named."""
    is_inside = False
    is_elsewhere = False
    for depth in range(place.depth):
        level = [other for other in named if other.depth == depth]
        if not level:
            continue
        if any(place.division_code.startswith(other.prefix) for other in level):
            is_inside = True
        else:
            is_elsewhere = True
    return is_inside, is_elsewhere


def _judge(hit: _Hit, named: set[Known], prefix: str, *, is_covered: bool) -> Match:
    score = hit.coverage * (0.85 + 0.1 * hit.exactness) * (0.75 if is_covered else 1.0)
    reasons = [Why.NAME if hit.coverage == 1 else Why.PART_OF_NAME]
    if hit.exactness < 1:
        reasons = [Why.SOUNDS_ALIKE]
        score *= 0.6 if hit.known.kind == "village" else 0.9
    if hit.coverage < 1:
        score *= 0.85
    if hit.says_level:
        score += 0.05
    elif hit.says_level is False:
        score *= 0.5
    elif hit.known.kind == "village":
        score *= 0.85
    if hit.names_something:
        score *= 0.6
        reasons = [Why.NAMES_SOMETHING]
    return _in_context(hit.known, score, reasons, named, prefix)


def _in_context(
    place: Known, score: float, reasons: list[Why], named: set[Known], prefix: str
) -> Match:
    is_inside, is_elsewhere = _around(place, named)
    if is_inside:
        score += 0.12
        reasons = [*reasons, Why.INSIDE_NAMED]
    if is_elsewhere:
        score *= 0.35
    is_foreign = bool(prefix) and not (
        place.division_code.startswith(prefix) or prefix.startswith(place.prefix)
    )
    if is_foreign:
        is_guess = Why.SOUNDS_ALIKE in reasons and not is_inside
        score *= 0.0 if is_guess else 0.9 if is_inside else 0.55
        reasons = [*reasons, Why.OUTSIDE_AREA]
    return Match(place, min(score, 0.98) * USEFUL[place.depth], tuple(reasons))


def _add_feature(matches: dict[Known, Match], place: Known, named: set[Known], prefix: str) -> None:
    """桥下 in 三棵树镇: the bridges of that town become candidates, or better ones."""
    found = matches.get(place)
    if found:
        better = min(found.confidence + 0.1, 0.98)
        reasons = (*found.reasons, Why.KIND_OF_PLACE)
        matches[place] = replace(found, confidence=better, reasons=reasons)
        return
    around = [unit for unit in named if place.division_code.startswith(unit.prefix)]
    closest = max((unit.depth for unit in around), default=-1)
    is_near_enough = closest >= DEPTHS["county"] or (
        not named and bool(prefix) and place.division_code.startswith(prefix)
    )
    if is_near_enough:
        score = 0.62 if closest >= DEPTHS["town"] else 0.4 if closest >= 0 else 0.32
        matches[place] = _in_context(place, score, [Why.KIND_OF_PLACE], named, prefix)


def _prefer_towns(matches: dict[Known, Match]) -> None:
    """宣威 in 麻江 means the town, not the 宣威社区 inside it, unless 社区 or 村 is said."""
    towns = {
        (core_name(place.name, place.kind), place.prefix)
        for place in matches
        if place.kind == "town"
    }
    for place, match in list(matches.items()):
        key = core_name(place.name, place.kind), place.division_code[: PREFIX_LENGTHS["town"]]
        if place.kind == "village" and key in towns and match.confidence < 0.98:
            matches[place] = replace(match, confidence=match.confidence * 0.6)


def _less_for_wholes(matches: list[Match]) -> list[Match]:
    """A county that only holds a better match is what is left when that one is wrong."""
    sure = [m for m in matches if m.confidence >= 0.6]
    return [
        replace(match, confidence=match.confidence * 0.6)
        if any(_holds(match.known, better.known) for better in sure)
        else match
        for match in matches
    ]


def _holds(whole: Known, part: Known) -> bool:
    return whole.depth < part.depth and part.division_code.startswith(whole.prefix)


def _less_for_namesakes(matches: list[Match]) -> list[Match]:
    """Three 城关镇 and no word which: each is less likely."""
    groups: dict[tuple[str, float], list[Match]] = defaultdict(list)
    for match in matches:
        core = core_name(match.known.name, match.known.kind)
        groups[core, round(match.confidence / SAME_CONFIDENCE)].append(match)
    changed = []
    for group in groups.values():
        share = 1 / (1 + 0.25 * (len(group) - 1))
        for match in group:
            reasons = (*match.reasons, Why.NAMESAKES) if len(group) > 1 else match.reasons
            changed.append(replace(match, confidence=match.confidence * share, reasons=reasons))
    return changed


def _ranked(matches: list[Match]) -> list[Match]:
    """By confidence, a little in favour of the more exact place."""
    return sorted(
        matches,
        key=lambda m: (-(m.confidence + 0.03 * m.known.depth), m.known.division_code, m.known.name),
    )
