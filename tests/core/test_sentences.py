"""A journal line in the language of the page."""

import pytest
from django.utils import translation

from nuantu.core import sentences
from tests.cast import HOSPITAL, Cast


@pytest.mark.parametrize(
    ("verb", "summary", "english"),
    [
        ("accounts.user.make", "开通账号 韦小雨", "Opened an account for 韦小雨"),
        ("dispatch.run.arrive", "凯里一队到达现场", "凯里一队 arrived"),
        ("dispatch.tip.close", "办结：拒绝救助", "Closed: Refused"),
        ("places.relief_point.shut", "丹寨临时救助点 不开放", "丹寨临时救助点 is shut"),
    ],
)
def test_a_line_says_in_english_what_it_names(verb: str, summary: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert sentences.say(verb, summary) == summary
    with translation.override("en"):
        assert sentences.say(verb, summary) == english


def test_an_english_name_of_its_own_is_used() -> None:
    line = (
        "operations.duty.complete",
        "完成：到场：南桥桥洞（超时）",
        {"title_en": "Reach 南桥桥洞"},
    )
    with translation.override("zh-hans"):
        assert sentences.say(*line) == line[1]
    with translation.override("en"):
        assert sentences.say(*line) == "Done: Reach 南桥桥洞 (late)"


def test_what_no_template_fits_stays_as_it_was_written() -> None:
    with translation.override("en"):
        assert sentences.say("core.key.destroy", "早先的另一种说法") == "早先的另一种说法"
        assert sentences.say("old.verb.gone", "x") == "x"
        assert sentences.say("old.verb.gone", "") == ""


@pytest.mark.django_db
def test_an_organisation_is_named_in_every_language(cast: Cast) -> None:
    summary = f"授权 {HOSPITAL} 查看本案（移交预览）"
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said = sentences.say("accounts.grant.give", summary)
        assert "凯里暖医院" in said
        assert HOSPITAL not in said


@pytest.mark.parametrize(
    ("note", "english"),
    [
        ("按排查上报办结", "Done with the report of the sweep"),
        ("按巡查登记办结", "Done with the patrol register"),
        ("队伍已有回音", "The team was heard again"),
        ("待核卡都已处理", "All review cards are settled"),
        ("到达：凯里一队", "Arrived: 凯里一队"),
        ("不满18周岁", "under 18"),
        ("等老乡回来", "等老乡回来"),
        ("等18路车到", "等18路车到"),
    ],
)
def test_a_remark_of_the_program_is_english_and_a_person_s_stays_as_he_wrote_it(
    note: str, english: str
) -> None:
    with translation.override("en"):
        assert sentences.in_words(note) == english
