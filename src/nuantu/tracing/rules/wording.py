"""What the words of a tracing notice may not hold (ID-06, PI-15): everything published stays published.

A name of an illness, a telephone or ID number, a place where he is now. Money and account words are kept
out too: they are what a swindler adds to a copied notice.
"""

import re
from typing import Final

_ILLNESSES: Final = (
    "艾滋|梅毒|淋病|尖锐湿疣|性病|结核|麻风|肝硬化|乙肝|丙肝|甲肝|精神分裂|躁狂|抑郁|焦虑症|自闭|孤独症|双相|偏执|痴呆|阿尔茨海默"
    "|老年性呆|癫痫|羊癫疯|羊角风|糖尿|高血压|心脏病|冠心|中风|脑梗|脑瘫|脑卒中|帕金森|肿瘤|癌|白血病|尿毒|肾衰|哮喘|新冠|疥疮|唐氏"
    "|戒断|吸毒|酒精依赖|精神病|精神障碍|智力残疾|传染病|确诊|诊断|服用|药物|流产|怀孕|孕妇"
)
# 病 and its like as the end of a name; 毛病 and clothes of a hospital name none.
_ENDINGS: Final = r"[\u4e00-\u9fff](?<!毛)(?:病(?!号|房|床|人)|症(?!状)|炎(?!热|黄|陵|帝)|瘤)"
_LATIN: Final = r"(?<![A-Za-z])(?:HIV|AIDS|TB|HBV|HCV|ADHD|COVID(?:-19)?|ASD|PTSD)(?![A-Za-z])"
_ILLNESS: Final = re.compile(f"{_ILLNESSES}|{_ENDINGS}|{_LATIN}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d(?:[\s\-—–－()（）.]*[\dXx]){6,}")
_WIDE: Final = str.maketrans(
    "０１２３４５６７８９〇零一二三四五六七八九幺", "0123456789001234567891"
)
_NOW: Final = (
    "本站|我站|站内|在站|入住|现住|现在住|目前住|暂住|安置|托养|寄养|病房|病床|住院|隔离|男区|女区|宿舍"
    r"|[0-9]+\s*(?:号|楼|层)?\s*(?:床|室|房|病区|病房)"
)
_NOW_HERE: Final = re.compile(_NOW)
_HOUSES: Final = re.compile(
    "救助(?:管理)?站|救助管理|福利院|养老院|敬老院|医院|卫生院|收容|托养中心|未保中心|保护中心"
)
_MONEY: Final = re.compile(
    "酬谢|重谢|酬金|悬赏|有偿|奖励|银行卡|账号|帐号|转账|转帐|微信号|支付宝|[Qq]{2}号|收款"
)
FOUND_PLACE: Final = "found_place"


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def faults(field: str, text: str, desk_line: str) -> tuple[str, ...]:
    """Codes of what must go: `illness`, `number`, `place`, `money`. `desk_line` alone may be named.

    In the place where he was found a hospital may be named: its door is where somebody was found.
    """
    found = []
    if _ILLNESS.search(text):
        found.append("illness")
    own = _digits(desk_line)
    spoken = text.translate(_WIDE)
    numbers = [_digits(one.group()) for one in _NUMBER.finditer(spoken)]
    if any(number != own for number in numbers):
        found.append("number")
    is_place_of_now = _NOW_HERE.search(text)
    if is_place_of_now or (field != FOUND_PLACE and _HOUSES.search(text)):
        found.append("place")
    if _MONEY.search(text):
        found.append("money")
    return tuple(found)
