"""Components: what they say in each state, and that nothing a person typed becomes markup."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nuantu.core import clock
from nuantu.core.clock import LOCAL
from nuantu.ui import samples
from nuantu.ui.components import season as bars
from nuantu.ui.components import small, spans
from nuantu.ui.templatetags.ui import register

HOSTILE = "<script>alert(1)</script>\"'&"
NOON = datetime(2026, 12, 5, 12, 0, tzinfo=LOCAL)


def drawn(source: str, language: str = "zh-hans", **values: object) -> str:
    request = RequestFactory().get("/list/?q=桥&page=2")
    with translation.override(language), clock.frozen(NOON):
        return Template("{% load ui %}" + source).render(Context({"request": request, **values}))


@dataclass(frozen=True)
class Face:
    state: str
    remaining_seconds: int
    limit_seconds: int = 1800
    basis: str = "P9-20"
    owner: str = "凯里市救助管理站"


HOSTILE_CALLS = {
    "clock": "{% clock face %}",
    "status": "{% status bad bad 'waiting' %}",
    "mark": "{% mark bad bad %}",
    "warning_badge": "{% warning_badge bad bad %}",
    "moment": "{% moment now bad %}",
    "money": "{% money 5 %}",
    "bar": "{% bar 1 2 bad bad %}",
    "spark": "{% spark numbers bad %}",
    "figure": "{% figure bad bad bad unit=bad note=bad state=bad values=numbers %}",
    "masked": "{% masked bad bad bad %}",
    "icon": "{% icon bad bad %}",
    "field": "{% field form.note bad bad %}",
    "errors": "{% errors form %}",
    "person_card": "{% person_card bad sex=bad age=bad marks=bads photo=bad url=bad note=bad size=bad %}",
    "empty": "{% empty bad bad bad bad bad %}",
    "notice": "{% notice bad bad bad bad %}",
    "tabs": "{% tabs tabs bad bad %}",
    "pager": "{% pager page %}",
    "filter_bar": "{% filter_bar filters 3 bad bad %}",
    "steps": "{% steps steps bad %}",
    "season": "{% season phases now %}",
    "progress": "{% progress 1 3 %}",
    "toast": "{% toast bad bad %}",
    "submit": "{% submit bad bad bad bad %}",
    "once": "{% once %}",
    "work": "{% work bad bad 30 bad %}",
    "confirm": "{% confirm bad bad bad bad form %}",
    "lane": "{% lane bad count=1 url=bad key=bad %}{{ bad }}{% endlane %}",
}


def test_every_tag_is_tried_with_hostile_words() -> None:
    assert set(HOSTILE_CALLS) == set(register.tags)


@pytest.mark.parametrize("name", HOSTILE_CALLS)
def test_hostile_words_stay_words(name: str) -> None:
    form = samples.SampleForm(
        {"place": HOSTILE, "note": HOSTILE, "quilts": HOSTILE, "seen": [HOSTILE]}
    )
    html = drawn(
        HOSTILE_CALLS[name],
        bad=HOSTILE,
        bads=[HOSTILE, (HOSTILE, HOSTILE)],
        face=Face("calm", 5, basis=HOSTILE, owner=HOSTILE),
        form=form,
        filters=samples.SampleFilter({"q": HOSTILE}),
        numbers=[1, 2, 3],
        now=NOON,
        phases=[(HOSTILE, NOON, NOON)],
        page=Paginator(range(99), 10).get_page(2),
        steps=[{"label": HOSTILE, "state": HOSTILE, "note": HOSTILE}],
        tabs=[(HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
    )
    assert "<script>alert" not in html
    assert "\"'&" not in re.sub(r"&quot;|&#x27;|&amp;", "", html)


def test_every_tag_is_described_and_shown() -> None:
    page = Path("docs/reference/components.md").read_text(encoding="utf-8")
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in Path("src/nuantu/ui/templates/ui").rglob("*.html")
        if "patterns" in str(path) or path.parent.name in {"components", "ui"}
    )
    for name in register.tags:
        assert f"{{% {name}" in page, f"{name} is not in docs/reference/components.md"
        assert f"{{% {name}" in shown or name in {"once"}, f"{name} is shown nowhere"


class TestClock:
    """One component for every promise."""

    def test_a_calm_clock_says_what_is_left_and_of_what(self) -> None:
        html = drawn("{% clock face %}", face=Face("calm", 1650))
        assert "27:30" in html
        assert "/ 30分钟" in html
        assert 'data-state="calm"' in html

    def test_it_rests_on_its_clause_and_names_who_owes_it(self) -> None:
        html = drawn("{% clock face %}", face=Face("amber", 400))
        assert "P9-20" in html
        assert "凯里市救助管理站" in html

    def test_an_overdue_clock_counts_up_and_says_so(self) -> None:
        html = drawn("{% clock face %}", face=Face("red", -725))
        assert "超12:05" in html
        assert "已超时" in html
        assert "+12:05" in drawn("{% clock face %}", language="en", face=Face("red", -725))

    def test_a_done_clock_stands_still_and_says_how_long_it_took(self) -> None:
        html = drawn("{% clock face %}", face=Face("done", 600))
        assert "用时20:00" in html
        assert 'data-state="done"' in html
        assert "超时" in drawn("{% clock face %}", face=Face("done", -60))

    def test_a_clock_that_ended_without_being_kept_is_never_called_done(self) -> None:
        html = drawn("{% clock face %}", face=Face("ended", 600))
        assert "停止计时" in html
        assert "已完成" not in html
        assert "用时" not in html
        assert "late" in drawn("{% clock face %}", language="en", face=Face("ended", -60))

    def test_no_clock_is_no_markup(self) -> None:
        assert drawn("{% clock face %}", face=None) == ""


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0, "00:00", "00:00"),
        (65, "01:05", "01:05"),
        (3599, "59:59", "59:59"),
        (3600, "1小时00分", "1 h 00 min"),
        (86_399, "23小时59分", "23 h 59 min"),
        (86_400 * 2 + 3600 * 4, "2天4小时", "2 d 4 h"),
        (-65, "01:05", "01:05"),
    ],
)
def test_a_span_is_read_at_a_glance(seconds: int, zh: str, en: str) -> None:
    with translation.override("zh-hans"):
        assert spans.span(seconds) == zh
    with translation.override("en"):
        assert spans.span(seconds) == en


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1分钟"),
        (30, "30分钟"),
        (60, "1小时"),
        (90, "90分钟"),
        (1197, "20小时"),
        (1440, "24小时"),
        (2880, "2天"),
        (17_037, "12天"),
    ],
)
def test_a_limit_is_said_as_a_rule_says_it(minutes: int, words: str) -> None:
    with translation.override("zh-hans"):
        assert spans.limit_words(minutes * 60) == words


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(0), "今天 12:00（刚刚）"),
        (timedelta(minutes=12), "今天 11:48（12分钟前）"),
        (timedelta(hours=13), "昨天 23:00（13小时前）"),
        (timedelta(days=3), "12月2日 12:00"),
        (timedelta(days=400), "2025年10月31日 12:00"),
        (timedelta(minutes=-30), "今天 12:30（30分钟后）"),
    ],
)
def test_a_moment_says_when_and_how_long_ago(back: timedelta, words: str) -> None:
    assert words in drawn("{% moment when %}", when=NOON - back)


def test_a_moment_on_paper_is_a_full_date() -> None:
    assert ">2026-12-05 11:00<" in drawn(
        "{% moment when 'paper' %}", when=NOON - timedelta(hours=1)
    )
    assert "5 Dec" in drawn("{% moment when %}", language="en", when=NOON.replace(day=5, year=2027))


@given(st.integers(-(10**9), 10**9))
def test_every_span_has_words(seconds: int) -> None:
    """No length of time is empty, negative or longer than a table cell."""
    words = spans.span(seconds)
    assert words
    assert "-" not in words
    assert len(words) <= 20


@given(st.integers(-100, 10_000), st.integers(-100, 10_000))
def test_a_bar_never_leaves_its_frame(done: int, total: int) -> None:
    """Whatever the figures, the drawn share lies between nothing and all."""
    width = re.search(r'<rect width="([\d.]+)"', small.bar(done, total))
    assert width is not None
    assert 0 <= float(width[1]) <= 100


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
def test_a_spark_never_leaves_its_frame(values: list[float]) -> None:
    """The line stays in its box, flat or steep."""
    points = re.search(r'points="([^"]+)"', small.spark(values))
    assert points is not None
    for point in points[1].split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= 100
        assert 0 <= y <= 24


@given(
    st.lists(st.tuples(st.dates(), st.integers(0, 400)), min_size=1, max_size=6),
    st.dates(),
)
def test_a_season_stays_in_its_frame(phases: list[tuple[date, int]], today: date) -> None:
    """Gaps, overlaps and a today far away leave every phase on the bar."""
    rows = [
        ("期", first, min(date.max, first + timedelta(days=min(days, (date.max - first).days))))
        for first, days in phases
    ]
    drawn_season = bars.season(rows, today)
    for item in drawn_season["segments"]:
        assert -0.2 <= item.left <= 1000
        assert 0 <= item.width <= 1000.2
        assert item.left + item.width <= 1000.2
    here = drawn_season["here"]
    assert here is None or 0 <= here <= 1000


def test_a_season_knows_its_day() -> None:
    phases = [
        ("准备", date(2026, 11, 1), date(2026, 11, 30)),
        ("行动", date(2026, 12, 1), date(2027, 3, 31)),
    ]
    html = drawn("{% season phases today %}", phases=phases, today=date(2026, 12, 5))
    assert "今天是第 35 天，共 151 天" in html
    assert 'aria-current="date"><b>行动</b>' in html
    assert drawn("{% season phases today %}", phases=[], today=date(2026, 12, 5)).strip() == ""


def test_a_warning_carries_its_character_and_its_word() -> None:
    html = drawn("{% warning_badge 'orange' '暴雪' %}")
    assert ">橙<" in html
    assert "橙色预警" in html
    assert ">白<" in drawn("{% warning_badge 'white' '台风' %}")
    assert ">—<" in drawn("{% warning_badge '' '台风' %}")
    assert "Orange warning" in drawn("{% warning_badge 'orange' 'Blizzard' %}", language="en")


def test_a_status_is_word_shape_and_colour() -> None:
    html = drawn("{% status 'open' '待派' 'waiting' %}")
    assert "待派" in html
    assert "#shape-waiting" in html
    assert "status--waiting" in html


def test_a_person_without_a_name_still_has_a_card() -> None:
    assert "姓名不详" in drawn("{% person_card %}")
    html = drawn(
        "{% person_card '灰衣老人' sex='男' age='约50岁' marks=marks %}", marks=[("危重", "danger")]
    )
    assert "男 · 约50岁" in html
    assert "mark-word--danger" in html


def test_a_masked_value_without_the_right_has_no_way_in() -> None:
    assert "<a " not in drawn("{% masked '5226****' %}")
    assert 'href="/why/"' in drawn("{% masked '5226****' '/why/' %}")


def test_an_export_keeps_the_filters_and_forgets_the_page() -> None:
    html = drawn("{% filter_bar form 3 '/x/' %}", form=samples.SampleFilter({"q": "桥"}))
    assert "/x/?q=%E6%A1%A5" in html
    assert "page=2" not in html


def test_a_list_that_an_export_would_cut_says_so() -> None:
    form = samples.SampleFilter({})
    assert "只导出前" not in drawn("{% filter_bar form 20000 '/x/' %}", form=form)
    assert "只导出前 20,000 条" in drawn("{% filter_bar form 20001 '/x/' %}", form=form)
    assert "只导出前" not in drawn("{% filter_bar form 20001 %}", form=form), "nothing is exported"


def test_a_field_keeps_what_was_typed_and_says_what_to_mend() -> None:
    form = samples.SampleForm({"place": "", "note": "桥下", "quilts": "-2"})
    html = drawn("{% errors form %}{% field form.place %}{% field form.note %}", form=form)
    assert 'href="#id_place"' in html
    assert "field--bad" in html
    assert 'aria-invalid="true"' in html
    assert "桥下" in html


def test_two_forms_of_a_page_say_in_one_place_what_to_mend() -> None:
    """In the words of an office, also where Django's own forms speak."""
    form, other = samples.SampleForm({}), samples.SampleForm({}, prefix="other")
    html = drawn("{% errors form also=other %}", form=form, other=other)
    assert html.count('role="alert"') == 1
    assert 'href="#id_place"' in html
    assert 'href="#id_other-place"' in html
    assert "请填写这一项。" in html
    assert "必填项" not in html
    with translation.override("en"):
        told = list(samples.SampleForm({"place": "桥" * 201}).errors["place"])
    assert told == ["Write at most 200 characters; there are 201 now."]


@pytest.mark.parametrize(
    ("name", "words"), [("系统", "System"), ("公众", "The public"), ("韦小雨", "韦小雨")]
)
def test_the_program_and_the_public_have_english_names(name: str, words: str) -> None:
    assert drawn("{{ name|who_said }}", "en", name=name) == words
    assert drawn("{{ name|who_said }}", name=name) == name


def test_a_source_is_said_in_english() -> None:
    basis = "P12-03(样例方案)"
    assert drawn("{{ basis|source_said }}", "en", basis=basis) == "P12-03 (sample plan)"


def test_the_link_of_a_lane_says_all_of_what() -> None:
    """Five links that are all called "All" tell a listener nothing."""
    html = drawn('{% lane title="待派" count=4 url="/tips/" %}{% endlane %}')
    assert 'aria-label="全部 待派"' in html
