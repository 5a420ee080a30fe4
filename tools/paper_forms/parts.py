"""Rows that several forms share."""

from tools.paper_forms.sheet import RIGHT, Sheet


def person(sheet: Sheet) -> Sheet:
    """Who it is about."""
    return sheet.row("姓名", "{{姓名}}", "性别", "{{性别:勾选}}").row(
        "年龄", "{{年龄}}", "证件号码", "{{证件号码}}"
    )


def looks(sheet: Sheet) -> Sheet:
    """What he looks like."""
    return (
        sheet.row("衣着特征", "{{衣着特征}}")
        .row("体貌特征", "{{体貌特征}}")
        .row("身体状况", "{{身体状况}}", "精神状态", "{{精神状态}}")
    )


def belongings(sheet: Sheet) -> Sheet:
    """What he has with him."""
    return sheet.head("随身物品").rows_of(
        "随身物品", "物品名称", "物品数量", "物品特征", "物品处置"
    )


def receiver(sheet: Sheet) -> Sheet:
    """Who takes over."""
    return sheet.row("接收单位", "{{接收单位}}", "接收人", "{{接收人}}").row(
        "接收人电话", "{{接收人电话}}", "移交时间", "{{移交时间}}"
    )


def handled(sheet: Sheet) -> Sheet:
    """Who issued it, when, in which version."""
    return sheet.line("经办人：{{经办人}}　　{{出具日期}}　　{{版本}}", align=RIGHT, size=10)
