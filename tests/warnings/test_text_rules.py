"""Plain Chinese warning text: what it does, with which signal, when, and whether it is a drill."""

from contextlib import suppress
from datetime import timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.warnings.rules.message import (
    Colour,
    Message,
    MsgType,
    NoteKind,
    Status,
    Unreadable,
)
from nuantu.warnings.rules.moments import CHINA
from nuantu.warnings.rules.parsing import parse
from tests.examples import examples
from tests.warnings.wording import RECEIVED, at, one

ALERT, UPDATE, CANCEL = MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL

SAYINGS = [
    ("凯里市气象台21日17时发布寒潮蓝色预警信号：预计未来48小时降温。", ALERT, "寒潮", "蓝"),
    ("凯里市气象台21日17时继续发布大风蓝色预警信号：预计", UPDATE, "大风", "蓝"),
    ("黎平县气象局于11月21日17时30分发布黎平县道路结冰黄色预警信号，请注意防御。", ALERT, "道路结冰", "黄"),
    ("镇远县气象台21日17时将道路结冰橙色预警信号降级为黄色预警信号", UPDATE, "道路结冰", "黄"),
    ("镇远县气象台21日17时将暴雪黄色预警信号升级为暴雪橙色预警信号：过去三小时", UPDATE, "暴雪", "橙"),
    ("锦屏县气象台21日17时变更寒潮黄色预警为寒潮蓝色预警", UPDATE, "寒潮", "蓝"),
    ("锦屏县气象台21日17时升级寒潮黄色预警信号为橙色预警信号", UPDATE, "寒潮", "橙"),
    ("三穗县气象台21日17时变更发布暴雨橙色预警信号：过去6小时", UPDATE, "暴雨", "橙"),
    ("天柱县气象台更新雷电黄色预警信号[III级/较重]", UPDATE, "雷电", "黄"),
    ("凯里市暴雪预警信号由黄色升级为橙色", UPDATE, "暴雪", "橙"),
    ("天柱县气象局21日18时撤销大雾橙色预警", CANCEL, "大雾", "橙"),
    ("天柱县气象局21日18时取消霜冻蓝色预警信号", CANCEL, "霜冻", "蓝"),
    ("【预警解除】凯里市气象台11月21日15时13分解除凯里市寒潮黄色预警", CANCEL, "寒潮", "黄"),
    ("凯里市气象台20日10时发布的寒潮蓝色预警信号已于21日9时30分解除。", CANCEL, "寒潮", "蓝"),
    ("凯里市寒潮蓝色预警信号解除", CANCEL, "寒潮", "蓝"),
    ("凯里市气象局2026年11月21日03时38分37秒解除2026年11月20日20时50分01秒发布的雷电黄色预警。", CANCEL, "雷电", "黄"),
    ("市气象台解除所有预警信号", CANCEL, "全部", None),
    ("贵州省气象台2026年11月21日16时00分发布低温雨雪冰冻Ⅳ级（蓝色）预警", ALERT, "低温雨雪冰冻", "蓝"),
    ("黔东南州气象局 21日 18时 发布 寒潮 Ⅲ 级 预警", ALERT, "寒潮", "黄"),
    ("凯里市气象局发布寒潮预警信号（蓝色）", ALERT, "寒潮", "蓝"),
    ("凯里市发布蓝色寒潮预警信号", ALERT, "寒潮", "蓝"),
    ("凯里市气象台发布：寒潮红色预警信号", ALERT, "寒潮", "红"),
    ("凯里市气象台11月21日18时0分发布[寒潮][蓝色]预警", ALERT, "寒潮", "蓝"),
    ("寒潮预警信号：黄色。发布单位：凯里市气象台。", ALERT, "寒潮", "黄"),
    ("预警类型：寒潮\n预警级别：蓝色\n发布单位：黎平县气象局\n发布时间：2026-11-21 17:00:00", ALERT, "寒潮", "蓝"),
    ("【凯里市寒潮橙色预警】", ALERT, "寒潮", "橙"),
    ("黔東南州氣象臺11月21日17時發佈寒潮藍色預警信號", ALERT, "寒潮", "蓝"),
    ("凯里市气象台21日17时发\n布寒潮蓝\n色预警信号", ALERT, "寒潮", "蓝"),
    ("🥶凯里市气象台21日17时发布寒潮❄️蓝色预警信号🌬️", ALERT, "寒潮", "蓝"),
    ("凯里市气象台２１日１７时发布寒潮蓝色预警信号", ALERT, "寒潮", "蓝"),
    ("目前全市雷雨大风黄色预警信号生效，凯里市气象台21日发布寒潮蓝色预警信号", ALERT, "寒潮", "蓝"),
    ("受强冷空气影响，黔东南州气象台21日18时升级发布寒潮橙色预警信号，原寒潮黄色预警信号同时解除", UPDATE, "寒潮", "橙"),
    ("黔东南州气象台21日17时解除寒潮蓝色预警信号，发布寒潮黄色预警信号。", UPDATE, "寒潮", "黄"),
    ("黔东南州发布森林草原高火险橙色预警", ALERT, "森林草原火险", "橙"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "msg_type", "event", "colour"), SAYINGS)
def test_a_saying_is_understood(
    text: str, msg_type: MsgType, event: str, colour: str | None
) -> None:
    """Issuing, continuing, changing and lifting in the words that stations use (WE-18)."""
    message = one(text)
    assert (message.msg_type, message.event_name) == (msg_type, event)
    assert (message.colour.value if message.colour else None) == colour


def test_two_signals_in_one_text_are_two_messages() -> None:
    """A text that issues two signals, or lifts one and issues another, is read as both."""
    two = parse("黔东南州气象台21日17时发布大风蓝色、寒潮黄色预警信号".encode(), "", RECEIVED)
    assert [(m.event_name, m.colour) for m in two] == [
        ("大风", Colour.BLUE),
        ("寒潮", Colour.YELLOW),
    ]
    swap = parse(
        "黔东南州气象台21日17时解除寒潮蓝色预警信号，同时发布道路结冰黄色预警信号。".encode(),
        "",
        RECEIVED,
    )
    assert [(m.event_name, m.msg_type) for m in swap] == [("寒潮", CANCEL), ("道路结冰", ALERT)]


def test_a_change_of_event_names_what_it_replaces() -> None:
    """将寒潮…变更为道路结冰…: the cold wave ends with it."""
    message = one("黔东南州气象台21日17时将寒潮蓝色预警变更为道路结冰黄色预警")
    assert (message.event_name, message.replaces_event) == ("道路结冰", "寒潮")
    assert message.previous_colour is Colour.BLUE


@pytest.mark.parametrize(
    "text",
    [
        "凯里市气象台提醒：明天降温，请添衣。",
        "州气象台将于今晚发布寒潮预警",
        "今天晚饭吃什么",
        "预警信号是什么意思",
        "😀😀😀",
    ],
)
def test_what_is_no_warning_is_refused(text: str) -> None:
    """A forecast, an announcement of a warning and small talk start nothing."""
    with pytest.raises(Unreadable):
        one(text)


# ── drills ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("【演练】凯里市气象台21日17时发布寒潮橙色预警信号", Status.EXERCISE),
        ("（演习）凯里市气象台发布寒潮橙色预警信号", Status.EXERCISE),
        ("凯里市气象台发布寒潮橙色预警信号（测试信息，请勿外传）", Status.TEST),
        ("测试：凯里市气象台发布寒潮橙色预警信号", Status.TEST),
        ("这是一次应急演练：黔东南州气象台21日18时发布暴雪红色预警信号", Status.EXERCISE),
        (
            "黔东南州气象台发布寒潮红色预警信号。本消息为防汛抗旱应急演练用语，请勿当真。",
            Status.EXERCISE,
        ),
        ("凯里市气象台发布寒潮橙色预警信号。此条为系统测试，请忽略。", Status.TEST),
        ("演练演练演练！凯里市气象台发布寒潮橙色预警信号", Status.EXERCISE),
    ],
)
def test_a_drill_or_test_says_so_and_may_not_act(text: str, status: Status) -> None:
    """An exercise or test must never send patrols (WE-24)."""
    message = one(text)
    assert message.status is status
    assert not message.may_act


@pytest.mark.parametrize(
    "text",
    [
        "凯里市气象台21日18时发布寒潮蓝色预警信号:学校应停止户外活动、组织防灾演练。",
        "凯里市气象台21日18时发布寒潮红色预警信号。各地要开展应急演练。（非演练）",
        "非演练：凯里市气象台21日18时发布寒潮红色预警信号",
        "凯里市气象台发布寒潮蓝色预警信号，不是测试，请立即行动",
        "凯里市气象台发布寒潮蓝色预警信号。防御指南：1.开展应急演练；2.测试供暖设备。",
    ],
)
def test_a_real_warning_that_mentions_drills_is_real(text: str) -> None:
    """Instructions to practise do not make the warning a practice."""
    assert one(text).status is Status.ACTUAL


# ── moments ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "received", "sent"),
    [
        ("凯里市气象台31日23时50分发布寒潮蓝色预警", "2027-01-01 00:05", "2026-12-31 23:50"),
        ("凯里市气象台12月31日23时50分发布寒潮蓝色预警", "2027-01-01 00:05", "2026-12-31 23:50"),
        ("凯里市气象台31日08时发布寒潮蓝色预警", "2026-12-01 07:00", "2026-10-31 08:00"),
        ("凯里市气象台30日22时发布寒潮蓝色预警", "2026-12-01 07:00", "2026-11-30 22:00"),
        ("凯里市气象台29日22时发布寒潮蓝色预警", "2028-03-01 07:00", "2028-02-29 22:00"),
        ("凯里市气象台23时50分发布寒潮蓝色预警", "2026-12-02 00:10", "2026-12-01 23:50"),
        ("凯里市气象台今天17时发布寒潮蓝色预警", "2026-12-02 17:10", "2026-12-02 17:00"),
        ("凯里市气象台昨天晚上10点半发布寒潮蓝色预警", "2026-12-02 07:10", "2026-12-01 22:30"),
        ("凯里市气象台2026年12月1日下午3时5分发布寒潮蓝色预警", "2026-12-02 07:10", "2026-12-01 15:05"),
        ("2026年12月1日17时，凯里市气象台发布寒潮蓝色预警", "2026-12-02 07:10", "2026-12-01 17:00"),
        ("凯里市气象台二〇二六年十二月一日十七时三十分发布寒潮蓝色预警", "2026-12-02 07:10", "2026-12-01 17:30"),
        ("凯里市气象台2026/12/01 17:02发布寒潮蓝色预警", "2026-12-02 07:10", "2026-12-01 17:02"),
        ("凯里市气象台发布寒潮蓝色预警。发布时间：2026-12-01 17:20", "2026-12-02 07:10", "2026-12-01 17:20"),
        ("凯里市寒潮黄色预警信号（2026年12月1日17时45分发布）：预计2日降温", "2026-12-02 07:10", "2026-12-01 17:45"),
        ("凯里市气象台1日24时发布寒潮蓝色预警", "2026-12-02 07:10", "2026-12-02 00:00"),
        ("凯里市气象台1日17时发布寒潮蓝色预警：预计2日08时至3日20时", "2026-12-01 17:05", "2026-12-01 17:00"),
        ("凯里市气象台1日17时05分发布寒潮蓝色预警", "2026-12-01 17:03", "2026-12-01 17:05"),
    ],
)  # fmt: skip
def test_missing_year_month_and_day_come_from_receipt(text: str, received: str, sent: str) -> None:
    """Across the turn of a month, of a leap February and of a year."""
    assert one(text, received_at=at(received)).sent_at == at(sent)


def test_a_text_without_a_moment_counts_from_receipt() -> None:
    """And says so."""
    message = one("凯里市气象台发布寒潮蓝色预警信号")
    assert message.sent_at == RECEIVED
    assert message.has_note(NoteKind.SENT_FROM_RECEIPT)


@pytest.mark.parametrize(
    ("end", "expires"),
    [
        ("有效期至23日08时", "2026-11-23 08:00"),
        ("有效期24小时", "2026-11-22 17:00"),
        ("预警有效时间48小时", "2026-11-23 17:00"),
        ("预警时段：21日20时至22日20时", "2026-11-22 20:00"),
        ("失效时间：2026年11月23日20时", "2026-11-23 20:00"),
    ],
)
def test_a_stated_end_is_read(end: str, expires: str) -> None:
    """An end is what the text calls one."""
    message = one(f"凯里市气象台21日17时发布寒潮蓝色预警信号，{end}")
    assert message.expires_at == at(expires)


def test_a_forecast_window_is_no_end() -> None:
    """未来48小时 describes the weather; the signal holds until it is lifted."""
    message = one("凯里市气象台21日17时发布寒潮蓝色预警信号：预计未来48小时降温。")
    assert message.expires_at is None
    assert message.forecast_until == at("2026-11-23 17:00")


def test_a_lifting_names_the_warning_it_lifts_by_its_moment() -> None:
    """解除…20日20时50分发布的…: the reference is the time of the first message."""
    message = one(
        "凯里市气象局21日03时38分解除20日20时50分发布的雷电黄色预警。",
        received_at=at("2026-11-21 03:40"),
    )
    assert message.sent_at == at("2026-11-21 03:38")
    assert message.references[0].sent_at == at("2026-11-20 20:50")


# ── properties ───────────────────────────────────────────────────────────────────────────────────

PLACES = (
    "凯里市",
    "黎平县",
    "黔东南州",
    "贵州省",
    "本溪市",
    "和平县",
    "日照市",
    "分宜县",
    "经开区",
)
OFFICES = ("气象台", "气象局", "气象中心", "突发事件预警信息发布中心")
EVENTS = (
    "寒潮",
    "大风",
    "暴雪",
    "道路结冰",
    "霜冻",
    "低温雨雪冰冻",
    "强降温",
    "高温",
    "雷雨大风",
    "海上大风",
)
VERBS = {
    "发布": ALERT,
    "继续发布": UPDATE,
    "解除": CANCEL,
    "取消": CANCEL,
    "变更发布": UPDATE,
    "升级发布": UPDATE,
}
FORMS = (
    "{issuer}{time}{verb}{event}{colour}色预警信号：{tail}",
    "{issuer}于{time}{verb}{event}{colour}色预警。{tail}",
    "【{event}{colour}色预警】{issuer}{time}{verb}{event}{colour}色预警信号，{tail}",
    "{issuer} {time} {verb} {event} {colour}色 预警 {tail}",
    "{time}，{issuer}{verb}{event}{colour}色预警信号。{tail}",
)
TAILS = (
    "",
    "请注意防范。",
    "预计未来24小时最低气温下降8℃。",
    "（预警信息来源：国家预警信息发布中心）",
)


@examples(300)
@given(
    form=st.sampled_from(FORMS),
    place=st.sampled_from(PLACES),
    office=st.sampled_from(OFFICES),
    event=st.sampled_from(EVENTS),
    colour=st.sampled_from("蓝黄橙红"),
    verb=st.sampled_from(sorted(VERBS)),
    tail=st.sampled_from(TAILS),
    minutes=st.integers(0, 60 * 24 * 20),
    detail=st.sampled_from(["year", "month", "day"]),
)
def test_what_a_grammar_says_is_what_is_read(  # the fields of one sentence
    form: str, place: str, office: str, event: str, colour: str, verb: str, tail: str,
    minutes: int, detail: str,
) -> None:  # fmt: skip
    """Every sentence of the grammar gives back its issuer, moment, verb, event and colour."""
    moment = RECEIVED - timedelta(minutes=minutes)
    stamp = f"{moment.day}日{moment.hour:02d}时{moment.minute:02d}分"
    stamp = {"day": "", "month": f"{moment.month}月", "year": f"{moment.year}年{moment.month}月"}[
        detail
    ] + stamp
    text = form.format(
        issuer=place + office, time=stamp, verb=verb, event=event, colour=colour, tail=tail
    )
    message = one(text)
    assert message.sender_name == place + office, text
    assert message.sent_at == moment, text
    assert (message.msg_type, message.event_name) == (VERBS[verb], event), text
    assert message.colour is Colour(colour), text


@examples(400)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_never_crash(body: bytes) -> None:
    """Bytes are a message or a refusal, nothing else."""
    with suppress(Unreadable):
        parse(body, "application/octet-stream", RECEIVED)


FRAGMENTS = st.sampled_from(
    ["寒潮", "蓝色", "预警", "信号", "发布", "解除", "将", "升级为", "21日", "17时", "25时", "13月", "：", "。", "，",
     "【", "】", "凯里市", "气象台", "演练", "由", "为", "Ⅳ级", "(", ")", "有效期", "至", "未来", "小时", "99", "除", "外"]
)  # fmt: skip


@examples(500)
@given(st.lists(FRAGMENTS, max_size=30), st.timedeltas(timedelta(-9000), timedelta(9000)))
def test_scrambled_warnings_never_crash(words: list[str], ago: timedelta) -> None:
    """Any order of the words that matter, at any moment of receipt."""
    with suppress(Unreadable):
        parse("".join(words).encode(), "text/plain", RECEIVED - ago)


@pytest.mark.parametrize(
    "text",
    [
        "寒潮蓝色预警" * 100_000,
        "发布寒潮蓝色预警，" * 70_000,
        "发布寒潮蓝色预警：" + "凯里市、" * 150_000,
        "凯里市气象台发布寒潮蓝色预警" + "（" * 300_000,
        "一二三四五六七八九十" * 60_000 + "年发布寒潮蓝色预警",
    ],
)
def test_a_text_made_to_keep_the_reader_busy_is_read_in_bounded_time(text: str) -> None:
    """Two megabytes of the words that matter cost no more than a long real message."""
    started = process_time()
    with suppress(Unreadable):
        parse(text.encode(), "text/plain", RECEIVED)
    assert process_time() - started < 5


# ── several offices in one text ──────────────────────────────────────────────────────────────────

DIGEST = (
    "1、凯里市气象台21日17时发布道路结冰橙色预警：高海拔路段结冰。\n"
    "2、麻江县气象台21日16时发布寒潮蓝色预警：麻江县降温。\n"
    "3、雷山县气象台21日15时解除大雾黄色预警。"
)


def read_all(text: str) -> tuple[Message, ...]:
    return parse(text.encode(), "text/plain", RECEIVED)


def test_a_digest_gives_each_office_its_own_warning_and_moment() -> None:
    """Nothing of one county is said of another."""
    found = read_all(DIGEST)
    assert [(m.sender_name, m.event_name, m.msg_type) for m in found] == [
        ("凯里市气象台", "道路结冰", MsgType.ALERT),
        ("麻江县气象台", "寒潮", MsgType.ALERT),
        ("雷山县气象台", "大雾", MsgType.CANCEL),
    ]
    assert [m.sent_at.astimezone(CHINA).hour for m in found] == [17, 16, 15]
    assert [m.index for m in found] == [0, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        f"【演练】以下为各县预警：\n{DIGEST}",
        (
            "凯里市气象台21日17时发布寒潮蓝色预警：降温。麻江县气象台21日16时发布寒潮蓝色预警。"
            "以上为演练，请勿当真。"
        ),
    ],
)
def test_a_digest_that_is_a_drill_is_a_drill_in_every_part(text: str) -> None:
    assert {m.status for m in read_all(text)} == {Status.EXERCISE}


def test_a_drill_in_one_line_of_a_digest_is_only_that_line() -> None:
    found = read_all(DIGEST.replace("2、", "2、【演练】"))
    assert [m.status for m in found] == [Status.ACTUAL, Status.EXERCISE, Status.ACTUAL]


def test_the_bureau_and_its_observatory_are_one_office() -> None:
    """12379 puts the text of the observatory behind a heading of the bureau."""
    text = (
        "凯里市气象局2026年11月21日17时53分发布寒潮蓝色预警[IV级/一般]。"
        "凯里市气象台2026年11月21日17时45分继续发布寒潮蓝色预警：预计未来24小时降温。"
    )
    assert len(read_all(text)) == 1


def test_tonight_begins_in_the_evening() -> None:
    (found,) = read_all("凯里市气象台21日17时发布寒潮蓝色预警：今天夜间到明天白天降温。")
    assert found.forecast_from is not None
    assert found.forecast_until is not None
    assert found.forecast_from.astimezone(CHINA).hour == 20
    assert found.forecast_until.astimezone(CHINA).hour == 20
