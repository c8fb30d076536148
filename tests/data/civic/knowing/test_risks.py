"""Who must sign what: owners, and two people for emergencies, money and eligibility."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.civic.ids import GuideId, IntentId, StaffId
from data.civic.knowing.draft_parts import Signature
from data.civic.knowing.drafts import Lane
from data.civic.knowing.guides import ElementName, Guide
from data.civic.knowing.releases import Release
from data.civic.knowing.risks import COUNTY, Reason, Risk, missing, needed, owns, risk_of
from data.content.files import manifest_of, shipped
from data.content.reader import read

PASSPORT = GuideId("passport")


@pytest.fixture(scope="module")
def release() -> Release:
    files = shipped()
    return read(files, manifest=manifest_of(files))


def with_guide(release: Release, guide: Guide) -> Release:
    return replace(release, guides={**release.guides, guide.id: guide})


def with_element(release: Release, name: ElementName, text: str) -> Release:
    guide = release.guides[PASSPORT]
    element = replace(guide.elements[name], text=text, plain=text)
    return with_guide(release, replace(guide, elements={**guide.elements, name: element}))


def signed(by: str, department: str = "", *, commanding: bool = False) -> Signature:
    return Signature(
        by=StaffId(by),
        name=by,
        department=department,
        content="c",
        at=datetime(2026, 11, 22, tzinfo=UTC),
        commanding=commanding,
    )


def test_an_ordinary_change_belongs_to_its_department(release: Release) -> None:
    after = with_element(release, ElementName.TIME, "周一到周五上午九点开门。")
    assert risk_of(release, after, []) == Risk(departments=frozenset({"公安"}))


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        (ElementName.FEE, Reason.MONEY),
        (ElementName.CONDITIONS, Reason.ELIGIBILITY),
        (ElementName.MATERIALS, Reason.ELIGIBILITY),
    ],
)
def test_fee_conditions_and_materials_are_grave(
    release: Release, element: ElementName, reason: Reason
) -> None:
    after = with_element(release, element, "不一样了。")
    assert reason in risk_of(release, after, []).reasons


def test_an_amount_is_money_wherever_it_is_named(release: Release) -> None:
    after = with_element(release, ElementName.PROCESS, "交工本费300元。")
    assert Reason.MONEY in risk_of(release, after, []).reasons


def test_a_grant_is_money_whatever_changes(release: Release) -> None:
    guide = next(one for one in release.guides.values() if one.item_type == "行政给付")
    after = with_guide(release, replace(guide, everyday=(*guide.everyday, "补助")))
    assert Reason.MONEY in risk_of(release, after, []).reasons


def test_an_emergency_intent_is_grave_even_by_an_example(release: Release) -> None:
    intent = release.intents[IntentId("need_help")]
    more = replace(intent, examples=(*intent.examples, "快来人"))
    after = replace(release, intents={**release.intents, intent.id: more})
    assert risk_of(release, after, []).reasons == {Reason.EMERGENCY}


def test_danger_rules_and_words_are_grave(release: Release) -> None:
    danger = replace(release.rules.danger, look_alikes=())
    rules = replace(release, rules=replace(release.rules, danger=danger))
    said = replace(release.words["danger_call"], full="请拨打110。")
    words = replace(release, words={**release.words, "danger_call": said})
    for after in (rules, words):
        assert risk_of(release, after, []).reasons == {Reason.EMERGENCY}


def test_a_removed_guide_and_a_moved_one_belong_to_every_owner(release: Release) -> None:
    guide = release.guides[PASSPORT]
    moved = with_guide(release, replace(guide, department="民政"))
    assert risk_of(release, moved, []).departments == {"公安", "民政"}
    left = {key: one for key, one in release.guides.items() if key != PASSPORT}
    gone = replace(release, guides=left)
    assert risk_of(release, gone, []).departments == {"公安"}
    assert risk_of(release, gone, []).reasons == {Reason.MONEY, Reason.ELIGIBILITY}


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("wording/desks.toml", {COUNTY}),
        ("lexicon/words.txt", {COUNTY}),
        ("places/330109.toml", {"民政"}),
        ("adopted/公安.toml", {"公安"}),
        ("other/more.txt", set()),
        ("golden/golden.tsv", set()),
    ],
)
def test_a_file_without_a_record_belongs_to_whom_its_folder_says(
    release: Release, path: str, owners: set[str]
) -> None:
    assert risk_of(release, release, [path]).departments == owners


def test_an_ordinary_change_needs_one_reviewer_of_each_owner() -> None:
    risk = Risk(departments=frozenset({"公安", "民政"}))
    assert missing(risk, Lane.ORDINARY, []).people == 1
    left = missing(risk, Lane.ORDINARY, [signed("li", "公安")])
    assert (left.people, left.departments) == (1, {"民政"})
    assert missing(risk, Lane.ORDINARY, [signed("li", "公安"), signed("qian", "民政")]).nothing


def test_a_reviewer_of_the_county_stands_for_every_department() -> None:
    risk = Risk(departments=frozenset({"公安", "民政", COUNTY}))
    assert missing(risk, Lane.ORDINARY, [signed("li")]).nothing
    assert not missing(risk, Lane.ORDINARY, [signed("li", "公安"), signed("q", "民政")]).nothing


def test_what_is_grave_needs_two_people() -> None:
    risk = Risk(departments=frozenset({"公安"}), reasons=frozenset({Reason.MONEY}))
    assert needed(risk, Lane.ORDINARY) == 2
    assert missing(risk, Lane.ORDINARY, [signed("li", "公安")]).people == 1
    assert missing(risk, Lane.ORDINARY, [signed("li", "公安"), signed("li", "公安")]).people == 1
    assert missing(risk, Lane.ORDINARY, [signed("li", "公安"), signed("qian")]).nothing


def test_the_emergency_lane_needs_two_and_one_in_command_of_any_department() -> None:
    risk = Risk(departments=frozenset({"公安"}))
    assert missing(risk, Lane.EMERGENCY, []).people == 2
    two = [signed("li", "民政"), signed("qian", "教育")]
    assert missing(risk, Lane.EMERGENCY, two).commanding
    assert missing(risk, Lane.EMERGENCY, [two[0], signed("sun", commanding=True)]).nothing


def test_a_stranger_does_not_own_it() -> None:
    risk = Risk(departments=frozenset({"公安"}))
    assert [owns(one, risk) for one in ("公安", COUNTY, "民政")] == [True, True, False]
    assert not owns("公安", Risk(departments=frozenset({COUNTY})))
    assert owns("民政", Risk())
