"""Which words of a guide hold for whom."""

from datetime import date

import pytest

from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.guides import (
    Element,
    ElementName,
    Guide,
    Material,
    Situation,
    Standing,
    Variant,
    Words,
    elements_for,
)
from data.civic.knowing.sentences import Sentence

FEE, PLACE, TIME = ElementName.FEE, ElementName.PLACE, ElementName.TIME
COUNTY, TOWN, VILLAGE = AreaCode("330109"), AreaCode("330109105"), AreaCode("330109105201")


def said(text: str) -> Element:
    return Element(standing=Standing.FACT, text=text, plain=text)


LOST = Situation(
    id="lost", label="丢了", words=("丢", "不见"), elements={TIME: said("when it is lost")}
)
CHILD = Situation(id="child", label="小孩", words=("孩子",), elements={FEE: said("a child's")})
GUIDE = Guide(
    id=GuideId("passport"),
    title="护照",
    everyday=(),
    item_type="行政许可",
    department="公安",
    level="县级",
    audience=("自然人",),
    theme=(),
    checked_on=date(2026, 11, 21),
    valid_until=date(2027, 11, 30),
    summary=Sentence(full="", plain="", spoken=""),
    elements={FEE: said("everyone's"), PLACE: said("everyone's"), TIME: said("everyone's")},
    situations=(LOST, CHILD),
    variants=(  # the smaller area first: their order in the file must not matter
        Variant(area=TOWN, elements={PLACE: said("the town's"), TIME: said("the town's")}),
        Variant(area=COUNTY, elements={PLACE: said("the county's"), FEE: said("the county's")}),
    ),
)


@pytest.mark.parametrize(
    ("area", "situation", "fee", "place", "time"),
    [
        pytest.param("3301", None, *["everyone's"] * 3, id="around the county"),
        pytest.param("330110", None, *["everyone's"] * 3, id="another county"),
        pytest.param(COUNTY, None, "the county's", "the county's", "everyone's", id="county"),
        pytest.param(TOWN, None, "the county's", "the town's", "the town's", id="town"),
        pytest.param(VILLAGE, None, "the county's", "the town's", "the town's", id="village"),
        pytest.param(TOWN, LOST, "the county's", "the town's", "when it is lost", id="lost"),
        pytest.param(TOWN, CHILD, "a child's", "the town's", "the town's", id="a child"),
    ],
)
def test_the_smaller_area_goes_before_the_larger_and_the_situation_before_both(
    area: AreaCode, situation: Situation | None, fee: str, place: str, time: str
) -> None:
    found = elements_for(GUIDE, area=area, situation=situation)
    assert {name: found[name].text for name in found} == {FEE: fee, PLACE: place, TIME: time}


def test_the_variant_of_the_smallest_area_is_named() -> None:
    found = {area: GUIDE.variant_for(area) for area in (AreaCode("33"), COUNTY, TOWN, VILLAGE)}
    town, county = GUIDE.variants
    assert list(found.values()) == [None, county, town, town]


def test_the_first_situation_that_is_named_counts() -> None:
    assert GUIDE.situation_in("孩子的护照丢了") is LOST
    assert GUIDE.situation_in("孩子的护照") is CHILD
    assert GUIDE.situation_in("护照") is None
    assert (GUIDE.situation("child"), GUIDE.situation("no"), GUIDE.situation(None)) == (
        CHILD,
        None,
        None,
    )


def test_a_guide_is_current_through_its_last_day() -> None:
    assert not GUIDE.expired(date(2027, 11, 30))
    assert GUIDE.expired(date(2027, 12, 1))


@pytest.mark.parametrize(
    ("element", "labelled"),
    [
        pytest.param(Element(standing=Standing.FACT, read=True), False, id="a fact that was read"),
        pytest.param(Element(standing=Standing.FACT), True, id="a fact unread"),
        pytest.param(Element(standing=Standing.FACT, adopted=True), False, id="adopted unread"),
        pytest.param(Element(standing=Standing.SAMPLE), True, id="a sample"),
        pytest.param(Element(standing=Standing.SAMPLE, read=True), True, id="a sample with basis"),
        pytest.param(Element(standing=Standing.SAMPLE, adopted=True), False, id="adopted sample"),
        pytest.param(Element(standing=Standing.NOT_STATED), False, id="not stated"),
    ],
)
def test_what_is_not_known_for_sure_is_labelled(element: Element, *, labelled: bool) -> None:
    assert element.to_check is labelled


def test_a_short_version_names_what_to_bring() -> None:
    items = (Material(name="身份证", form="原件"), Material(name="照片"))
    assert Words.of("带上：", items).plain == "带上：身份证、照片"
    assert Words.of("", items).stated
    assert not Words.of("", ()).stated
