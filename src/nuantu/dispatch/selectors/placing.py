"""From what a reporter says to a place: point, division, responsible organisation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, When
from django.utils.translation import gettext as _

from nuantu.accounts import selectors as accounts
from nuantu.accounts.models import Division, Organisation
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.reference import remembered
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.places import selectors as places
from nuantu.places.models import Station
from nuantu.places.rules.datums import Datum, Point
from nuantu.places.rules.typed import parse_coordinates
from nuantu.routing import TravelParams, travel_minutes

SURE_ENOUGH = 0.55
SAME_CONFIDENCE = 0.02
BARE_NAME = "bare_name"
Source = Tip.PositionSource
_HIGHEST = (Organisation.Kind.OFFICE, Organisation.Kind.BUREAU, Organisation.Kind.STATION)

# Such coordinates must be mended, confirmed or left out; other doubts are noted for the desk.
OTHER_PROVINCE = "outside_province"
MUST_BE_ANSWERED = frozenset({"swapped", OTHER_PROVINCE, "outside_country", "not_numbers"})


class NobodyAnswers(Refusal):
    """No organisation is registered at all."""


class UnknownDivision(Refusal):
    """The division that was chosen does not exist."""


class PositionDoubtful(Refusal):
    """The coordinates cannot be right as they are; `suggestion` is a better point to offer.

    `may_insist`: the reporter may say that they are right; otherwise they must be mended or left
    out.
    """

    def __init__(self, check: places.PointCheck, *, may_insist: bool) -> None:
        super().__init__(check.message, field="position")
        self.suggestion = check.suggestion
        self.reason = check.reason
        self.may_insist = may_insist


@dataclass(frozen=True, slots=True)
class Spot:
    """A point (WGS-84, or none) and the division it lies in. `doubt` is the reason code of a
    question that is still open, `question` the same in words, `counties` (code, name) what may be
    answered to it, `suggestion` a better point to offer."""

    lat: float | None
    lon: float | None
    datum: str
    source: str
    division_code: str
    is_approximate: bool = False
    doubt: str = ""
    question: str = ""
    counties: tuple[tuple[str, str], ...] = ()
    suggestion: Point | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """(lat, lon), None where there is none."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a report belongs: its spot, who holds it, the building from which help comes.

    `is_outside`: no organisation of this installation covers the place.
    """

    spot: Spot
    holder: Organisation
    station: Station | None
    is_outside: bool

    def travel_minutes(self, params: TravelParams) -> float | None:
        """Estimated minutes from the responsible station; None where one end is unknown."""
        if self.station is None or self.spot.point is None:
            return None
        return travel_minutes((self.station.lat, self.station.lon), self.spot.point, params)


def settle(report: Report, *, at: datetime) -> Settled:
    """Find the place of a report; a tip is never lost for want of one.

    1. Coordinates given or typed: converted to WGS-84, judged against the county that was chosen,
       else against the area of this installation. 2. Words that are known: their point,
       approximate. 3. Only a division, chosen or named in full in the words: its centre,
       approximate. 4. Nothing: the whole area.

    Raises PositionDoubtful for coordinates that must be answered first.
    """
    home = home_division()
    position = report.position or _typed(report.place_text)
    if position is not None:
        spot = _by_position(position, report, home, at)
    else:
        spot = _by_words(report, home)
    holder, is_outside = holder_of(spot.division_code, home)
    is_outside = is_outside or spot.doubt == OTHER_PROVINCE
    return Settled(spot, holder, _building(holder.code), is_outside)


def titles(report: Report, settled: Settled) -> tuple[str, str]:
    """What a tip is called, in Chinese and, where the words are not the reporter's own, in English.

    Coordinates alone tell nobody where to go: they become 三棵树镇 · 大桥南约 200 米.
    """
    if settled.spot.point is None or parse_coordinates(report.place_text) is None:
        return report.place_text, ""
    with scope.system("a tip without words is named after a known place, for staff only"):
        found = places.describe_point(*settled.spot.point)
    return (found.zh[:200], found.en[:200]) if found else (report.place_text, "")


def _building(holder: str) -> Station | None:
    """The building of whoever answers, from which help comes."""

    def load() -> Station | None:
        return Station.objects.filter(organisation_id=holder, closed_at=None).first()

    return remembered("places", f"building of {holder}", load)


def home_division() -> str:
    """The division this installation covers: where its joint-meeting office sits, else its highest
    bureau, else its station."""
    return remembered("organisations", "home", _home_division)


def _home_division() -> str:
    rank = Case(
        *(When(kind=kind, then=place) for place, kind in enumerate(_HIGHEST)), default=len(_HIGHEST)
    )
    found = (
        Organisation.objects.filter(is_active=True)
        .exclude(kind=Organisation.Kind.SYSTEM)
        .order_by(rank, "division_id")
        .values_list("division_id", flat=True)
        .first()
    )
    if found is None:
        raise NobodyAnswers(_("本系统还没有登记单位，不能接收线索。请拨打 110。"))
    return found


def holder_of(division_code: str, home: str) -> tuple[Organisation, bool]:
    """Who answers for a place: station, bureau, joint-meeting office; else, marked as outside, the
    same of this installation, which tells the right place (属地管理, X55)."""
    for code in (division_code, home):
        for find in (accounts.station_of, accounts.bureau_of, accounts.office_of):
            organisation = find(code)
            if organisation is not None:
                return organisation, code != division_code
    return accounts.orgs_in("")[0], True


def first_receiver(actor: Actor, settled: Settled) -> str:
    """Who holds a report at first: whoever answers for the place; but a station that takes a call
    about another station's place answers until that one has accepted it (首接负责, X55)."""
    if actor.org_code in ("", settled.holder.code) or settled.is_outside:
        return settled.holder.code
    own = Organisation.objects.filter(code=actor.org_code, kind=Organisation.Kind.STATION)
    return actor.org_code if own.exists() else settled.holder.code


def _typed(text: str) -> Position | None:
    typed = parse_coordinates(text)
    if typed is None:
        return None
    return Position(typed.point.lat, typed.point.lon, typed.datum or Datum.WGS84, Source.TYPED)


def _by_position(position: Position, report: Report, home: str, at: datetime) -> Spot:
    check = places.check_point(
        position.lat,
        position.lon,
        report.division_code or home,
        datum=position.datum,
        far_metres=rulings_at(home, at).book.need("tip.far_from_known").number,
    )
    may_insist = check.reason == OTHER_PROVINCE
    has_insisted = may_insist and report.is_position_confirmed
    if check.reason in MUST_BE_ANSWERED and not has_insisted:
        raise PositionDoubtful(check, may_insist=may_insist)
    lies_in = places.division_at(check.point.lat, check.point.lon)
    told = report.division_code
    # The town is taken from the point only where it does not contradict the county that was told.
    division_code = lies_in if lies_in and (not told or lies_in[:6] == told[:6]) else told or home
    return Spot(
        check.point.lat,
        check.point.lon,
        position.datum,
        position.source,
        division_code=division_code,
        doubt="" if check.is_ok else check.reason,
        question="" if report.is_position_confirmed else check.message,
        suggestion=check.suggestion,
    )


def _by_words(report: Report, home: str) -> Spot:
    """Known words, else the division that was chosen or named in full. Words that only seem to name
    a county, as 雷山路口 does, are asked about and never guessed."""
    told = report.division_code
    prefix = told[:6] if told else Division(code=home, level=_level(home)).prefix
    with scope.system("the words of a tip may name a key location, which the public is not shown"):
        found = places.match_words(report.place_text, prefix)
    is_one_county = len(prefix) >= len("522601")
    inside = [one for one in found if one.division_code.startswith(prefix)]
    best = next((one for one in inside if one.confidence >= SURE_ENOUGH), None)
    if best is not None and not _has_rival(best, inside):
        return Spot(
            best.lat,
            best.lon,
            Datum.WGS84,
            Source.WORDS,
            division_code=best.division_code,
            is_approximate=True,
        )
    spot = _by_division(report, home)
    called_so = [one for one in inside if one.is_only_called_so and not is_one_county]
    return _asked(spot, report, called_so) if called_so and spot.source == Source.NONE else spot


def _has_rival(best: places.Candidate, others: Iterable[places.Candidate]) -> bool:
    """Whether a place of another county is as likely: two 街上村, and no word which."""
    return any(
        other.division_code[:6] != best.division_code[:6]
        and other.confidence >= best.confidence - SAME_CONFIDENCE
        for other in others
    )


def _asked(spot: Spot, report: Report, called_so: list[places.Candidate]) -> Spot:
    codes = {one.division_code[:6].ljust(12, "0") for one in called_so}
    counties = Division.objects.filter(code__in=codes).order_by("code")
    question = _("“%(words)s”像是路名、桥名或店名。是在哪个县（市、区）？") % {
        "words": report.place_text[:40]
    }
    return replace(
        spot,
        doubt=BARE_NAME,
        question=question,
        counties=tuple(counties.values_list("code", "name")),
    )


def _by_division(report: Report, home: str) -> Spot:
    code = report.division_code or _named(report.place_text, home)
    told = Division.objects.filter(code=code or home).first()
    if told is None:
        raise UnknownDivision(
            _("没有这个区划代码，请重新选择县（市、区）。"), field="division_code"
        )
    is_wide = told.level in (Division.Level.PROVINCE, Division.Level.PREFECTURE)
    has_point = bool(code) and not is_wide and told.lat is not None
    return Spot(
        told.lat if has_point else None,
        told.lon if has_point else None,
        Datum.WGS84,
        Source.DIVISION if has_point else Source.NONE,
        division_code=told.code,
        is_approximate=True,
    )


def _named(words: str, home: str) -> str:
    """The county of this installation whose full name stands in the words: 凯里市…立交桥下; else ''.

    Full names only: 雷山路 is a road of another county than 雷山县.
    """
    prefix = Division(code=home, level=_level(home)).prefix

    def load() -> list[tuple[str, str]]:
        counties = Division.objects.filter(
            code__startswith=prefix, level=Division.Level.COUNTY, valid_to=None
        )
        return list(counties.values_list("name", "code"))

    counties = remembered("divisions", f"county names of {home}", load)
    return next((code for name, code in counties if name in words), "")


def _level(code: str) -> str:
    lengths = {2: "province", 4: "prefecture", 6: "county", 9: "town"}
    return next((name for n, name in lengths.items() if not code[n:].strip("0")), "village")


def suggestions(words: str, division_code: str, limit: int = 4) -> list[places.Candidate]:
    """What the words of a call may mean, for a desk in `division_code`.

    A place of another province is offered only where the words name it surely.
    """
    found = places.match_words(words, division_code[:6])
    near = [
        candidate
        for candidate in found
        if candidate.division_code[:2] == division_code[:2] or candidate.confidence >= SURE_ENOUGH
    ]
    return near[:limit]
