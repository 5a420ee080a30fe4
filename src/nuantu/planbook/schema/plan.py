"""A whole plan file."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from nuantu.planbook.schema.donation import Drive
from nuantu.planbook.schema.events import CaseStep, Event, Figure, Partner, Publicity
from nuantu.planbook.schema.fieldwork import (
    FirstAid,
    InformantType,
    KeyLocationType,
    Offers,
    Patrol,
    ReliefNetwork,
    Response,
    Target,
)
from nuantu.planbook.schema.identity import (
    Basis,
    Instance,
    Issuer,
    LevelName,
    OperationType,
    Organisation,
    Pack,
    Phase,
    Recorded,
    Window,
)
from nuantu.planbook.schema.money import Amount, BudgetLine, Eligibility, Payment, Stacking
from nuantu.planbook.schema.oversight import Oversight
from nuantu.planbook.schema.parts import Part
from nuantu.planbook.schema.people import (
    Assistance,
    Casework,
    Medical,
    Notice,
    Prevention,
    Refusal,
    RescueMode,
)
from nuantu.planbook.schema.readiness import (
    EmergencyPlan,
    FixedTask,
    Hotline,
    MajorEvents,
    ReliefPoints,
    Report,
    Reserve,
    SupplyItem,
    VagueWord,
    Warnings,
    WatchPost,
)
from nuantu.planbook.schema.selection import Selection
from nuantu.planbook.schema.station import Foster, FosterInspection, Station
from nuantu.planbook.schema.tracing import Tracing
from nuantu.planbook.schema.visits import Visits

SCHEMA_ID: Final = "nuantu.plan/1"
PlanCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]


class Plan(Part, title="方案"):
    """A relief plan (方案) as data: each value keeps the clause it came from."""

    schema_: Literal["nuantu.plan/1"] = Field(
        alias="schema", default="nuantu.plan/1", description="文件格式的版本"
    )
    copy_of: PlanCode | None = Field(
        default=None, description="由哪个模板方案合并而来（程序写入；副本文件里写 template）"
    )
    code: PlanCode = Field(description="方案代号，如 P1")
    title: str = Field(min_length=2, max_length=120, description="方案名称")
    title_en: str = Field(default="", max_length=160, description="英文名称")
    operation_type: OperationType = Field(description="行动类型")
    status: Literal["draft", "issued"] = Field(default="issued", description="草稿或已印发")
    issuer: Issuer = Field(description="印发单位")
    doc_number: str = Field(default="", max_length=60, description="文号")
    parent: str | None = Field(default=None, description="上级方案的 code")
    instance: Instance = Field(description="实例参数：年份、地区、单位名")
    legal_basis: tuple[Basis, ...] = Field(default=(), description="法律依据")

    window: Window = Field(description="行动起止")
    phases: tuple[Phase, ...] = Field(default=(), description="阶段")
    levels: tuple[LevelName, ...] = Field(default=(), description="自定的工作级别")
    organisation: Organisation = Field(default=Organisation(), description="组织领导")
    targets: tuple[Target, ...] = Field(default=(), description="工作对象")
    oversight: Oversight = Field(default=Oversight(), description="目标、督查、问责")

    warnings: Warnings = Field(default=Warnings(), description="天气预警")
    patrol: Patrol = Field(default=Patrol(), description="街面巡查")
    response: Response = Field(default=Response(), description="响应与到场")
    first_aid: FirstAid | None = Field(default=None, description="发现后先给什么")
    notify: tuple[Notice, ...] = Field(default=(), description="发现后通知谁")
    rescue_modes: tuple[RescueMode, ...] = Field(default=(), description="各类人员的救助方式")
    refusal: Refusal = Field(default=Refusal(), description="拒绝救助怎么办")
    offers: Offers | None = Field(default=None, description="先提供什么")
    medical: Medical = Field(default=Medical(), description="医疗救治")
    casework: tuple[Casework, ...] = Field(default=(), description="个案服务")
    key_locations: tuple[KeyLocationType, ...] = Field(default=(), description="重点区域类型")
    informants: tuple[InformantType, ...] = Field(default=(), description="线索提供人")
    network: tuple[ReliefNetwork, ...] = Field(default=(), description="救助网络")

    roster: tuple[WatchPost, ...] = Field(default=(), description="值守岗位")
    hotlines: tuple[Hotline, ...] = Field(default=(), description="公布的求助电话")
    relief_points: ReliefPoints = Field(default=ReliefPoints(), description="临时救助点")
    emergency_plans: tuple[EmergencyPlan, ...] = Field(default=(), description="应急预案")
    supplies: tuple[SupplyItem, ...] = Field(default=(), description="储备物资")
    reserve: tuple[Reserve, ...] = Field(default=(), description="储备办法")
    station: Station = Field(default=Station(), description="救助站")
    foster_inspection: FosterInspection | None = Field(default=None, description="托养机构检查周期")
    foster: Foster = Field(default=Foster(), description="托养")
    tracing: Tracing = Field(default=Tracing(), description="身份查询与寻亲")
    prevention: tuple[Prevention, ...] = Field(default=(), description="源头预防")
    assistance: tuple[Assistance, ...] = Field(default=(), description="社会救助衔接")

    eligibility: tuple[Eligibility, ...] = Field(default=(), description="资格测试")
    selection: Selection = Field(default=Selection(), description="摸底、确认与公示")
    amounts: tuple[Amount, ...] = Field(default=(), description="补助标准")
    stacking: tuple[Stacking, ...] = Field(default=(), description="叠加规则")
    payment: Payment = Field(default=Payment(), description="发放办法")
    budget: tuple[BudgetLine, ...] = Field(default=(), description="预算")
    visits: Visits = Field(default=Visits(), description="走访慰问")
    drive: Drive | None = Field(default=None, description="募捐活动")
    events: tuple[Event, ...] = Field(default=(), description="座谈、评选、义诊等活动")
    publicity: Publicity = Field(default=Publicity(), description="宣传引导")
    partners: tuple[Partner, ...] = Field(default=(), description="社会参与")
    figures: tuple[Figure, ...] = Field(default=(), description="原文报告的数字")
    case_story: tuple[CaseStep, ...] = Field(default=(), description="原文讲的个案经过")

    tasks: tuple[FixedTask, ...] = Field(default=(), description="有日期的任务")
    reports: tuple[Report, ...] = Field(default=(), description="上报材料")
    major_events: MajorEvents | None = Field(default=None, description="重大情况上报")
    vague_words: tuple[VagueWord, ...] = Field(default=(), description="没有数字的时间用语")
    packs: tuple[Pack, ...] = Field(default=(), description="按日期启停的条文")
    recorded: tuple[Recorded, ...] = Field(default=(), description="只作记录的条文")
