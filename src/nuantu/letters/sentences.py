"""What the journal lines of letters say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

_SAID = (_("函 %(number)s：%(what)s"),)
SENTENCES = {
    "letters.letter.open": (_("查看函的内容"),),
    "letters.letter.send": _SAID,
    "letters.letter.line": _SAID,
    "letters.letter.file": _SAID,
    "letters.key.make": (_("生成本单位的签名钥匙"),),
    "letters.key.confirm": (_("电话核对%(name)s的签名指纹"),),
    "letters.letter.export": (_("导出函 %(n)s 件"),),
}
