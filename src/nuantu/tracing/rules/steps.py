"""The steps that find out who somebody is, in the order of the plan, and what each waits for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

DOCUMENTS, TALK, RECORDS, POLICE = "documents", "talk", "records", "police"
NOTICE, DNA, ACCENT, LONG_CONTACT = "notice", "dna", "accent", "long_contact"
# The order of the guidance: at once (ID-02), notice (ID-05), DNA (ID-08), then for as long as it takes (ID-09).
ORDER: Final = (DOCUMENTS, TALK, RECORDS, POLICE, NOTICE, DNA, ACCENT, LONG_CONTACT)
WORDS: Final = {
    DOCUMENTS: ("看证件和随身物品", "Look at papers and belongings"),
    TALK: ("询问谈话", "Talk with him"),
    RECORDS: (
        "查救助、接待记录和寻人登记",
        "Look through relief records and missing-person reports",
    ),
    POLICE: (
        "请公安核查：身份、人像、指纹",
        "Ask police for a check: identity, portrait, fingerprints",
    ),
    NOTICE: ("发布寻亲公告", "Publish a tracing notice"),
    DNA: ("申请公安采集DNA比对", "Ask police for a DNA sample and comparison"),
    ACCENT: ("分析口音、地名、人名", "Analyse accent, place names and names"),
    LONG_CONTACT: ("长期接触，再次询问", "Keep in touch and ask again"),
}
# Their clocks belong to the stay, which opens them at the entry: shown here, never opened twice.
OF_THE_STAY: Final[dict[str, tuple[str, ...]]] = {
    NOTICE: ("stay.notice", "stay.refresh"),
    DNA: ("stay.dna",),
}
# What plans call the same step.
_IN_PLANS: Final = {
    "biometrics": POLICE,
    "tracing_notice": NOTICE,
    "dna_request": DNA,
    "interview": TALK,
}
_TERMS: Final = (
    ("within_hours", "hour"),
    ("within_working_days", "working_day"),
    ("within_days", "day"),
)


class Said(Protocol):
    """One line of the rule book."""

    @property
    def key(self) -> str: ...
    @property
    def value(self) -> Any: ...
    @property
    def unit(self) -> str: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with its term: `amount` of `unit` from the beginning. `plan` is the clause of a plan
    that asks for it too."""

    code: str
    amount: float
    unit: str
    source: str
    zh: str
    en: str
    plan: str = ""

    @property
    def is_of_the_stay(self) -> bool:
        """Whether the stay keeps its clock."""
        return self.code in OF_THE_STAY

    @property
    def comes_again(self) -> bool:
        """Whether it is owed anew once it was done, for as long as nobody knows who he is."""
        return self.code == LONG_CONTACT


def planned(
    national: Iterable[Said], plans: Iterable[Said], unknown: tuple[float, str]
) -> tuple[PlannedStep, ...]:
    """The steps in their order: those of the law, each with the plan's clause and term where a plan
    has one, then what only a plan asks for. `unknown` is the term of a step without one."""
    said: dict[str, Said] = {}
    for line in plans:
        said.setdefault(_IN_PLANS.get(line.key, line.key), line)
    base = {line.key: line for line in reversed(list(national)) if line.key in ORDER}
    found = []
    for code in ORDER:
        if code not in base:
            continue
        line, plan = base[code], said.pop(code, None)
        amount, unit = _term_of(plan) or (float(line.value), line.unit)
        found.append(
            PlannedStep(
                code, amount, unit, line.source, *WORDS[code], plan=plan.source if plan else ""
            )
        )
    return (*found, *(_of_plan(code, line, unknown) for code, line in said.items()))


def _of_plan(code: str, line: Said, unknown: tuple[float, str]) -> PlannedStep:
    amount, unit = _term_of(line) or unknown
    value: Mapping[str, Any] = line.value if isinstance(line.value, Mapping) else {}
    label = str(value.get("label", "")) or code
    english = str(value.get("label_en", "")) or label
    return PlannedStep(code, amount, unit, line.source, label, english, plan=line.source)


def _term_of(line: Said | None) -> tuple[float, str] | None:
    value = line.value if line is not None else None
    if not isinstance(value, Mapping):
        return None
    return next(((float(value[name]), unit) for name, unit in _TERMS if value.get(name)), None)
