"""Missing-person reports, the search for who somebody is, who may be whom, and notices."""

from nuantu.tracing.models.choices import (
    CheckKind,
    CheckResult,
    ConsentWay,
    DangerMark,
    FoundBy,
    Mark,
    MatchState,
    Precision,
    Purpose,
    Source,
    State,
)
from nuantu.tracing.models.fragments import CandidatePlace, Fragment
from nuantu.tracing.models.imports import ImportRow, ReportImport
from nuantu.tracing.models.leads import TracingLead
from nuantu.tracing.models.matches import Comparison, Match, MatchCheck
from nuantu.tracing.models.notice_choices import (
    BodyState,
    ChannelForm,
    Intellect,
    MentalState,
    WithdrawalCause,
)
from nuantu.tracing.models.notices import NoticeVersion, TracingNotice
from nuantu.tracing.models.postings import NoticeChannel, Posting, PostingProof
from nuantu.tracing.models.reports import MissingReport, ReportWord
from nuantu.tracing.models.requests import IdentityRequest, RequestLine
from nuantu.tracing.models.searching import IdentitySearch, IdentityStep
from nuantu.tracing.models.words import (
    ANSWERS,
    AskedOf,
    FragmentKind,
    LineKind,
    RequestKind,
    SaidBy,
    StepAnswer,
    Way,
)

__all__ = [
    "ANSWERS",
    "AskedOf",
    "BodyState",
    "CandidatePlace",
    "ChannelForm",
    "CheckKind",
    "CheckResult",
    "Comparison",
    "ConsentWay",
    "DangerMark",
    "FoundBy",
    "Fragment",
    "FragmentKind",
    "IdentityRequest",
    "IdentitySearch",
    "IdentityStep",
    "ImportRow",
    "Intellect",
    "LineKind",
    "Mark",
    "Match",
    "MatchCheck",
    "MatchState",
    "MentalState",
    "MissingReport",
    "NoticeChannel",
    "NoticeVersion",
    "Posting",
    "PostingProof",
    "Precision",
    "Purpose",
    "ReportImport",
    "ReportWord",
    "RequestKind",
    "RequestLine",
    "SaidBy",
    "Source",
    "State",
    "StepAnswer",
    "TracingLead",
    "TracingNotice",
    "Way",
    "WithdrawalCause",
]
