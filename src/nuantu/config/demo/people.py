"""Demo accounts, one per role, with passwords made on this machine."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from nuantu.accounts.models import User
from nuantu.accounts.selectors import matrix, organisation
from nuantu.accounts.services import issue_token, make_user
from nuantu.core.actors import SYSTEM

WORDS = ("nuan", "tu", "deng", "qiao", "xue", "cha", "mian", "lu", "jia", "chun", "he", "shan")


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the demo; all names are invented."""

    login: str
    name: str
    org: str
    roles: tuple[str, ...]


PLAYERS = (
    Player("office", "顾主任", "LX-5226", ("office",)),
    Player("section", "欧科长", "MZ-522601", ("section_head",)),
    Player("leader", "潘带班", "JZ-522601", ("leader",)),
    Player("station", "石站长", "JZ-522601", ("station_head",)),
    Player("operator", "韦小雨", "JZ-522601", ("operator",)),
    Player("dispatcher", "龙海", "JZ-522601", ("dispatcher",)),
    Player("team", "杨二", "JZ-522601", ("patroller",)),
    Player("team2", "姜三妹", "JZ-522601", ("patroller",)),
    Player("team3", "吴远", "JZ-522622", ("patroller",)),
    Player("reception", "冉接待", "JZ-522601", ("reception",)),
    Player("carer", "田照料", "JZ-522601", ("carer",)),
    Player("medic", "熊医务", "JZ-522601", ("medic",)),
    Player("tracing", "林寻亲", "JZ-522601", ("tracing_officer",)),
    Player("worker", "吴社工", "JZ-522601", ("social_worker",)),
    Player("worker2", "罗社工", "JZ-522601", ("social_worker",)),
    Player("kitchen", "蒙师傅", "JZ-522601", ("kitchen",)),
    Player("security", "梁保安", "JZ-522601", ("security",)),
    Player("township", "陆干事", "SS-522601100", ("township",)),
    Player("grid", "龙网格员", "SS-522601100", ("grid_worker",)),
    Player("hospital", "何医生", "YY-522601-1", ("partner",)),
    Player("police", "田警官", "GA-522601", ("partner",)),
    Player("audit", "白审计", "MZ-5226", ("auditor",)),
    Player("admin", "管理员", "XT-5226", ("admin",)),
    # The counterpart one county further, to see that he finds nothing of the first.
    Player("huangping", "杨黄平", "JZ-522622", ("dispatcher", "operator")),
)
# Colleagues who fill the roster; nobody logs in as them.
COLLEAGUES = (
    Player("leader2", "邰带班", "JZ-522601", ("leader",)),
    Player("watch2", "罗守夜", "JZ-522601", ("dispatcher",)),
    Player("operator2", "潘小夜", "JZ-522601", ("operator",)),
    Player("reception1", "李接待", "JZ-522601", ("operator",)),
    Player("reception2", "张接待", "JZ-522601", ("operator",)),
    Player("driver1", "杨司机", "JZ-522601", ("patroller",)),
    Player("driver2", "王司机", "JZ-522601", ("patroller",)),
    Player("deputy1", "龙副局长", "MZ-522601", ("section_head",)),
    Player("deputy2", "文副局长", "MZ-522601", ("section_head",)),
    Player("clerk1", "吴值班", "MZ-522601", ("operator",)),
    Player("clerk2", "石值班", "MZ-522601", ("operator",)),
)
# The printed token acts for the prefecture: it brings warnings in, reads everything, sends teams.
FEED = Player("feed", "演示接口程序", "LX-5226", ("feed", "office", "dispatcher"))


def password() -> str:
    """Two words and four digits: easy to type, made anew on every machine."""
    return f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"


def load(*, at: datetime) -> str:
    """Open the accounts and one API token; the text for the screen."""
    lines = []
    for player in PLAYERS:
        secret = password()
        _open(player, secret, at)
        roles = "、".join(matrix().roles[role].zh for role in player.roles)
        english = ", ".join(matrix().roles[role].en for role in player.roles)
        lines.append(f"  {player.login:<11} {secret:<17} {player.name}  {roles} / {english}")
    for player in COLLEAGUES:
        _open(player, secrets.token_urlsafe(24), at)
    token = issue_token(
        actor=SYSTEM, at=at, name="演示接口令牌", user=_open(FEED, secrets.token_urlsafe(24), at)
    )
    head = "  登录名 login  密码 password"
    return "\n".join([head, *lines, f"  API token   {token}"]) + "\n"


def _open(player: Player, secret: str, at: datetime) -> User:
    return make_user(
        actor=SYSTEM,
        at=at,
        login=player.login,
        name=player.name,
        password=secret,
        organisation=organisation(player.org),
        roles=list(player.roles),
    )
