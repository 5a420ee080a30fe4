"""Bodies of the demo prefecture: one bureau, station, police and urban management per county."""

from datetime import datetime

from nuantu.accounts.selectors import counties, division
from nuantu.accounts.services import add_organisation
from nuantu.core.actors import SYSTEM

PREFECTURE = "5226"
PHONE = "0855-000{:04d}"  # 000 is no exchange: nobody is called by the demo
TOWN_PHONES = 101  # stations have the numbers below
COUNTY_BODIES = (
    ("MZ", "bureau", "民政局"),
    ("JZ", "station", "救助管理站"),
    ("GA", "police", "公安局"),
    ("CG", "urban", "综合行政执法局"),
)
TOWNSHIPS = ("522601100", "522601101", "522601002", "522622100")


def load(*, at: datetime) -> None:
    """Enter every body; names say that they are invented where a real one could be meant."""
    name = division(PREFECTURE).name
    _add("LX-5226", "office", f"{name}救助联席会议办公室（演示）", PREFECTURE, None, at)
    _add("MZ-5226", "bureau", f"{name}民政局（演示）", PREFECTURE, "LX-5226", at)
    _add("JZ-5226", "station", f"{name}救助管理站（演示）", PREFECTURE, "MZ-5226", at)
    _add("XT-5226", "system", "州民政信息中心（演示）", PREFECTURE, None, at)
    _add("HB-5226-1", "partner", "暖风社会工作服务中心（演示）", PREFECTURE, None, at)
    for number, county in enumerate(counties(PREFECTURE), start=1):
        for prefix, kind, suffix in COUNTY_BODIES:
            parent = {"bureau": "MZ-5226", "station": f"MZ-{county.prefix}"}.get(kind)
            phone = PHONE.format(number) if kind == "station" else ""
            _add(
                f"{prefix}-{county.prefix}",
                kind,
                f"{county.name}{suffix}（演示）",
                county.code,
                parent,
                at,
                phone,
            )
        _add(
            f"YY-{county.prefix}-1",
            "hospital",
            f"{county.name}定点医院（演示）",
            county.code,
            None,
            at,
        )
    for number, code in enumerate(TOWNSHIPS, start=TOWN_PHONES):
        town = division(code)
        _add(
            f"SS-{code}",
            "township",
            f"{town.name}社会事务办（演示）",
            town.code,
            f"MZ-{code[:6]}",
            at,
            PHONE.format(number),
        )


def _add(
    code: str, kind: str, name: str, place: str, parent: str | None, at: datetime, phone: str = ""
) -> None:
    add_organisation(
        actor=SYSTEM,
        at=at,
        code=code,
        kind=kind,
        name=name,
        division_code=place.ljust(12, "0"),
        parent_code=parent,
        phone=phone,
    )
