"""What the journal lines of homeward say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "homeward.wristband.add": (_("手环入库 %(number)s"),),
    "homeward.wristband.token": (_("手环 %(number)s 换新令牌"),),
    "homeward.wristband.stock": (_("手环 %(number)s：%(state)s"),),
    "homeward.gateway.add": (_("接入手环网关 %(name)s"),),
    "homeward.gateway.revoke": (_("停用手环网关 %(name)s"),),
    "homeward.wearer.begin": (_("开始手环佩戴服务"),),
    "homeward.wearer.agree": (_("登记同意：%(use)s，到 %(day)s"),),
    "homeward.wearer.withdraw": (_("撤回同意：%(use)s"),),
    "homeward.wearer.hand": (_("发放手环 %(number)s"),),
    "homeward.wearer.take_back": (_("手环 %(number)s：%(state)s"),),
    "homeward.wearer.thresholds": (_("修改手环提醒设置"),),
    "homeward.wearer.fence": (_("新增围栏"),),
    "homeward.wearer.unfence": (_("取消围栏"),),
    "homeward.wearer.end": (_("结束手环佩戴服务"),),
    "homeward.wearer.read": (_("查看手环当前位置"),),
    "homeward.wearer.track": (_("查看手环轨迹"),),
    "homeward.wearer.answer": (_("处理告警（%(kind)s）：%(outcome)s"),),
    "homeward.wearer.export": (_("导出手环佩戴名单 %(n)s 条"),),
    "homeward.track.destroy": (_("销毁 %(month)s 轨迹密钥：%(why)s"),),
    "homeward.track.drop": (_("删除 %(month)s 轨迹分区"),),
}
