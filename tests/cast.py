"""The people of the tests. All are invented; each page test names who asks.

They work in the demo prefecture 黔东南州 (5226): in 凯里市 (522601) and, one county further, in
黄平县 (522622). The outsider holds strong roles, but in another prefecture: only the place keeps
him out.
"""

from dataclasses import dataclass, fields
from datetime import date

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from nuantu.accounts.access import SECOND_FACTOR_PASSED
from nuantu.accounts.models import Division, Organisation, User
from nuantu.accounts.selectors import actor_for
from nuantu.core.actors import PUBLIC, Actor

PREFECTURE, COUNTY, TOWN = "522600000000", "522601000000", "522601100000"
OTHER_COUNTY, OTHER_TOWN = "522622000000", "522622100000"
FAR_PREFECTURE, FAR_COUNTY = "520100000000", "520102000000"

STATION, BUREAU, OFFICE = "JZ-522601", "MZ-522601", "LX-5226"
OTHER_STATION, FAR_STATION = "JZ-522622", "JZ-520100"
TOWNSHIP, HOSPITAL, POLICE = "SS-522601100", "YY-522601-1", "GA-522601"

_DIVISIONS = (
    ("520000000000", "贵州省", "province", None, 26.5833, 106.717),
    (PREFECTURE, "黔东南苗族侗族自治州", "prefecture", "520000000000", 26.586, 107.98),
    (COUNTY, "凯里市", "county", PREFECTURE, 26.586, 107.98),
    (TOWN, "三棵树镇", "town", COUNTY, 26.5637, 108.066),
    ("522601002000", "大十字街道", "town", COUNTY, 26.586, 107.98),
    (OTHER_COUNTY, "黄平县", "county", PREFECTURE, 26.91, 107.91),
    (OTHER_TOWN, "新州镇", "town", OTHER_COUNTY, 26.91, 107.91),
    (FAR_PREFECTURE, "贵阳市", "prefecture", "520000000000", 26.5833, 106.717),
    (FAR_COUNTY, "南明区", "county", FAR_PREFECTURE, 26.5682, 106.714),
)
_ORGANISATIONS = (
    (OFFICE, "office", "黔东南州联席会议办公室", PREFECTURE, None),
    ("MZ-5226", "bureau", "黔东南州民政局", PREFECTURE, OFFICE),
    (BUREAU, "bureau", "凯里市民政局", COUNTY, "MZ-5226"),
    (STATION, "station", "凯里市救助管理站", COUNTY, BUREAU),
    ("MZ-522622", "bureau", "黄平县民政局", OTHER_COUNTY, "MZ-5226"),
    (OTHER_STATION, "station", "黄平县救助管理站", OTHER_COUNTY, "MZ-522622"),
    (TOWNSHIP, "township", "三棵树镇社会事务办", TOWN, BUREAU),
    (HOSPITAL, "hospital", "凯里暖医院", COUNTY, None),
    (POLICE, "police", "凯里市公安局", COUNTY, None),
    ("XT-5226", "system", "州民政信息中心", PREFECTURE, None),
    (FAR_STATION, "station", "贵阳市救助管理站", FAR_PREFECTURE, None),
)


@dataclass(frozen=True)
class Player:
    """Somebody who asks for a page or makes something happen."""

    key: str
    name: str
    actor: Actor
    user: User | None = None

    @property
    def account(self) -> User:
        """The account, of somebody who has one."""
        assert self.user is not None, f"{self.name} has no account"
        return self.user

    def browser(self, language: str = "") -> Client:
        """A browser in which this person is signed in, with the second factor passed."""
        client = Client(headers={"Accept-Language": language} if language else {})
        if self.user is not None:
            session = SessionStore()
            session[SESSION_KEY] = str(self.user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
            session[SECOND_FACTOR_PASSED] = True
            session.save()
            client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        return client


@dataclass(frozen=True)
class Cast:
    """Everybody, by what he does."""

    nobody: Player
    taxi_driver: Player
    operator: Player
    dispatcher: Player
    leader: Player
    patroller: Player
    reception: Player
    carer: Player
    medic: Player
    tracing_officer: Player
    social_worker: Player
    kitchen: Player
    security: Player
    station_head: Player
    section_head: Player
    office: Player
    township: Player
    hospital: Player
    police: Player
    other_patroller: Player
    auditor: Player
    admin: Player
    outsider: Player

    def __getitem__(self, key: str) -> Player:
        found = getattr(self, key)
        assert isinstance(found, Player)
        return found

    @property
    def staff(self) -> list[Player]:
        """Everybody with an account."""
        return [player for player in map(self.__getitem__, MEMBERS) if player.user is not None]


MEMBERS = tuple(field.name for field in fields(Cast))

_STAFF = (
    ("operator", "韦小雨", STATION, ["operator"]),
    ("dispatcher", "龙海", STATION, ["dispatcher"]),
    ("leader", "潘带班", STATION, ["leader"]),
    ("patroller", "杨二", STATION, ["patroller"]),
    ("reception", "李接待", STATION, ["reception"]),
    ("carer", "杨照料", STATION, ["carer"]),
    ("medic", "吴医务", STATION, ["medic"]),
    ("tracing_officer", "林寻亲", STATION, ["tracing_officer"]),
    ("social_worker", "吴社工", STATION, ["social_worker"]),
    ("kitchen", "蒙师傅", STATION, ["kitchen"]),
    ("security", "梁保安", STATION, ["security"]),
    ("station_head", "石站长", STATION, ["station_head"]),
    ("section_head", "欧科长", BUREAU, ["section_head"]),
    ("office", "顾主任", OFFICE, ["office"]),
    ("township", "陆干事", TOWNSHIP, ["township"]),
    ("hospital", "何医生", HOSPITAL, ["partner"]),
    ("police", "田警官", POLICE, ["partner"]),
    ("other_patroller", "吴远", OTHER_STATION, ["patroller"]),
    ("auditor", "白审计", "MZ-5226", ["auditor"]),
    ("admin", "管管理", "XT-5226", ["admin"]),
    ("outsider", "外人", FAR_STATION, ["dispatcher", "section_head", "station_head", "leader"]),
)


def _make_divisions() -> None:
    names = {code: name for code, name, *_ in _DIVISIONS}
    parents = {code: parent for code, _, _, parent, *_ in _DIVISIONS}

    def full_name(code: str | None) -> str:
        return full_name(parents[code]) + names[code] if code else ""

    Division.objects.bulk_create(
        [
            Division(
                code=code,
                name=name,
                full_name=full_name(code),
                level=level,
                parent_id=parent,
                lat=lat,
                lon=lon,
                valid_from=date(2020, 1, 1),
            )
            for code, name, level, parent, lat, lon in _DIVISIONS
        ],
        ignore_conflicts=True,
    )


def _make_organisations() -> None:
    Organisation.objects.bulk_create(
        [
            Organisation(code=code, kind=kind, name=name, division_id=place, parent_id=parent)
            for code, kind, name, place, parent in _ORGANISATIONS
        ]
    )


def _make_users() -> dict[str, Player]:
    users = [
        User(login=key, name=name, organisation_id=org, roles=roles, password="!")
        for key, name, org, roles in _STAFF
    ]
    User.objects.bulk_create(users)
    found = User.objects.select_related("organisation__division").in_bulk(
        [key for key, *_ in _STAFF], field_name="login"
    )
    return {
        key: Player(key, name, actor_for(found[key]), found[key])
        for key, name, _org, _roles in _STAFF
    }


def assemble() -> Cast:
    """Make the divisions, organisations and accounts of everybody; four statements."""
    _make_divisions()
    _make_organisations()
    return Cast(
        nobody=Player("nobody", "没有账号的人", PUBLIC),
        taxi_driver=Player("taxi_driver", "老吴", PUBLIC),
        **_make_users(),
    )
