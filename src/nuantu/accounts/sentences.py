"""What the journal lines of accounts say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "accounts.user.make": (_("开通账号 %(name)s"),),
    "accounts.user.open": (_("启用账号 %(name)s"),),
    "accounts.user.close": (_("停用账号 %(name)s"),),
    "accounts.user.lock": (_("试错太多次，账号临时锁定"),),
    "accounts.password.change": (_("修改密码"),),
    "accounts.second_factor.confirm": (_("开启验证器"),),
    "accounts.token.issue": (_("发放接口令牌 %(name)s"),),
    "accounts.token.renew": (_("续期接口令牌 %(name)s"),),
    "accounts.token.revoke": (_("收回接口令牌 %(name)s"),),
    "accounts.channel.add": (_("新增通知渠道 %(name)s"),),
    "accounts.channel.end": (_("停用通知渠道 %(name)s"),),
    "accounts.grant.give": (_("授权 %(org)s 查看本案（%(purpose)s）"),),
    "accounts.grant.end": (_("收回 %(org)s 对本案的授权（%(purpose)s）"),),
    "accounts.organisation.add": (_("登记单位 %(name)s"),),
    "accounts.organisation.change": (_("修改单位 %(name)s"),),
    "accounts.organisation.close": (_("停用单位 %(name)s"),),
    "accounts.organisation.open": (_("启用单位 %(name)s"),),
    "accounts.division.import": (
        _("导入区划代码表（%(edition)s）：新增 %(added)s，变更 %(changed)s，撤销 %(gone)s"),
    ),
}
