"""Taking in tables of divisions."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import read_csv_divisions, read_divisions
from nuantu.accounts.services.divisions import (
    DivisionTableEmpty,
    DivisionTableTooOld,
    Imported,
    ParentMissing,
    TooManyAbolished,
    import_divisions,
)
from nuantu.core.actors import SYSTEM
from nuantu.core.models import JournalEntry

TABLE = Path(__file__).parents[2] / "src/nuantu/accounts/data/divisions.tsv.gz"
AT = datetime(2025, 1, 10, 8, tzinfo=UTC)
FIRST, LATER = date(2023, 6, 30), date(2025, 1, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def take_in(text: str, edition: date = FIRST, **more: Any) -> Any:
    return import_divisions(read_csv_divisions(text), actor=SYSTEM, at=AT, edition=edition, **more)


@pytest.fixture
def qiandongnan() -> Any:
    rows = list(read_divisions(TABLE.read_bytes(), prefix="5226"))
    return import_divisions(rows, actor=SYSTEM, at=AT, edition=FIRST, covers="5226")


SMALL = "code,name\n52,贵州省\n5226,黔东南州\n522601,凯里市\n522622,黄平县\n522622100,新州镇\n"


def test_table_without_rows_is_refused() -> None:
    with pytest.raises(DivisionTableEmpty):
        take_in("code,name\n")


def test_older_table_is_refused_and_changes_nothing() -> None:
    take_in(SMALL, edition=LATER)
    with pytest.raises(DivisionTableTooOld):
        take_in(SMALL.replace("凯里市", "凯里县"), edition=FIRST)
    assert Division.objects.get(code="522601000000").name == "凯里市"


def test_row_that_hangs_on_nothing_is_refused() -> None:
    with pytest.raises(ParentMissing, match="522601001000"):
        take_in("code,name\n522601001,城西街道\n")


def test_half_a_table_is_refused_until_somebody_confirms(qiandongnan: Imported) -> None:
    half = "code,name\n5226,黔东南苗族侗族自治州\n522601,凯里市\n522622,黄平县\n"
    with pytest.raises(TooManyAbolished):
        take_in(half, edition=LATER)
    assert not Division.objects.exclude(valid_to=None).exists()
    done = take_in(half, edition=LATER, is_confirmed=True)
    assert done.abolished > 2000


def test_demo_prefecture_comes_in_with_points_pinyin_and_full_names(qiandongnan: Imported) -> None:
    assert qiandongnan == Imported(added=2673, changed=0, abolished=0, unchanged=0)
    town = Division.objects.get(code="522601100000")
    assert town.full_name == "贵州省黔东南苗族侗族自治州凯里市三棵树镇"
    assert town.pinyin == "sankeshuzhen"
    assert (town.lat, town.lon, town.is_approximate) == (26.5637, 108.0658, False)
    assert town.parent_id == "522601000000"
    assert Division.objects.get(code="522601003000").is_approximate


def test_same_table_twice_changes_nothing_and_is_not_journalled_twice(
    qiandongnan: Imported,
) -> None:
    rows = list(read_divisions(TABLE.read_bytes(), prefix="5226"))
    again = import_divisions(rows, actor=SYSTEM, at=AT, edition=FIRST, covers="5226")
    assert again == Imported(added=0, changed=0, abolished=0, unchanged=2673)
    assert JournalEntry.objects.filter(verb="accounts.division.import").count() == 1


def test_abolished_code_stays_and_says_so_with_all_below_it() -> None:
    take_in(SMALL)
    done = take_in("code,name\n52,贵州省\n5226,黔东南州\n522601,凯里市\n", edition=LATER)
    assert done.abolished == 2
    for code in ("522622000000", "522622100000"):
        assert Division.objects.get(code=code).valid_to == LATER
    assert Division.objects.get(code="522601000000").valid_to is None


def test_table_of_one_county_leaves_its_neighbours_alone(qiandongnan: Imported) -> None:
    text = "code,name\n522622,黄平县\n522622100,新州镇\n522622101,旧州镇\n"
    done = take_in(text, edition=LATER, is_confirmed=True)
    gone = Division.objects.exclude(valid_to=None)
    assert done.abolished == gone.count() > 0
    assert all(code.startswith("522622") for code in gone.values_list("code", flat=True))


def test_renamed_and_new_codes_come_in_and_known_points_stay(qiandongnan: Imported) -> None:
    text = "code,name\n522601,凯里市\n522601100,三棵树街道\n522601999,新设镇\n"
    take_in(text, edition=LATER, is_confirmed=True)
    town = Division.objects.get(code="522601100000")
    assert (town.name, town.lat, town.is_approximate) == ("三棵树街道", 26.5637, False)
    new = Division.objects.get(code="522601999000")
    assert (new.valid_from, new.parent_id) == (LATER, "522601000000")


def test_command_takes_in_one_prefecture_and_a_bad_file_is_a_sentence(
    tmp_path: Path, capsys: Any
) -> None:
    call_command("import_divisions", "--prefix", "5226")
    assert "2673 added" in capsys.readouterr().out
    bad = tmp_path / "table.csv"
    bad.write_text("代码,名称\n5226x,凯里\n", "utf-8")
    with pytest.raises(CommandError, match="--edition"):
        call_command("import_divisions", str(bad))
    with pytest.raises(CommandError, match="line 2"):
        call_command("import_divisions", str(bad), "--edition", "2025-01-01")


@pytest.mark.slow
def test_whole_country_comes_in() -> None:
    call_command("import_divisions")
    assert Division.objects.filter(level="county").count() == 2975
    assert Division.objects.get(code="110101000000").full_name == "北京市东城区"
