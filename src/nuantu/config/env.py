"""The environment, read once into one typed object; nonsense stops the start with a sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]


class BadSetting(Exception):
    """A variable of the environment cannot be used; the text says which and what to write."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where PostgreSQL is."""

    name: str
    user: str
    password: str
    host: str
    port: str
    role: str
    options: dict[str, str]

    @property
    def parameters(self) -> dict[str, str]:
        """What a connection is made with beside the parts: the rest of the query, and the role."""
        role = f"-c role={self.role}" if self.role else ""
        options = f"{self.options.get('options', '')} {role}".strip()
        return self.options | ({"options": options} if options else {})


@dataclass(frozen=True, slots=True)
class Environment:
    """Every variable Nuantu reads, see docs/reference/settings.md."""

    database: Database
    data: Path
    mode: str
    secret_key: str
    hosts: tuple[str, ...]
    is_debug: bool
    is_https: bool
    idle_minutes: int
    kept_minutes: int
    token_days: int
    lock_tries: int
    lock_minutes: int
    photo_bytes: int
    tile_url: str
    tile_attribution: str
    base_url: str
    warnings_folder: str
    webhook_networks: tuple[IPv4Network | IPv6Network, ...]
    model_url: str
    model_name: str
    model_key: str


def _number(source: Mapping[str, str], name: str, default: int) -> int:
    text = source.get(name, "")
    if not text:
        return default
    if not text.isdigit():
        raise BadSetting(f"{name}={text!r}: 应为整数 / must be a whole number")
    return int(text)


def _networks(source: Mapping[str, str], name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(
            ip_network(one.strip()) for one in source.get(name, "").split(",") if one.strip()
        )
    except ValueError as error:
        raise BadSetting(
            f"{name}: {error}: 应为网段，如 10.1.0.0/16 / must be networks such as 10.1.0.0/16"
        ) from error


def _secret(source: Mapping[str, str], name: str) -> str:
    """The variable itself, or the content of the file that NAME_FILE names."""
    path = source.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else source.get(name, "")


def database(url: str, role: str) -> Database:
    """Parts of a postgresql:// URL; `?host=` names a socket folder, the rest (sslmode, …) goes on
    to libpq. A part that the query names too is the query's, as libpq reads it."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise BadSetting("DATABASE_URL: 应以 postgresql:// 开头 / must begin with postgresql://")
    query = parse_qs(parts.query)
    given = {name: found[0] for name, found in query.items()}
    host, port = given.pop("host", parts.hostname or ""), given.pop("port", "")
    user = given.pop("user", unquote(parts.username or ""))
    password = given.pop("password", unquote(parts.password or ""))
    return Database(
        name=given.pop("dbname", unquote(parts.path.lstrip("/"))),
        user=user,
        password=password,
        host=host,
        port=str(parts.port or port),
        role=role,
        options=given,
    )


def read(source: Mapping[str, str]) -> Environment:
    """The environment as typed values. Raises BadSetting."""
    mode = source.get("NUANTU_MODE", "live")
    if mode not in ("demo", "live"):
        raise BadSetting(f"NUANTU_MODE={mode!r}: demo / live")
    data = Path(source.get("NUANTU_DATA") or ROOT / ".nuantu")
    key_file = data / "secret-key"
    secret = _secret(source, "NUANTU_SECRET_KEY")
    if not secret and key_file.exists():
        secret = key_file.read_text().strip()
    return Environment(
        database=database(
            _secret(source, "DATABASE_URL") or "postgresql://nuantu@/nuantu",
            source.get("NUANTU_DB_ROLE", ""),
        ),
        data=data,
        mode=mode,
        secret_key=secret,
        hosts=tuple(
            h.strip()
            for h in source.get("NUANTU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
            if h.strip()
        ),
        is_debug=source.get("NUANTU_DEBUG", "") == "1",
        is_https=source.get("NUANTU_HTTPS", "") == "1",
        idle_minutes=_number(source, "NUANTU_IDLE_MINUTES", 60),
        kept_minutes=_number(source, "NUANTU_KEPT_MINUTES", 30),
        token_days=max(1, _number(source, "NUANTU_TOKEN_DAYS", 365)),
        lock_tries=_number(source, "NUANTU_LOCK_TRIES", 6),
        lock_minutes=_number(source, "NUANTU_LOCK_MINUTES", 30),
        photo_bytes=_number(source, "NUANTU_PHOTO_BYTES", 12_000_000),
        tile_url=source.get("NUANTU_TILE_URL", ""),
        tile_attribution=source.get("NUANTU_TILE_ATTRIBUTION", ""),
        base_url=source.get("NUANTU_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        warnings_folder=source.get("NUANTU_WARNINGS_FOLDER", ""),
        webhook_networks=_networks(source, "NUANTU_WEBHOOK_NETWORKS"),
        model_url=source.get("NUANTU_MODEL_URL", "").rstrip("/"),
        model_name=source.get("NUANTU_MODEL_NAME", ""),
        model_key=_secret(source, "NUANTU_MODEL_KEY"),
    )


ENVIRONMENT = read(os.environ)
