"""Checks of the database: version, Chinese search, roles, row-level security, clock, worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg

from nuantu.config.launch.backups.make import KEY_FILE
from nuantu.config.launch.doctor.findings import Finding, bad, doubtful, good
from nuantu.config.launch.installation import CONNECT_SECONDS, Database, Installation
from nuantu.config.launch.roles import APPEND_ONLY, RUNTIME_ROLE
from nuantu.core import clock

Connection = psycopg.Connection
CLOCK_SKEW = timedelta(seconds=5)
ASK_OWNER = (
    "请数据库管理员处理；见 docs/how-to/install.md",
    "ask the database's administrator; see docs/how-to/install.md",
)
RUN_UP = ("运行 ./nuantu up", "run ./nuantu up")


def examine(installation: Installation, database: Database) -> Iterator[Finding]:
    """Every check that asks the database."""
    with psycopg.connect(
        database.url, connect_timeout=CONNECT_SECONDS, autocommit=True
    ) as connection:
        connection.execute("SELECT set_config('app.system', 'on', false)")
        yield version(connection)
        yield chinese_search(connection)
        yield from roles(connection, has_runtime_role=database.has_runtime_role)
        yield clock_skew(connection)
        if _value(connection, "SELECT to_regclass('core_installation')") is None:
            yield doubtful("库里还没有数据表", "the database has no tables yet", RUN_UP)
            return
        yield mark(connection, installation)
        yield row_security(connection)
        yield journal_rights(connection)
        yield keys(connection, installation)
        yield from jobs(connection)
        yield from phones(connection)


def _value(connection: Connection, query: str) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def version(connection: Connection) -> Finding:
    number = connection.info.server_version
    name = f"PostgreSQL {number // 10_000}.{number % 10_000}"
    if number < 150_000:
        return bad(
            f"{name} 太旧", f"{name} is too old", ("需要 15 或更新", "15 or newer is needed")
        )
    encoding = _value(connection, "SHOW server_encoding")
    if encoding != "UTF8":
        return bad(f"{name}，编码 {encoding}", f"{name}, encoding {encoding}", ASK_OWNER)
    return good(f"{name} 可以连接", f"{name} answers")


def chinese_search(connection: Connection) -> Finding:
    """Under a wrong LC_CTYPE pg_trgm sees no letter in Chinese text, without any error."""
    installed = _value(connection, "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    if installed is None:
        return bad(
            "没有安装 pg_trgm 扩展",
            "the extension pg_trgm is missing",
            ("CREATE EXTENSION pg_trgm;", "CREATE EXTENSION pg_trgm;"),
        )
    if _value(connection, "SELECT show_trgm('城') <> '{}'") is not True:
        return bad(
            "相似检索不认中文（库的 LC_CTYPE 不对）",
            "likeness search is blind to Chinese (the database's LC_CTYPE is wrong)",
            ("用 LC_CTYPE C.UTF-8 重建数据库", "make the database anew with LC_CTYPE C.UTF-8"),
        )
    return good("相似检索认得中文", "likeness search sees Chinese")


def roles(connection: Connection, *, has_runtime_role: bool) -> Iterator[Finding]:
    """Neither role may pass row-level security by."""
    found = connection.execute(
        "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles"
        " WHERE rolname IN (current_user, %s) ORDER BY 1",
        (RUNTIME_ROLE,),
    ).fetchall()
    for name, passes_by in found:
        if passes_by:
            yield bad(
                f"角色 {name} 能绕过行级安全",
                f"the role {name} passes row-level security by",
                (
                    f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS;",
                    f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS;",
                ),
            )
        else:
            yield good(
                f"角色 {name} 受行级安全约束", f"the role {name} is held by row-level security"
            )
    if not has_runtime_role:
        yield doubtful(
            "没有运行角色 nuantu_app，网站以表的所有者身份运行，日志只靠触发器保护",
            "there is no run-time role nuantu_app: the site acts as the tables' owner and only "
            "triggers guard the journal",
            ASK_OWNER,
        )


def clock_skew(connection: Connection) -> Finding:
    """Deadlines are counted by our clock and stored beside the database's."""
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    skew = abs(clock.now() - row[0]) if row else timedelta(0)
    seconds = f"{skew.total_seconds():.1f}"
    if skew > CLOCK_SKEW:
        return bad(
            f"本机与数据库的时钟相差 {seconds} 秒",
            f"the clocks of this machine and the database differ by {seconds} s",
            ("两台机器都用 NTP 对时", "set both by NTP"),
        )
    return good("时钟与数据库一致", "the clock agrees with the database's")


def mark(connection: Connection, installation: Installation) -> Finding:
    """Demo and live are never mixed."""
    found = _value(connection, "SELECT mode FROM core_installation")
    if found == installation.mode:
        name = "演示" if found == "demo" else "正式"
        return good(f"这是{name}库", f"this is a {found} database")
    return bad(
        f"库的标记是 {found}，安装是 {installation.mode}",
        f"the database is marked {found} and the installation is {installation.mode}",
        ("换回原来的数据库或数据目录", "go back to the former database or data folder"),
    )


def row_security(connection: Connection) -> Finding:
    """Every table with an owner has its policy forced on everybody."""
    open_tables = connection.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND a.attname = 'owner_org' AND NOT a.attisdropped"
        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1"
    ).fetchall()
    if open_tables:
        names = ", ".join(str(name) for (name,) in open_tables)
        return bad(f"这些表没有行级安全：{names}", f"no row-level security on {names}", RUN_UP)
    return good("各表都强制行级安全", "row-level security is forced on every table")


def journal_rights(connection: Connection) -> Finding:
    """The role of the site may add to the journal, never change it."""
    loose = connection.execute(
        "SELECT t FROM unnest(%s::text[]) t, pg_roles WHERE rolname = %s"
        " AND to_regclass(t) IS NOT NULL AND has_table_privilege(rolname, t, 'UPDATE, DELETE')",
        (list(APPEND_ONLY), RUNTIME_ROLE),
    ).fetchall()
    if loose:
        return bad(
            "运行角色可以改写日志",
            "the run-time role may rewrite the journal",
            ("运行 ./nuantu manage prepare_database", "run ./nuantu manage prepare_database"),
        )
    return good("运行角色只能追加日志", "the run-time role can only add to the journal")


def keys(connection: Connection, installation: Installation) -> Finding:
    """Sealed values need the key file; without it they are lost for good."""
    count = _value(connection, "SELECT count(*) FROM core_datakey WHERE destroyed_at IS NULL")
    if count and not (installation.home / KEY_FILE).exists():
        return bad(
            f"密钥文件不见了，{count} 份加密资料读不出来",
            f"the key file is gone and {count} sealed records cannot be read",
            ("从备份恢复 keys.json", "restore keys.json from a backup"),
        )
    return good(f"密钥文件在，{count} 个数据密钥", f"the key file is there, {count} data keys")


def jobs(connection: Connection) -> Iterator[Finding]:
    """A worker lives, nothing waits too long, nothing was given up."""
    is_alive = _value(
        connection,
        "SELECT max(last_heartbeat) > now() - interval '90 seconds' FROM procrastinate_workers",
    )
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE status = 'failed'),"
        " count(*) FILTER (WHERE status = 'todo'"
        "   AND coalesce(scheduled_at, now()) < now() - interval '5 minutes')"
        " FROM procrastinate_jobs"
    ).fetchone()
    failed, late = row or (0, 0)
    if not is_alive:
        yield doubtful("后台任务进程没有在运行", "no worker is running", RUN_UP)
    else:
        yield good("后台任务进程在运行", "a worker is running")
    if late:
        yield doubtful(
            f"{late} 个任务等了五分钟以上",
            f"{late} jobs have waited for more than five minutes",
            ("看 logs/worker.log", "see logs/worker.log"),
        )
    if failed:
        yield doubtful(
            f"{failed} 个任务多次失败后放弃了",
            f"{failed} jobs were given up after several tries",
            (
                "看 logs/worker.log，改正后用 ./nuantu manage procrastinate 重试",
                "see logs/worker.log, then retry them by ./nuantu manage procrastinate",
            ),
        )


def phones(connection: Connection) -> Iterator[Finding]:
    """What phones sent is kept even where the program fails; somebody must hear that it did."""
    if _value(connection, "SELECT to_regclass('fieldwork_fieldcommand')") is None:
        return
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE state = 'waiting' AND attempts > 0),"
        " (SELECT count(*) FROM fieldwork_reviewcard WHERE why = 'failed' AND state = 'open')"
        " FROM fieldwork_fieldcommand"
    ).fetchone()
    waiting, laid = row or (0, 0)
    if waiting or laid:
        yield doubtful(
            f"手机补送的内容有 {waiting + laid} 条因程序出错没有登记，原文都还在",
            f"{waiting + laid} entries of phones were not taken over for a fault of the program;"
            " all of them are kept",
            (
                "看 logs/site.log 和 logs/worker.log，改正后会自动再登记；已成待核卡的由值班台照此登记",
                (
                    "see logs/site.log and logs/worker.log; once mended they are applied by themselves,"
                    " review cards by the desk"
                ),
            ),
        )
