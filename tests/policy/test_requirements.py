"""A rule counts as enforced only where code holds it and a test proves it."""

from pathlib import Path

import pytest

from nuantu.config.requirements.catalogue import (
    UnknownRule,
    canonical,
    capabilities,
    copies,
    is_built,
    packages,
    plans,
    requirements,
)
from nuantu.config.requirements.evidence import (
    RULE_ID,
    Status,
    declared_places,
    findings,
    marked_tests,
    place_exists,
    reasons,
    rule_values,
)
from nuantu.config.requirements.values import PlanValue
from tests.policy import tree
from tests.policy.words import HAN

pytestmark = pytest.mark.slow


def _unknown(ids: set[str]) -> list[str]:
    found = []
    for rule_id in sorted(ids):
        try:
            canonical(rule_id)
        except UnknownRule:
            found.append(rule_id)
    return found


def test_the_catalogue_holds_every_rule_once() -> None:
    found = requirements()
    assert len(found) == 474
    per_plan = {
        plan: sum(r.plan == plan for r in found.values()) for plan in ("P1", "P9", "P13", "S1")
    }
    assert per_plan == {"P1": 97, "P9": 36, "P13": 34, "S1": 46}
    assert len(capabilities()) == 40
    for rule_id, requirement in found.items():
        assert RULE_ID.fullmatch(rule_id)
        assert set(requirement.capabilities) <= set(capabilities())
        assert requirement.capabilities
        assert HAN.search(requirement.zh)
        assert 2 <= len(requirement.zh) <= 60
        assert 4 <= len(requirement.en) <= 60


def test_a_rule_that_no_software_holds_says_why_and_claims_no_proof() -> None:
    told = [finding for finding in findings() if finding.reason]
    assert {finding.requirement.id for finding in told} == set(reasons())
    for finding in told:
        assert finding.reason is not None
        assert finding.status is Status.RECORDED
        assert not finding.tests
        assert HAN.search(finding.reason.zh)
        assert not HAN.search(finding.reason.en)


def test_a_copy_counts_as_its_original() -> None:
    assert canonical("P5-12") == "P2-12"
    assert canonical("P15-31") == "P3-31"
    assert canonical("P15-32") == "P15-32"
    assert canonical("P16-28") == "P14-28"
    assert canonical("P2/P5-12") == "P2-12"
    assert requirements()["P2-12"].whole_id == "P2/P5-12"
    assert requirements()["P15-32"].whole_id == "P15-32"
    for wrong in ("P2/P9-12", "P5/P2-12", "P2/P5-99", "P2/-12"):
        with pytest.raises(UnknownRule):
            canonical(wrong)


def test_every_rule_has_its_plan_and_a_package_that_owns_it() -> None:
    """ "Later" has a name: a package of the design, by the rule's capabilities."""
    assert set(copies()) - set(plans()) == {"P5", "P11", "P16"}
    for capability in capabilities().values():
        assert capability.packages
        assert set(capability.packages) <= set(packages())
    for requirement in requirements().values():
        assert requirement.plan in plans()
        assert requirement.owner in requirement.packages
    assert {name for name in tree.packages() if name not in tree.PLUMBING} <= {
        *packages(),
        "accounts",
        "papers",
        "places",
        "letters",
        "fieldwork",
    }


def test_a_rule_waits_for_a_package_that_is_not_there_yet() -> None:
    found = requirements()
    assert found["P1-50"].packages[0] == "encounters"
    assert found["P13-02"].owner == "visits"
    assert not is_built("no_such_package")
    for requirement in found.values():
        if not all(is_built(name) for name in requirement.packages):
            assert not is_built(requirement.owner)


def test_every_mark_names_a_rule() -> None:
    marks = marked_tests()
    assert not _unknown(set(marks)), _unknown(set(marks))


def test_every_declared_place_is_there() -> None:
    declared = declared_places()
    assert not _unknown(set(declared)), _unknown(set(declared))
    gone = [
        f"{rule_id}: {place}"
        for rule_id, places in declared.items()
        for place in places
        if not place_exists(place)
    ]
    empty = [rule_id for rule_id, places in declared.items() if not places]
    assert not gone + empty, "\n".join(gone + empty)


def test_every_declared_place_is_proved_and_every_proof_has_its_place() -> None:
    marks = {canonical(rule_id) for rule_id in marked_tests()}
    declared = {canonical(rule_id) for rule_id in declared_places()}
    assert not declared - marks, (
        f"declared in enforced.yaml, proved by no test: {sorted(declared - marks)}"
    )
    assert not marks - declared, (
        f"marked in a test, not in enforced.yaml: {sorted(marks - declared)}"
    )


def test_what_is_enforced_is_enforced_by_code_that_acts() -> None:
    """Looking a figure up is not keeping it: some package that changes or refuses must hold it."""
    idle = [
        rule_id
        for rule_id, places in declared_places().items()
        if all(place.split(".")[1] in tree.PURE for place in places)
    ]
    assert not idle, idle


def test_places_are_searched_for_real() -> None:
    """The look-up can say no, so that its yes means something."""
    assert place_exists("nuantu.config.requirements.catalogue:Requirement.plan")
    assert not place_exists("nuantu.config.requirements.catalogue:Requirement.absent")
    assert not place_exists("nuantu.nowhere:thing")


def test_plan_files_name_only_rules_that_exist() -> None:
    assert rule_values()
    assert not _unknown(set(rule_values()))


def test_no_code_names_a_rule_that_does_not_exist() -> None:
    """Docstrings and provenance cite rules; a wrong citation is worse than none."""
    cited: dict[str, str] = {}
    for module in tree.modules():
        for rule_id in RULE_ID.findall(module.text):
            cited[rule_id] = module.name
    wrong = {rule_id: cited[rule_id] for rule_id in _unknown(set(cited))}
    assert cited
    assert not wrong, wrong


def test_what_comes_later_waits_for_a_package_and_nothing_else_does() -> None:
    for finding in findings():
        owner = finding.requirement.owner if finding.status is Status.LATER else ""
        assert finding.waits_for == owner


def test_a_rule_that_a_plan_keeps_as_a_sentence_comes_later() -> None:
    for finding in findings():
        has_value = any(not value.is_text_only for value in finding.values)
        if finding.status is not Status.ENFORCED:
            assert (finding.status is Status.RECORDED) is has_value, finding.requirement.id


def test_a_sentence_of_a_plan_is_told_from_a_value(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(
        "patrol:\n  says: [{says: 巡查, clause: [P9-03, 三（一）]}]\n"
        "  cadence:\n    - {times: 3, clause: P9-03}\n",
        encoding="utf-8",
    )
    assert rule_values(tmp_path) == {
        "P9-03": (
            PlanValue("p.yaml", "patrol.says[1]", 2, is_text_only=True),
            PlanValue("p.yaml", "patrol.cadence[1]", 4),
        )
    }


def test_the_three_states_add_up() -> None:
    found = findings()
    assert len(found) == 474
    assert {finding.status for finding in found} <= set(Status)
    enforced = {f.requirement.id for f in found if f.status is Status.ENFORCED}
    assert enforced == {canonical(rule_id) for rule_id in declared_places()}
