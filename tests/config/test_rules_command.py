"""`./nuantu rules` answers as documented."""

import json

import pytest

from nuantu.config.requirements.command import main

pytestmark = pytest.mark.slow


def test_a_rule_that_no_plan_contains_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["P9-99"]) == 2
    assert "P9-99" in capsys.readouterr().err


def test_the_machine_readable_form_counts_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["total"] == len(document["rules"]) == 474
    assert sum(document["counts"].values()) == 474
    assert set(document["counts"]) == {"enforced", "recorded", "later"}
    assert {
        "id",
        "status",
        "where",
        "tests",
        "plans",
        "values",
        "packages",
        "waits_for",
        "title_zh",
        "title_en",
        "capabilities",
    } <= set(document["rules"][0])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["p9-20"], ["P9-20"]),
        (["P5-12"], ["P2-12"]),
        (["--plan", "P8", "--capability", "C26"], ["P8-02"]),
        (["--plan", "P15"], ["P15-32", "P15-33"]),
        (["--plan", "p16", "--package", "homeward", "--capability", "C23"], ["P14-09"]),
    ],
)
def test_filters_narrow_the_list(
    options: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--json", *options]) == 0
    assert [rule["id"] for rule in json.loads(capsys.readouterr().out)["rules"]] == expected


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "三十分钟内到达现场"), ("en", "Arrive within 30 minutes")]
)
def test_the_table_speaks_both_languages(
    language: str, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", language, "P9-20"]) == 0
    printed = capsys.readouterr().out
    assert title in printed
    assert "474" in printed


def test_a_rule_says_its_place_in_the_plan_and_what_it_waits_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--lang", "en", "P9-20", "P7-15"]) == 0
    printed = capsys.readouterr().out
    assert "p09.yaml:" in printed
    assert "response.limits[1]" in printed
    assert main(["--json", "--status", "later"]) == 0
    for rule in json.loads(capsys.readouterr().out)["rules"]:
        assert rule["waits_for"] in rule["packages"]
