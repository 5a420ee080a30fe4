"""Messages of the tests, written here: no text of another's is copied."""

from datetime import datetime

from nuantu.warnings.rules.message import Message
from nuantu.warnings.rules.moments import CHINA
from nuantu.warnings.rules.parsing import parse

RECEIVED = datetime(2026, 11, 21, 20, 0, tzinfo=CHINA)

CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>52260041600000_20261121173000</identifier>
  <sender>黔东南苗族侗族自治州气象台</sender>
  <sent>2026-11-21T17:30:00+08:00</sent>
  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
  <info>
    <language>en-US</language><category>Met</category><event>cold wave</event>
    <urgency>Expected</urgency><severity>Minor</severity><certainty>Likely</certainty>
    <headline>Qiandongnan issued a blue cold wave warning</headline>
    <area><areaDesc>Qiandongnan</areaDesc>
      <geocode><valueName>CPEAS Geographic Code</valueName><value>522600000000</value></geocode>
    </area>
  </info>
  <info>
    <language>zh-CN</language><category>Met</category><event>寒潮</event>
    <urgency>Expected</urgency><severity>Minor</severity><certainty>Likely</certainty>
    <effective>2026-11-21T17:30:00+08:00</effective>
    <expires>2026-11-23T17:30:00+08:00</expires>
    <senderName>黔东南州气象台</senderName>
    <headline>黔东南州气象台发布寒潮蓝色预警[IV级/一般]</headline>
    <description>预计未来48小时全州最低气温将下降8℃以上。</description>
    <instruction>注意添衣保暖。</instruction>
    <area><areaDesc>黔东南州</areaDesc>
      <geocode><valueName>CPEAS Geographic Code</valueName><value>522601000000</value></geocode>
      <geocode><valueName>CPEAS Geographic Code</valueName><value>522622</value></geocode>
    </area>
  </info>
</alert>"""

NATIONAL = """<?xml version="1.0" encoding="UTF-8"?>
<alert>
  <identifier>52260041600000_20261121180512</identifier>
  <sender>黔东南州气象局</sender><senderCode>52260041600000</senderCode>
  <sendTime>2026-11-21 18:00:00+08:00</sendTime>
  <status>Actual</status><msgType>Update</msgType><scope>Public</scope>
  <code><method><methodName>SMS</methodName><message>短信正文</message></method></code>
  <references>52260041600000_20261120110000</references>
  <info>
    <language>zh-CN</language><eventType>11B21</eventType><severity>Orange</severity>
    <effective>2026-11-21 18:02:00+08:00</effective><onset/><expires/>
    <senderName>***</senderName>
    <headline>黔东南州气象局发布道路结冰橙色预警[II级/严重]</headline>
    <description>黔东南州气象台2026年11月21日18时00分将道路结冰黄色预警升级为橙色：预计未来6小时，\
凯里、麻江、丹寨、雷山等县市道路结冰。</description>
    <area><areaDesc>凯里市,麻江县,丹寨县,雷山县</areaDesc>
    <geocode>522601000000,522635000000,522636000000,522634000000</geocode></area>
  </info>
</alert>"""


def one(body: str | bytes, content_type: str = "", received_at: datetime = RECEIVED) -> Message:
    """The only message of a body."""
    data = body.encode() if isinstance(body, str) else body
    messages = parse(data, content_type, received_at)
    assert len(messages) == 1, messages
    return messages[0]


def at(text: str) -> datetime:
    """A moment in China: 2026-11-21 17:30."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)
