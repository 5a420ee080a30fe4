"""A copy of Chinese text made for matching: one form of digits, brackets, spaces and characters.

The copy is only read by the parser; what is shown and stored is the text as issued.
"""

import re
import unicodedata

# Traditional characters that occur in warnings and in names of divisions; for matching only.
_TRADITIONAL = (
    "發佈氣臺預號藍黃紅颱風濕凍雲霧電結災續級變為將銷終時點區縣鄉鎮東貴劍錦從鞏遠龍陽慶廣灣門烏"
    "魯蘇遼寧陝肅瀋濟鄭漢長萬義興關嶺織納習務銅縷處體溫熱強對陣維繼現間後與國際測試驗練聯會總誤"
    "請線積響應環衛學緊轉調錄樓鋪羅龐壩島飛橋涼並較嚴達開華內圍場條組來當啟動無陸過徵經種貳參隱"
    "蔭銀鐘檔網鎧紐靈鳳鳥豐滿濱瀘潤澤瀾灘灤蘭蒼葉薊萊蓮薩蘆蘄蕪莊嶧峽崗岡嶗崑單喬囉堅墾壽奮寶導"
    "層屬幫廈廟張彌彎徑態戶掃揚撫攏數斷櫟檳欒歷歸殺沖況淺淵渦湞湧滎滬滄濰瀏爐獨獻獲瑪璦畢異療盜"
    "盧眾礦禮稅稱穀穩窪竄競筆節築簡粵紹絳綏綠綿縉羈聖聽膠臨舊艦蕭虧蟬術補裡裝褲觀訊許訥評詔詢該"
    "認誠說諸謝豬負貢貨費賀資賓賴贛趙跡踐輝輯農運邊還邏郵鄒鄖釣鈴鉛鉅銳鋼錫鎖鎢鐵鑲閃閆閏閔閬闊"
    "陰陳階隨險隴雙雖雜離難雞靜項順須頓頭額願顧類顯飯飲館馬駐騰驚鬧魚鯉鴨鶴鹽麗麥齊齋齡"
)
_SIMPLIFIED = (
    "发布气台预号蓝黄红台风湿冻云雾电结灾续级变为将销终时点区县乡镇东贵剑锦从巩远龙阳庆广湾门乌"
    "鲁苏辽宁陕肃沈济郑汉长万义兴关岭织纳习务铜缕处体温热强对阵维继现间后与国际测试验练联会总误"
    "请线积响应环卫学紧转调录楼铺罗庞坝岛飞桥凉并较严达开华内围场条组来当启动无陆过征经种贰参隐"
    "荫银钟档网铠纽灵凤鸟丰满滨泸润泽澜滩滦兰苍叶蓟莱莲萨芦蕲芜庄峄峡岗冈崂昆单乔啰坚垦寿奋宝导"
    "层属帮厦庙张弥弯径态户扫扬抚拢数断栎槟栾历归杀冲况浅渊涡浈涌荥沪沧潍浏炉独献获玛瑷毕异疗盗"
    "卢众矿礼税称谷稳洼窜竞笔节筑简粤绍绛绥绿绵缙羁圣听胶临旧舰萧亏蝉术补里装裤观讯许讷评诏询该"
    "认诚说诸谢猪负贡货费贺资宾赖赣赵迹践辉辑农运边还逻邮邹郧钓铃铅巨锐钢锡锁钨铁镶闪闫闰闵阆阔"
    "阴陈阶随险陇双虽杂离难鸡静项顺须顿头额愿顾类显饭饮馆马驻腾惊闹鱼鲤鸭鹤盐丽麦齐斋龄"
)
LONGEST = 4_000
"""Characters of a text that are read; the longest real one seen has 1,400. All of it is kept."""

_SIMPLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED) | {ord("○"): "〇"}
_BRACKETS = str.maketrans("【〔「『《〖", "[[[[[[") | str.maketrans("】〕」』》〗", "]]]]]]")
_BRACKETED_WORD = re.compile(
    r"\[([白蓝黄橙红]色?|[\u4e00-\u9fff]{2,6})\](?=\[[白蓝黄橙红]|[白蓝黄橙红]色|预警|警报|信号)"
)
_TAG = re.compile(r"<[A-Za-z/!][^<>]{0,300}>")
_TITLE_END = re.compile(r"((?:预警|信号|警报)\]?|\])\s*\n|\n\s*\n")
_SPACE = re.compile(r"(?<![0-9A-Za-z:.])\s+|\s+(?![0-9A-Za-z])")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(
    r"[〇零一二三四五六七八九十百千两廿]+"
    r"(?=年|月|日|号|时(?!间|段|期|候|常|而)|点(?!击|滴)|分|秒|小时|个小时|天|级|米|毫米|度|°)"
)


def matching_copy(text: str) -> str:
    """`text` for matching: NFKC, simplified characters, Arabic figures before units of time and
    measure, square brackets, no tags, emoji, invisible characters, nor spaces between Chinese."""
    plain = _TAG.sub("", text[:LONGEST])
    plain = unicodedata.normalize("NFKC", plain).translate(_SIMPLE).translate(_BRACKETS)
    plain = "".join(char for char in plain if _is_readable(char))
    plain = _TITLE_END.sub(lambda found: (found[1] or "") + "。", plain.strip())
    plain = _BRACKETED_WORD.sub(r"\1", _SPACE.sub("", plain))
    return _NUMERAL.sub(_arabic, plain)


def _is_readable(char: str) -> bool:
    if char in "\n\r\t °":
        return True
    category = unicodedata.category(char)
    return category not in ("So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me")


def _arabic(found: re.Match[str]) -> str:
    value = numeral(found.group())
    return found.group() if value is None else str(value)


def numeral(word: str) -> int | None:
    """The number of Chinese figures up to 9999: 二〇二六 → 2026, 二十四 → 24, 两 → 2, 廿一 → 21."""
    if all(char in _DIGITS for char in word):
        return int("".join(str(_DIGITS[char]) for char in word))
    total, current = 0, 0
    for char in word.replace("廿", "二十"):
        if char in _UNITS:
            total, current = total + (current or 1) * _UNITS[char], 0
        elif char in _DIGITS:
            current = _DIGITS[char]
        else:
            return None
    return total + current
