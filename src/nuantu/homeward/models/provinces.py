"""The provinces by the first two digits of a division code (GB/T 2260)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Province(models.TextChoices):
    """A province, region, municipality or special region."""

    BEIJING = "11", _("北京")
    TIANJIN = "12", _("天津")
    HEBEI = "13", _("河北")
    SHANXI = "14", _("山西")
    INNER_MONGOLIA = "15", _("内蒙古")
    LIAONING = "21", _("辽宁")
    JILIN = "22", _("吉林")
    HEILONGJIANG = "23", _("黑龙江")
    SHANGHAI = "31", _("上海")
    JIANGSU = "32", _("江苏")
    ZHEJIANG = "33", _("浙江")
    ANHUI = "34", _("安徽")
    FUJIAN = "35", _("福建")
    JIANGXI = "36", _("江西")
    SHANDONG = "37", _("山东")
    HENAN = "41", _("河南")
    HUBEI = "42", _("湖北")
    HUNAN = "43", _("湖南")
    GUANGDONG = "44", _("广东")
    GUANGXI = "45", _("广西")
    HAINAN = "46", _("海南")
    CHONGQING = "50", _("重庆")
    SICHUAN = "51", _("四川")
    GUIZHOU = "52", _("贵州")
    YUNNAN = "53", _("云南")
    TIBET = "54", _("西藏")
    SHAANXI = "61", _("陕西")
    GANSU = "62", _("甘肃")
    QINGHAI = "63", _("青海")
    NINGXIA = "64", _("宁夏")
    XINJIANG = "65", _("新疆")
    TAIWAN = "71", _("台湾")
    HONG_KONG = "81", _("香港")
    MACAO = "82", _("澳门")
