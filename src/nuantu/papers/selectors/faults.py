"""What is wrong with a template, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.papers.rules.checking import Checked, Fault, Finding
from nuantu.papers.rules.kinds import PaperKind
from nuantu.papers.selectors.kinds import word

_WORDS = {
    Fault.TOO_LARGE: gettext_lazy("文件太大，最多 %(said)s。请删去图片后再传。"),
    Fault.NOT_WORD: gettext_lazy("打不开，请在 Word 或 WPS 里另存为 .docx 后再传。"),
    Fault.MACRO: gettext_lazy("文件里有宏或嵌入的程序（%(said)s），请去掉后另存为 .docx。"),
    Fault.OUTSIDE: gettext_lazy("文件会从外面取内容（%(said)s），请改成直接写在文件里。"),
    Fault.UNKNOWN: gettext_lazy("这种文书没有字段“%(said)s”，请对照字段表改正。"),
    Fault.BROKEN: gettext_lazy("这里的大括号不成对或写法不对：%(said)s。字段名写在两对大括号里。"),
    Fault.MIXED: gettext_lazy("同一行里用了两个清单（%(said)s），请分成两行。"),
    Fault.EMPTY: gettext_lazy("文件里一个字段也没有，请把字段名写在两对大括号里。"),
}


def sentence(finding: Finding) -> str:
    """One fault as a sentence that says what to mend."""
    return str(_WORDS[finding.fault]) % {"said": finding.said}


def words(checked: Checked) -> list[str]:
    """Every fault as a sentence."""
    return [sentence(finding) for finding in checked.faults]


def absent(checked: Checked, kind: PaperKind) -> str:
    """The fields that a template leaves out, by their words; nothing if none."""
    left_out = [word(one) for one in kind.fields if one.code in checked.absent]
    return _("、").join(left_out)
