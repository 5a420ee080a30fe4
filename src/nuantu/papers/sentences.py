"""What the journal lines of papers say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "papers.paper.issue": (_("出具文书：%(kind)s %(number)s"),),
    "papers.paper.reissue": (_("重新出具文书：%(kind)s %(number)s 第%(version)s版"),),
    "papers.paper.open": (_("查看文书：%(kind)s %(number)s"),),
    "papers.facts.reveal": (_("查看文书要填的内容：%(kind)s"),),
    "papers.paper.sign": (_("签署文书：%(kind)s %(number)s %(place)s"),),
    "papers.paper.void": (_("作废文书：%(kind)s %(number)s"),),
    "papers.paper.export": (_("导出文书登记簿"),),
    "papers.template.upload": (_("上传文书模板：%(kind)s 第%(version)s版"),),
    "papers.template.withdraw": (_("停用文书模板：%(kind)s 第%(version)s版"),),
}
