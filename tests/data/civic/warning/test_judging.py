"""What becomes of a message by itself: nothing is guessed, everything has a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.ids import AreaCode, FeedId
from data.civic.shapes import Circle, Point
from data.civic.warning.judging import judge
from data.civic.warning.messages import Colour, MessageType, SaidArea, Status, WarningMessage
from data.civic.warning.places import only_draws
from data.civic.warning.verdicts import Judgement, Reason, Verdict
from tests.bulletins import (
    COUNTY,
    FEED,
    LINPU,
    OBSERVATORY,
    PLACES,
    PUYANG,
    START,
    cancel,
    message,
)

NOW = START + timedelta(minutes=1)
GOOD = message()


def judged(one: WarningMessage) -> Judgement:
    return judge(one, FEED, PLACES, NOW)


def said(description: str, *codes: str, rings: tuple[tuple[Point, ...], ...] = ()) -> SaidArea:
    return SaidArea(description=description, codes=codes or ("330109",), rings=rings)


def ring(*pairs: tuple[float, float]) -> tuple[Point, ...]:
    return tuple(Point(lon, lat) for lon, lat in pairs)


def test_a_warning_of_its_competent_issuer_is_fit() -> None:
    found = judged(GOOD)
    assert found == Judgement(verdict=Verdict.APPLIED, areas=(LINPU, PUYANG))


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        pytest.param(
            replace(GOOD, sender_code="44030041600000", sender="深圳市气象台"),
            Reason.UNKNOWN_SENDER,
            id="an issuer who is not competent here",
        ),
        pytest.param(
            replace(GOOD, where=(said("宝安区", "440306"),)), Reason.FOREIGN_AREA, id="abroad"
        ),
        pytest.param(replace(GOOD, public=False), Reason.NOT_PUBLIC, id="for officials alone"),
        pytest.param(replace(GOOD, colour=None), Reason.UNKNOWN_COLOUR, id="without a colour"),
        pytest.param(
            replace(GOOD, effective=START - timedelta(minutes=1)),
            Reason.IMPOSSIBLE_DATES,
            id="effective before sent",
        ),
        pytest.param(
            replace(GOOD, expires=START - timedelta(days=42)),
            Reason.IMPOSSIBLE_DATES,
            id="expired before sent",
        ),
        pytest.param(
            replace(GOOD, sent=START - timedelta(hours=25)), Reason.STALE, id="a day too old"
        ),
    ],
)
def test_a_message_is_refused(one: WarningMessage, reason: Reason) -> None:
    found = judged(one)
    assert (found.verdict, found.reason) == (Verdict.REFUSED, reason)
    assert found.detail


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        pytest.param(
            replace(GOOD, where=(said("临浦镇南部山区"),)),
            Reason.UNCLEAR_AREA,
            id="a part of a town",
        ),
        pytest.param(
            replace(GOOD, where=(said("临浦镇、无名镇"),)),
            Reason.UNCLEAR_AREA,
            id="one name of two",
        ),
        pytest.param(
            replace(GOOD, where=(said("桃源村"),)), Reason.UNCLEAR_AREA, id="two of one name"
        ),
        pytest.param(
            replace(GOOD, where=(SaidArea(description="临浦镇"),)),
            Reason.UNCLEAR_AREA,
            id="no code beside the name",
        ),
        pytest.param(replace(GOOD, where=()), Reason.UNCLEAR_AREA, id="no area at all"),
        pytest.param(
            replace(
                GOOD, where=(said("临浦镇", rings=(ring((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)),)),)
            ),
            Reason.BAD_SHAPE,
            id="a polygon that crosses itself",
        ),
        pytest.param(
            replace(GOOD, where=(said("临浦镇", rings=(ring((0, 0), (1, 1), (1, 0)),)),)),
            Reason.BAD_SHAPE,
            id="an open polygon",
        ),
        pytest.param(
            replace(GOOD, headline=f"{OBSERVATORY}发布台风红色预警"),
            Reason.CONTRADICTORY,
            id="red in the headline, orange in the fields",
        ),
        pytest.param(
            replace(GOOD, headline=f"{OBSERVATORY}解除台风橙色预警"),
            Reason.CONTRADICTORY,
            id="lifted in the headline, an alert in the fields",
        ),
        pytest.param(
            replace(
                GOOD,
                sent=NOW + timedelta(minutes=11),
                effective=NOW + timedelta(minutes=11),
            ),
            Reason.FROM_THE_FUTURE,
            id="still to come",
        ),
    ],
)
def test_a_message_is_held(one: WarningMessage, reason: Reason) -> None:
    found = judged(one)
    assert (found.verdict, found.reason) == (Verdict.HELD, reason)
    assert found.detail


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.ACTUAL])
def test_what_is_not_meant_is_told_as_such_even_when_it_is_old(status: Status) -> None:
    old = replace(GOOD, status=status, sent=START - timedelta(days=9))
    assert judged(old).verdict is Verdict.NOT_ACTUAL


def test_a_county_may_want_to_confirm_first() -> None:
    found = judge(GOOD, replace(FEED, confirm_first=True), PLACES, NOW)
    assert (found.verdict, found.reason) == (Verdict.HELD, Reason.AWAITS_CONFIRMATION)
    assert found.areas == (LINPU, PUYANG)


def test_a_cancel_needs_no_colour() -> None:
    assert judged(cancel(2, minute=1)).verdict is Verdict.APPLIED


def test_an_issuer_may_be_named_by_its_name() -> None:
    feed = replace(FEED, issuers=frozenset({OBSERVATORY}))
    assert judge(GOOD, feed, PLACES, NOW).verdict is Verdict.APPLIED


@pytest.mark.parametrize(
    ("where", "areas"),
    [
        ((said("萧山区"),), (COUNTY,)),
        ((said(""),), (COUNTY,)),
        ((said("", "330109105"), said("浦阳镇")), (LINPU, PUYANG)),
        ((said("萧山区临浦镇，浦阳镇；临浦镇"),), (LINPU, PUYANG)),
        ((said("临浦镇苎萝村"),), ("330109105201",)),
        ((said("进化镇桃源村"),), ("330109104203",)),
        ((said("杭州市", "3301"),), ("3301",)),
    ],
    ids=["county", "codes alone", "two blocks", "long names", "village", "not the other", "city"],
)
def test_names_resolve_exactly(where: tuple[SaidArea, ...], areas: tuple[AreaCode, ...]) -> None:
    assert judged(replace(GOOD, where=where)).areas == areas


def test_white_and_blue_are_the_lowest_of_five() -> None:
    assert [one.rank for one in Colour] == [0, 1, 2, 3, 4]
    assert {one.value for one in MessageType} == {"alert", "update", "cancel"}


@pytest.mark.parametrize(
    "one",
    [
        replace(GOOD, headline=f"【演练】{GOOD.headline}"),
        replace(GOOD, headline=f"{GOOD.headline}（演习）"),
        replace(GOOD, headline=f"{GOOD.headline}测试"),
        replace(GOOD, description="【 演 练 】请立即转移。"),
        replace(GOOD, description="[防汛演习]请立即转移。"),
        replace(GOOD, description="请立即转移。（本信息为演练）"),
        replace(GOOD, instruction="此次为演练，请勿恐慌。"),
        replace(GOOD, instruction="演习：请转移。"),
        replace(GOOD, note="【演练】"),
        replace(cancel(2), headline="【演练】解除台风预警"),
    ],
)
def test_what_calls_itself_a_drill_is_held_though_its_status_is_actual(
    one: WarningMessage,
) -> None:
    found = judged(one)
    assert (found.verdict, found.reason) == (Verdict.HELD, Reason.SAYS_DRILL)


@pytest.mark.parametrize(
    "said", ["（测试）风力可达10级以上。", "请停止户外演练。", "取消今天的防汛演习，风力10级以上。"]
)
def test_a_word_for_a_drill_somewhere_in_the_text_holds_nothing(said: str) -> None:
    assert judged(replace(GOOD, description=said)).verdict is Verdict.APPLIED


def test_by_the_feed_of_a_drill_a_drill_comes_as_such() -> None:
    one = replace(GOOD, headline=f"【演练】{GOOD.headline}")
    feed = replace(FEED, id=FeedId("drill-observatory"))
    assert judge(one, feed, PLACES, NOW).verdict is Verdict.APPLIED


def test_a_test_of_an_unknown_issuer_is_a_test_and_says_so() -> None:
    strange = replace(GOOD, status=Status.TEST, sender_code="44030041600000", sender="深圳市气象台")
    found = judged(strange)
    assert found.verdict is Verdict.NOT_ACTUAL
    assert "no issuer of the feed" in found.detail


@pytest.mark.parametrize("code", ["3301091", "33010910", "33O109", "３３０１０９", "330109,330110"])
def test_what_is_no_division_code_is_held_and_never_taken_for_a_beginning(code: str) -> None:
    found = judged(replace(GOOD, where=(said("进化镇", code),)))
    assert (found.verdict, found.reason) == (Verdict.HELD, Reason.UNCLEAR_AREA)
    assert "is no division code" in found.detail


CIRCLE = Circle(Point(120.25, 30.05), 500.0)


@pytest.mark.parametrize(
    "named",
    [
        "临浦镇和浦阳镇",
        "萧山区全区",
        "除临浦外",
        "我市南部",
        "钱塘江沿江一带",
        "未来新城街道",
    ],
)
def test_a_drawing_never_goes_before_places_that_are_named_beside_it(named: str) -> None:
    block = SaidArea(description=named, circles=(CIRCLE,))
    assert not only_draws(block, PLACES)
    found = judge(replace(GOOD, where=(block,)), FEED, PLACES, NOW, drawn={})
    assert (found.verdict, found.reason) == (Verdict.HELD, Reason.UNCLEAR_AREA)


def test_a_drawing_never_goes_before_codes_of_a_list_that_is_not_known() -> None:
    block = SaidArea(description="", circles=(CIRCLE,), others=(("adcode", "330109"),))
    assert not only_draws(block, PLACES)
    assert "codes of “adcode” (330109)" in judged(replace(GOOD, where=(block,))).detail


@pytest.mark.parametrize("named", ["", "影响区域", "预警区", "Polygon 1"])
def test_a_description_that_names_no_place_leaves_it_to_the_drawing(named: str) -> None:
    assert only_draws(SaidArea(description=named, circles=(CIRCLE,)), PLACES)
