"""For whom or for what a sum is meant: the words before it, after it, or the heading above it."""

from __future__ import annotations

import re
from typing import Final

from nuantu.planbook.reading.grammar.headings import unnumbered
from nuantu.planbook.reading.grammar.money import Money
from nuantu.planbook.reading.page import Clause, Page

_PEOPLE: Final = re.compile(
    r"家庭|职工|老人|人员|户|对象|儿童|孤儿|党员|军人|干部|群众|学生|遗属|病人|患者|农民工|工人|劳动者|明星|孝星|之星"
    r"|教师|员工|英模|模范|家属|烈属|妇女|居民|市民|志愿者|队员|司机|劳模|民警|医护|人群|老兵|工匠|者|青年|村民|寡|长者|师傅|人$|个人|“四老”|三属"
)
_PLACES: Final = re.compile(
    r"院|企业|单位|机构|学校|公司|部队|驿站|站点|点$|站$|工地|社区|村$|所$|中心|队$|街道$|镇$|乡$|分厂$|分会$"
)
_FUND: Final = re.compile(
    r"资金|经费|基金|专款|善款|款项|款$|预算|拨款|配套|自筹|物资|慰问品|礼包|费用|费$|补贴|补助金|慰问金"
)
_LEADING: Final = re.compile(
    r"^(?:按照?|建议|(?:本次|此次)?(?:走访|慰问|救助|帮扶|发放|补助)*对象(?:为|是|包括|主要是)|(?:走访)?(?:慰问|看望)(?!金|品|经费|标准|对象|组|活动|卡|袋|费|物|的|和|与|及)(?=..)|一般|原则上|送上|送去|送给|对于|对(?!象)|给予|向|为|凡|共?需要?(?!求)|其中|享受|符合|属于|每年|每逢|每个?|各个?|再|分别|可|将|以|从|共|拟|计划|另|并|关于|用于|及|和|并对|要|在(?!岗|职|校|册|站|读|建|乡)|至|其他|其余|今年|全年|预计|要用|大约|大概|春节期间|期间|节日期间|活动期间|慰问标准|救助标准|补助标准|发放标准|标准|两节前后|节前|节日)+"
)
_TRAILING: Final = re.compile(
    r"(?:按照?|给予|打卡|发放|发给|发|补助|补贴|资助|慰问|标准为|标准是|标准|分别|各|各给予|每次|一次性|进行|开展|不超过|最高|不低于|配备|价值|总价值|送上|送|安排|落实|筹集|筹措|投入|列支|另筹|筹|共|共计|合计|总计|约|为|是|均|统一|为每|每|人均|户均|的|由|以|按每|元|慰问标准|慰问金标准|慰问金为|慰问金|救助金|补助金|补贴金|困难补助|生活补助|现金|在|达|计|价值约|到|等|再|不少于|红包|总额|金额|提高到|提高至|增加到|出资|支出|使用|设)+$"
)
_SPENDS: Final = re.compile(
    r"^(?P<who>[一-鿿x]{1,16}?)(?:将|拟|已)?(?:从(?P<pot>[^,。;]{2,26}?)(?:中)?)?(?:安排|筹集|筹措|下达|下拨|拨付|拨出|划拨|将拨|拟拨|拨|投入|列支|支出|落实|出资|拿出|争取|募集|(?<!自)筹|预算)(?:了)?(?P<what>[^,。;]*)$"
)
_AFTER: Final = re.compile(
    r"^(?:/[一-鿿]{1,3})?(?:的)?(?P<what>[“]?[一-鿿“”]{2,14}?(?:资金|经费|礼包|慰问品|物资|补贴|专款|红包|购物卡|饮料票|购物券|提货券|慰问袋|救助款|款|慰问卡|爱心包)[”]?)"
)
# 拿出1.2万元为职工购置毛巾: the sum is spent as a whole, and on what stands behind it
SPENT: Final = re.compile(
    r"(?:拿出|拨出|斥资|出资|耗资|投入|使用|动用|用|筹集|筹措|另筹|列支|支出|下拨|拨付|划拨|募集|追加)(?:了|资金|经费|款)?(?:约|近|共|共计)?$"
)
_BOUGHT: Final = re.compile(
    r"^(?:,?用于)?(?:为|给|向)?(?P<what>[^,。;:]{0,12}?(?:购买|购置|采购|添置|定制|准备|订购|慰问|发放|救助)[^,。;:]{0,24})"
)
_AIM: Final = re.compile(
    r"^[^。;]{0,50}?(?P<what>为(?!了|主|基)[^,。;]{0,8}?[人名户职][^,。;]{2,20})"
)
_GENERIC: Final = re.compile(
    r"^(?:慰问金|慰问经费|慰问金额|慰问标准|标准|补助|经费|资金|款|慰问品|金额|救助金|补助金|费用|合计|共计|总计|共|人|户|家庭|对象|人员|困难|其中|计|总额|总|所需|预计|慰问|救助|价值|慰问金标准|补贴|物资|(?:慰问|救助|走访|帮扶|补助|发放|资助)的?(?:对象|人员|范围|标准)(?:(?:和|及|、)[一-鿿]{2,6})?)$"
)
# 慰问了2名特困职工,为他们每人送去500元
_TOLD_OF: Final = re.compile(
    r"\d+[余多]?[名位户](?P<who>[一-鿿]{2,10}(?:职工|群众|家庭|户|人员|老人|党员|学生|儿童|军人))$"
)
# 对全市困难劳模进行慰问, 慰问对象为孤寡老人: named once, the sum follows some sentences later
_NAMED_ONCE: Final = re.compile(
    r"(?:对象(?:主要)?(?:为|是|:)|(?<!针)对|慰问(?!对象)|看望|走访(?!慰问|看望)|资助|帮扶)(?:全[市县区镇省]|本[市县区镇]|辖区内?)?的?"
    r"(?P<who>[^,;。:、对向\d元]{0,12}?(?:职工|群众|家庭|困难户|特困户|低保户|人员|老人|党员|学生|儿童|军人|劳模|孤儿|教师|工人|劳动者))"
    r"(?=进行|开展|实施|予以|给予|发放|送|$|[,;。])"
)
_BACK: Final = 6
_PRONOUN: Final = re.compile(r"^(?:他们|她们|其|大家|对方)$")
# how somebody goes about it, not whom it is for: 根据困难程度, 结合实际情况
_MANNER: Final = re.compile(
    r"^(?:根据|按照?|依据|结合|视|参照|综合考虑)|(?:程度|情况|条件|规定|要求|原则|精神)$"
)
_USED: Final = re.compile(r"^(?:使用|租用|租期|用时)?\d+(?:天|日|次|个月|小时)$")
_NAMED_FUND: Final = re.compile(
    r"(?:本次|此次|这次|该|将|把|用)?(?P<what>[一-鿿]{2,8}?(?:资金|经费|基金|专款))"
)
_COUNTED: Final = re.compile(r"(?<=..)[\d一二三四五六七八九十]+[余多]?[人户名位个家处座所]$")
_COUNT_FIRST: Final = re.compile(r"^(?:走访|慰问|看望|救助|资助|对|为|给)*\d+[余多]?[人户名位]")
_TOTAL: Final = re.compile(
    r"(?:共计|合计|总计|小计|共需|共|总额为?|总金额为?|总投入|计)(?:人民币)?[:]?(?:约)?$"
)
# 退休教师共15人,……共1500元: the total of one group
_GROUP: Final = re.compile(r"(?P<who>[一-鿿]{2,14}?)[ ]?(?:共|有|计)?\d+[余多]?[人户名位],")
_TIME: Final = re.compile(
    r"^(?:冬至|春节|元旦|中秋|国庆|重阳|端午|两节|双节)节?$|^(?:\d{1,4}年)?[^,]{0,6}(?:前后|期间|以来|年度|去年|今年|本期)$|^\d"
)
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_GIVEN: Final = re.compile(
    r"(?:发放|发出|下发|送出)(?:了)?(?:\d{4}年)?(?P<what>[一-鿿]{0,8}?(?:慰问金|救助金|补助金|补贴|资金))(?:(?P<all>共计?|合计)|约|近)?$"
)
WORTH: Final = re.compile(r"价值(?:人民币)?(?:共计|约|近|为)?$")
_WORTH: Final = re.compile(
    r"的?(?P<what>[一-鿿、“”]{0,20}?(?:(?P<kind>款物|助学金|救济金|善款|暖包|家庭包)|物资|物品|用品|食品|衣物|大米|[一-鿿]{2,4}(?=[,;。 \d共等]|$)))"
)
_GOODS: Final = re.compile(
    r"(?P<what>(?:(?!的)[一-鿿]){0,8}(?:物资|物品|慰问品|用品|家庭包|礼包|暖包))$"
)
# 按每人1000元的标准,慰问15名特困教师
_VISITED: Final = re.compile(
    r"(?:的)?标准,?(?:走访|慰问|看望|救助|资助|发给|补助)(?:了)?\d+[余多]?[名位户人](?P<who>[一-鿿]{2,12})"
)
SUBTOTAL: Final = re.compile(r"小计[:]?$")
# 毛巾100条x5元=500元: a line of a budget ends in what its goods cost together
_PRODUCT: Final = re.compile(
    r"(?P<what>[一-鿿“”]{2,16}?)(?:\([^()]*\))?[:]?\d+(?:\.\d+)?[一-鿿]{0,2}(?:/[一-鿿]{1,2})?x[^=,;。]{1,16}=$"
)


def category_of(page: Page, number: int, money: Money, fallback: str) -> tuple[str, bool]:
    """The category in the text's own words, and whether it stands beside the sum."""
    clause = page.clauses[number]
    head = page.text[clause.start : money.unit_at]
    breath = _breath(head)
    words = _of_budget(head) or _given_out(money, head) or _of_total(page, number, money, head)
    words = words or _behind(page, clause, money, breath)
    if words:
        return words, True
    noun = tidy(money.noun)
    if noun and (_PEOPLE.search(noun) or _PLACES.search(noun)):
        return noun, True
    own = _own(breath)
    if own:
        return own, True
    return _elsewhere(page, number, money, head, fallback)


def _of_budget(head: str) -> str:
    """A line of a budget: the goods that cost so much together, or a subtotal."""
    if SUBTOTAL.search(head):
        return "小计"
    product = _PRODUCT.search(head)
    if product:
        return tidy(product["what"])
    parts = re.split(r"[,:]", head)
    is_use = len(parts) > 1 and _USED.match(tidy(_TOTAL.sub("", parts[-1])))
    return tidy(parts[-2]) if is_use else ""


def _given_out(money: Money, head: str) -> str:
    """A lump sum by the name of the money: 发放春节慰问金22万元."""
    match = _GIVEN.search(head) if money.unit is None else None
    is_lump = (money.amount or 0) >= 20_000 or bool(match and match["all"])
    return (
        match["what"]
        if match and is_lump and (match["all"] or not _GENERIC.match(match["what"]))
        else ""
    )


def _of_total(page: Page, number: int, money: Money, head: str) -> str:
    """A total without words of its own: that of a group named before it, else of all."""
    is_bare = not tidy_head(_TOTAL.sub("", _breath(head)))
    if not (is_bare and is_total(page, page.clauses[number], money)):
        return ""
    group = _GROUP.match(unnumbered(head))
    if group:
        return group["who"]
    goods = _GOODS.search(re.split(r"[,:]", head)[-2]) if "," in head else None
    if goods and money.unit is None:
        return goods["what"]
    people = _elsewhere(page, number, money, head, "")[0] if "元/" in head else ""
    return f"{people}资金合计"


def _behind(page: Page, clause: Clause, money: Money, breath: str) -> str:
    """What stands behind the sum: its goods, its kind of money, or what it is spent on."""
    goods = _WORTH.match(page.text[money.end : clause.end])
    if goods and money.unit is None and (WORTH.search(breath) or goods["kind"]):
        return goods["what"]
    after = _AFTER.match(page.text[money.end : money.end + 20])
    if (
        after
        and not re.search(r"^[从由用以列]|标准|发放|给予|用于|购|左右", after["what"])
        and not _GENERIC.match(after["what"].strip("“”"))
    ):
        return after["what"].strip("“”")
    told = _VISITED.match(page.text[money.end : clause.end])
    if told and money.unit in ("person", "household"):
        return told["who"]
    if money.unit is not None or not SPENT.search(breath):
        return ""
    bought = _BOUGHT.match(page.text[money.end : money.end + 40])
    if bought:
        return bought["what"].strip("的")
    aim = _AIM.search(page.text[money.end : clause.end])
    return aim["what"] if aim else ""


def is_total(page: Page, clause: Clause, money: Money) -> bool:
    """Whether the sum is called a total."""
    return bool(_TOTAL.search(page.text[clause.start : money.start]))


def _own(breath: str) -> str:
    spends = _SPENDS.match(tidy_head(breath))
    if spends:
        what = tidy(spends["what"]) or tidy(spends["pot"] or "")
        if what and not _GENERIC.match(what):
            return what
        if not _PEOPLE.search(spends["who"]):
            return ""
    words = tidy(breath)
    if (
        _PRONOUN.match(words)
        or _USED.match(words)
        or (_MANNER.search(words) and not _FUND.search(words))
    ):
        return ""
    return "" if _GENERIC.match(words) or _TIME.match(words) or len(words) < 2 else words


def _elsewhere(page: Page, number: int, money: Money, head: str, fallback: str) -> tuple[str, bool]:
    """Earlier words of the clause, the heading, the clause before; the document's people at last."""
    place = page.clauses[number].start
    words = _lumped(page, number, money, head) or _earlier(head, money)
    words = words or _titled(page, place) or _before(page, number)
    if words:
        return words, True
    is_lump = money.unit is None and (money.amount or 0) >= 20_000
    if is_lump and WORTH.search(head):
        return "物资", False
    return (_fund_of(page, number) or "专项资金", False) if is_lump else (fallback, False)


def _earlier(head: str, money: Money) -> str:
    """The people or the places that an earlier breath of the clause names."""
    for part in reversed(re.split(r"[,:\t]", head)[:-1]):
        told = _TOLD_OF.search(part)
        if told:
            return told["who"]
        people = _COUNTED.search(tidy(part))
        words = _COUNT_FIRST.sub("", _COUNTED.sub("", tidy(part))).removesuffix("共")
        if re.search(r"\d元|^每?[村镇乡]?(?:社区)?安排", part.strip()) or _MANNER.search(words):
            continue
        fits = (
            _PLACES.search(re.sub(r"[\d一二三四五六七八九十]+[处个家座所]?$", "", words))
            if money.unit in ("point", "institution") or re.search(r"[,:]各$", head)
            else None
        )
        if re.search(r"\d|约|左右", words):
            continue
        if (fits or people or _PEOPLE.search(words)) and not _GENERIC.match(words):
            return words
    return ""


def _fund_of(page: Page, number: int) -> str:
    """The fund that the paragraph, else its heading, speaks of."""
    clause = page.clauses[number]
    line, _ = page.line_at(clause.start)
    heads = [section.title for section in page.around(clause.start)]
    for words in (page.text[line : clause.end], *heads):
        match = _NAMED_FUND.search(words)
        if match:
            return match["what"]
    return ""


def _lumped(page: Page, number: int, money: Money, head: str) -> str:
    """A lump sum that its breath calls only 经费 or 慰问金: the heading's people, else that word."""
    if money.unit is not None or (money.amount or 0) < 20_000:
        return ""
    noun = _FUND.search(_breath(head))
    if noun is None:
        return ""
    return _titled(page, page.clauses[number].start) or noun[0]


def _titled(page: Page, place: int) -> str:
    for section in page.around(place):
        title = tidy(section.title.removeprefix("关于").removesuffix("慰问"))
        if re.search(r"\d", title):
            continue
        if _GENERIC.match(title):
            continue
        if _PEOPLE.search(title) and 2 <= len(title) <= 24 and "标准" not in title:
            return title
    return ""


def _before(page: Page, number: int) -> str:
    clause = page.clauses[number]
    for earlier in reversed(page.clauses[max(0, number - 2) : number]):
        if page.line_at(earlier.start) == page.line_at(clause.start):
            words = tidy(re.split(r"[,:]", earlier.text)[-1])
            if _PEOPLE.search(words) and len(words) <= 30 and not re.search(r"\d元", earlier.text):
                return words
    return _named_once(page, number)


def _named_once(page: Page, number: int) -> str:
    """The people whom the paragraph says it is about, some sentences before the sum."""
    line = page.line_at(page.clauses[number].start)
    for earlier in reversed(page.clauses[max(0, number - _BACK) : number]):
        if page.line_at(earlier.start) != line:
            return ""
        named = _NAMED_ONCE.search(earlier.text)
        if named and not re.search(r"\d元", earlier.text):
            words = tidy(named["who"])
            return "" if _GENERIC.match(words) else words
    return ""


def _breath(head: str) -> str:
    """What stands right before the sum, back to a comma, a colon or another sum."""
    plain = _BRACKETS.sub(lambda match: "\0" * len(match[0]), head)
    worth = re.search(r"[,(、]?(?P<what>[一-鿿“”]{2,12}),(?:总)?价值(?:约)?$", plain)
    if worth:
        return worth["what"]
    if "(" in plain:
        plain = re.split(r"[(、]", plain[plain.rindex("(") :])[-1]
    return re.split(r"[,:。;\t ]|元(?:/[一-鿿]{1,3})?(?:[、和及]|$)", plain)[-1].strip()


def tidy_head(words: str) -> str:
    """Words without numbering and what leads in."""
    words = unnumbered(_BRACKETS.sub("", words).strip("\0 \t\n"))
    return _LEADING.sub("", words).strip("、和及 ")


def tidy(words: str) -> str:
    """Words without what leads in and what leads over to the figure."""
    words = tidy_head(words)
    words = re.sub(r"^.{1,12}?(?:工会|单位|部门|街道|社区|村|镇|局|站)对(?=..)", "", words)
    trimmed = re.sub(r"[ \0]+", "", _TRAILING.sub("", words).strip("、和及 “”"))
    return trimmed.strip("()")[-60:]


def kind_of(category: str) -> str | None:
    """The unit that a category by itself suggests."""
    if _FUND.search(category[-4:]):
        return "lump"
    if re.search(r"户$|家庭$", category):
        return "household"
    if _PEOPLE.search(category):
        return "person"
    if _PLACES.search(category):
        return "point" if re.search(r"驿站|点$", category) else "institution"
    return None
