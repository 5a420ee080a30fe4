"""What a plan asks for behind the street: warnings, roster, supplies, reports, clocks of words."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nuantu.planbook.schema.parts import (
    Code,
    DateText,
    Entry,
    Level,
    Minutes,
    Named,
    Names,
    Part,
    Period,
    Says,
    Spread,
    Statement,
    UnitRole,
    Words,
)

Colour = Literal["蓝", "黄", "橙", "红"]


class WarningLevel(Entry, title="预警对应级别"):
    """Which warnings raise the operating level, and to which. No types means every type."""

    types: Names = Field(default=(), description="哪些预警；空=全部")
    colours: tuple[Colour, ...] = Field(default=(), description="哪些颜色；空=全部")
    level: Level = Field(description="升到哪个级别")


class Preparation(Entry, title="预警后准备"):
    """A duty that a warning brings to each covered county."""

    code: Code = Field(description="代号")
    title: str = Field(min_length=1, max_length=60, description="做什么")
    title_en: str = Field(default="", max_length=80, description="英文")
    who: UnitRole = Field(default="relief_station", description="谁来做")
    within_minutes: Minutes | None = Field(default=None, description="多少分钟内做一次")
    every: Period | None = Field(default=None, description="预警期间每天、每周或每月做")
    from_level: Level = Field(default="raised", description="从哪个级别起")
    or_reason: bool = Field(default=False, description="做不到可以说明理由")

    @model_validator(mode="after")
    def has_a_deadline(self) -> Self:
        """A preparation is due once, or recurs while the warning holds."""
        if (self.within_minutes is None) == (self.every is None):
            raise ValueError("within_minutes(一次)与 every(重复)写且只写一个")
        return self


class WarningHours(Entry, title="预警保持时长"):
    """How long a warning without an end holds."""

    hours: int = Field(ge=1, le=240, description="小时数")


class Acknowledge(Entry, title="预警确认时限"):
    """How soon the leader on duty acknowledges a warning."""

    minutes: Minutes = Field(description="分钟数")


class Warnings(Part, title="天气预警"):
    """What weather warnings do."""

    levels: tuple[WarningLevel, ...] = Field(default=(), description="预警对应哪个级别")
    on_warning: tuple[Preparation, ...] = Field(default=(), description="预警后做什么")
    hold: WarningHours | None = Field(default=None, description="没有截止时间的预警保持多久")
    acknowledge: Acknowledge | None = Field(default=None, description="带班领导多久内确认")
    says: tuple[Statement, ...] = Field(default=(), description="其他规定，如 启动理由")


class WatchPost(Named, title="值守岗位"):
    """A post of the watch roster that must be manned."""

    hours: int = Field(default=24, ge=1, le=24, description="每天值守小时数")
    count: int = Field(default=1, ge=1, le=50, description="几人")
    is_leader: bool = Field(default=False, description="是否带班领导")


class SupplyItem(Named, title="储备物资"):
    """Something that must be in stock."""

    at_least: int | None = Field(default=None, ge=0, description="至少储备多少")
    unit: str = Field(default="", max_length=10, description="单位，如 床、件")
    use: Names = Field(default=(), description="用在哪里，如 站内、街头、救助点")


class Reserve(Entry, title="储备办法"):
    """Where stock comes from and whom it must serve."""

    says: Says = Field(description="怎样储备")
    sources: Names = Field(default=(), description="来源，如 救灾物资储备")


class Report(Entry, title="上报材料"):
    """A report that goes up."""

    code: Code = Field(description="代号，如 report.summary")
    title: str = Field(min_length=1, max_length=60, description="材料名称")
    title_en: str = Field(default="", max_length=80, description="英文名称")
    stage: Literal["plan", "setup", "progress", "summary", "case"] = Field(
        description="方案、机制建立、进展、总结、随时报的个案"
    )
    sender: UnitRole = Field(description="谁报")
    sender_level: Spread = Field(default="each_county", description="本级报，还是每县、每乡镇各报")
    addressee: UnitRole = Field(description="报给谁")
    addressee_says: str = Field(default="", max_length=60, description="原文里的收件单位")
    due: DateText | None = Field(default=None, description="截止日（含当日）")
    monthly_on: int | None = Field(default=None, ge=1, le=31, description="每月几号报（行动期内）")
    words: Words = Field(default="", description="无数字的用语，如 及时")
    content: Names = Field(default=(), description="写些什么")
    copies: int = Field(default=1, ge=1, le=99, description="几份")

    @model_validator(mode="after")
    def has_a_deadline(self) -> Self:
        """A report has a date, a day of each month, or the word the text uses."""
        if self.due is None and self.monthly_on is None and not self.words:
            raise ValueError("写明截止日(due)、每月几号(monthly_on),或照录原文用语(words)")
        return self


class MajorEvents(Entry, title="重大情况"):
    """What goes up at once (X57)."""

    kinds: Names = Field(default=(), description="哪些情况；空=按系统默认清单")
    within_minutes: Minutes | None = Field(default=None, description="多少分钟内上报")
    words: Words = Field(default="", description="无数字的用语，如 及时")


class VagueWord(Entry, title="没有数字的时间用语"):
    """A word of time without a figure (X56). Without an own clock the default clock is shown."""

    word: str = Field(min_length=1, max_length=12, description="原文用语，如 及时")
    about: Literal["rescue", "paper", "inspection", "visit", "supply"] = Field(
        description="说的是救人、材料、检查、走访还是物资；各有默认时限"
    )
    minutes: Annotated[int, Field(ge=1, le=365 * 24 * 60)] | None = Field(
        default=None, description="本方案自己定的分钟数；空=用默认时限"
    )


class FixedTask(Entry, title="有日期的任务"):
    """A task with a date that is no report, for example setting up the joint meeting."""

    code: Code = Field(description="代号")
    title: str = Field(min_length=1, max_length=60, description="做什么")
    title_en: str = Field(default="", max_length=80, description="英文")
    who: UnitRole = Field(description="谁来做")
    who_level: Spread = Field(default="each_county", description="本级做，还是每县、每乡镇各做")
    due: DateText = Field(description="截止日（含当日）")


class EmergencyPlan(Named, title="应急预案"):
    """A plan for sudden events that the text asks for."""

    who: UnitRole = Field(default="civil_affairs", description="由谁制定")
    says: Says = Field(description="应对什么、怎样做")
    classes: Names = Field(default=(), description="针对谁")


class ReliefPoints(Part, title="临时救助点"):
    """Temporary relief points, shelters and guide points."""

    levels: Names = Field(default=(), description="哪几级设点")
    goods: Names = Field(default=(), description="点上备什么")
    publishes: Names = Field(default=(), description="公布什么，如 联系人、电话")
    says: tuple[Statement, ...] = Field(default=(), description="规定")


class Hotline(Entry, title="求助电话"):
    """A phone number that is made public; the number itself is an instance parameter."""

    name: str = Field(min_length=1, max_length=40, description="叫什么")
    number: str = Field(default="", max_length=40, description="号码；样例里的号码不照抄（X49）")
    count: int = Field(default=1, ge=1, le=9, description="公布几个号码")
