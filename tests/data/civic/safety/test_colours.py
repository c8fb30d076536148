"""The colour of a code: red by an order alone, green only at the very end, grey when unheard."""

import inspect
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.knowing.colour_rules import CodeColour, ColourRules, ResponseRule, SignalRule
from data.civic.risks import RiskTag
from data.civic.safety import colours, marks
from data.civic.safety.colours import Colouring, Reason, Seen, Subject, colour_of
from data.civic.safety.holding import holds
from data.civic.safety.marks import MarkKind
from data.civic.safety.situation import Situation
from data.civic.safety.whereabouts import MOVED, Stage
from data.civic.warning.messages import Colour
from data.civic.warning.responses import Level
from data.civic.warning.unsettled import Unsettled
from tests.bulletins import FEED, LINPU, VILLAGE
from tests.safety import (
    AT,
    DUE,
    OLD_HOUSE,
    going_back,
    heard,
    lifted,
    order,
    response,
    signal,
    situation,
)

RULES = ColourRules()
AT_HOME = Subject(village=VILLAGE, tags=OLD_HOUSE)
NO_RISK = Subject(village=VILLAGE)
NEIGHBOURS = AreaCode("330109105202")
ORDER = order(tags=OLD_HOUSE)


def seen(stage: Stage, village: AreaCode | None = None, of: Subject = AT_HOME) -> Subject:
    return replace(of, whereabouts=frozenset({Seen(stage=stage, village=village)}))


SHELTERED = seen(Stage.SHELTER)


def told(subject: Subject = AT_HOME, **in_force: object) -> Colouring:
    return colour_of(subject, situation(**in_force), RULES)


def test_under_a_quiet_sky_that_is_heard_a_code_is_green() -> None:
    made = told()
    assert (made.colour, made.reason, made.moved) == (CodeColour.GREEN, Reason.NOTHING, False)


def test_an_order_makes_red_whom_it_covers_and_nobody_else() -> None:
    red = told(orders=(ORDER,))
    assert (red.colour, red.reason, red.facts.deadline) == (CodeColour.RED, Reason.ORDER, DUE)
    for other in (NO_RISK, replace(AT_HOME, village=NEIGHBOURS)):
        assert told(other, orders=(ORDER,)).colour is CodeColour.GREEN


@pytest.mark.parametrize("stage", [one for one in Stage if one not in MOVED])
def test_nothing_but_having_been_seen_elsewhere_ends_red(stage: Stage) -> None:
    assert told(seen(stage), orders=(ORDER,)).colour is CodeColour.RED


@pytest.mark.parametrize("stage", sorted(MOVED))
def test_who_has_moved_bears_the_badge_and_is_not_green(stage: Stage) -> None:
    made = told(seen(stage, NEIGHBOURS), orders=(ORDER,))
    assert (made.colour, made.moved, made.reason) == (CodeColour.ORANGE, True, Reason.MOVED)


def test_relatives_whom_an_order_covers_are_no_safe_place() -> None:
    everybody = order(2, LINPU)
    made = told(seen(Stage.RELATIVES, NEIGHBOURS), orders=(everybody,))
    assert (made.colour, made.moved, made.facts.place) == (CodeColour.RED, False, NEIGHBOURS)
    old_houses = order(3, LINPU, tags=OLD_HOUSE)
    assert told(seen(Stage.RELATIVES, NEIGHBOURS), orders=(old_houses,)).moved
    assert told(seen(Stage.SHELTER, NEIGHBOURS), orders=(everybody,)).moved


@pytest.mark.parametrize(
    ("backs", "reason"),
    [
        pytest.param((), Reason.AWAITS_RETURN, id="lifted"),
        pytest.param((going_back(ORDER, checked=False),), Reason.AWAITS_RETURN, id="unchecked"),
        pytest.param((going_back(ORDER, done=False),), Reason.AWAITS_RETURN, id="not released"),
        pytest.param((going_back(order(9)),), Reason.AWAITS_RETURN, id="released after another"),
        pytest.param((going_back(ORDER),), Reason.NOTHING, id="released"),
    ],
)
def test_green_is_lifted_checked_and_released(backs: tuple[object, ...], reason: Reason) -> None:
    made = told(SHELTERED, orders=(lifted(ORDER),), returns=backs)
    assert made.reason is reason
    assert (made.colour is CodeColour.GREEN) == (reason is Reason.NOTHING)
    assert made.moved == (reason is Reason.AWAITS_RETURN)


def test_a_lifted_signal_leaves_the_colour_of_the_response() -> None:
    assert told(responses=(response(Level.IV),)).reason is Reason.RESPONSE
    assert told(responses=(response(Level.II),)).colour is CodeColour.ORANGE


@pytest.mark.parametrize(
    ("colour", "at_risk", "other"),
    [
        (Colour.WHITE, "yellow", "green"),
        (Colour.BLUE, "yellow", "green"),
        (Colour.YELLOW, "yellow", "yellow"),
        (Colour.ORANGE, "orange", "yellow"),
        (Colour.RED, "orange", "orange"),
    ],
)
def test_a_warning_gives_a_colour_by_risk(colour: Colour, at_risk: str, other: str) -> None:
    found = [told(one, signals=(signal(colour),)).colour for one in (AT_HOME, NO_RISK)]
    assert found == [at_risk, other]


def test_a_warning_that_says_nothing_of_leaving_is_passed_over() -> None:
    rules = replace(RULES, passes_over=frozenset({"高温"}))
    hot = situation(signals=(signal(Colour.RED, event="高温"),))
    assert colour_of(AT_HOME, hot, rules).colour is CodeColour.GREEN
    unknown = situation(signals=(signal(Colour.RED, event=""),))
    assert colour_of(AT_HOME, unknown, rules).colour is CodeColour.ORANGE


@pytest.mark.parametrize(
    "feeds",
    [
        pytest.param((), id="no feed"),
        pytest.param((replace(heard(), last_heard=AT - timedelta(minutes=16)),), id="silent"),
        pytest.param((replace(heard(), last_heard=None),), id="never heard"),
        pytest.param(
            (heard(), replace(heard(), feed=replace(FEED, id="b"), last_heard=None)),
            id="one of two",
        ),
    ],
)
def test_with_a_feed_silent_no_code_is_green_and_red_stays_red(feeds: tuple[object, ...]) -> None:
    grey = told(feeds=feeds)
    assert (grey.colour, grey.reason, grey.silent) == (CodeColour.GREY, Reason.SILENT, True)
    red = told(feeds=feeds, orders=(ORDER,))
    assert (red.colour, red.silent) == (CodeColour.RED, True)


def test_a_mark_asks_for_more_help_and_never_makes_red() -> None:
    for kind, gives in (("needs_transfer", "orange"), ("needs_hand", "yellow")):
        made = told(replace(NO_RISK, marks=frozenset({MarkKind(kind)})))
        assert (made.colour, made.reason, made.facts.subject) == (gives, Reason.MARKED, kind)
    everything = replace(NO_RISK, marks=frozenset(MarkKind))
    assert told(everything, signals=(signal(Colour.RED),)).colour is CodeColour.ORANGE


def test_the_worst_reason_is_told_whatever_order_they_are_read_in() -> None:
    sooner = replace(ORDER, id="order-2", tiers=(replace(ORDER.tiers[0], deadline=AT),))
    for both in ((ORDER, sooner), (sooner, ORDER)):
        assert told(orders=both).facts.deadline == AT


@pytest.mark.parametrize("wrong", [CodeColour.RED, CodeColour.GREEN, CodeColour.GREY])
def test_no_rule_can_give_red_green_or_grey(wrong: CodeColour) -> None:
    for made in (
        lambda: SignalRule(since=Colour.RED, gives=wrong),
        lambda: ResponseRule(since=Level.I, gives=wrong),
        lambda: replace(RULES, needs_transfer=wrong),
        lambda: replace(RULES, moved=wrong),
    ):
        with pytest.raises(BadInput):
            made()


def test_rules_that_leave_somebody_green_under_a_red_warning_are_refused() -> None:
    for wrong in ({"signals": RULES.signals[:1]}, {"responses": RULES.responses[:1]}):
        with pytest.raises(BadInput):
            replace(RULES, **wrong)  # type: ignore[arg-type]


def test_no_name_reaches_the_colour_so_no_list_of_names_can_change_it() -> None:
    assert {one.name for one in fields(Subject)} == {"village", "tags", "whereabouts", "marks"}
    assert {one.name for one in fields(Seen)} == {"stage", "village"}
    given_ = inspect.signature(colour_of).parameters
    assert list(given_) == ["subject", "situation", "rules"]
    assert marks.MOST_LISTED <= 50
    assert "person" not in inspect.getsource(colours.Palette)


SUBJECTS = st.builds(
    Subject,
    village=st.sampled_from([VILLAGE, NEIGHBOURS]),
    tags=st.frozensets(st.sampled_from(sorted(RiskTag)), max_size=2),
    whereabouts=st.frozensets(
        st.builds(
            Seen,
            stage=st.sampled_from(sorted(Stage)),
            village=st.sampled_from([None, VILLAGE, NEIGHBOURS]),
        ),
        max_size=2,
    ),
    marks=st.frozensets(st.sampled_from(sorted(MarkKind))),
)
ORDERS = [order(1), order(2, tags=OLD_HOUSE), order(3, NEIGHBOURS), order(4, LINPU)]
STANDING = [*ORDERS, *(lifted(one) for one in ORDERS)]
BACKS = [going_back(ORDERS[0]), going_back(ORDERS[1], done=False), going_back(ORDERS[1])]
WAITS = Unsettled(since=AT, feed_area=FEED.area)
UNSETTLED = [(), (WAITS,), (replace(WAITS, areas=(NEIGHBOURS,)),)]
FEEDS = [(), (heard(),), (replace(heard(), last_heard=None),)]


def one_an_id(found: list[object]) -> tuple[object, ...]:
    return tuple({one.id: one for one in found}.values())  # type: ignore[attr-defined]


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    def some(among: list[object]) -> tuple[object, ...]:
        return one_an_id(draw(st.lists(st.sampled_from(among), max_size=3)))

    return situation(
        signals=some([signal(one, number=n) for n, one in enumerate(Colour, start=1)]),
        responses=some([response(one, number=n) for n, one in enumerate(Level)]),
        orders=some(STANDING),  # type: ignore[arg-type]
        returns=some(BACKS),  # type: ignore[arg-type]
        feeds=draw(st.sampled_from(FEEDS)),
        unsettled=draw(st.sampled_from(UNSETTLED)),
    )


@given(subject=SUBJECTS, now=situations())
def test_nobody_is_green_whom_an_order_still_holds(subject: Subject, now: Situation) -> None:
    made = colour_of(subject, now, RULES)
    held = any(holds(one, subject.village, subject.tags, now.returns) for one in now.orders)
    waits = any(one.concerns(subject.village) for one in now.unsettled)
    if held or waits or not now.feeds or now.feeds[0].last_heard is None:
        assert made.colour is not CodeColour.GREEN
    if made.colour is CodeColour.RED:
        assert made.reason is Reason.ORDER
        assert any(one.touches(made.facts.place) for one in now.orders)


@given(subject=SUBJECTS, now=situations(), more=situations(), marked=st.booleans())
def test_more_danger_never_gives_a_milder_colour(
    subject: Subject, now: Situation, more: Situation, *, marked: bool
) -> None:
    worse = replace(
        now,
        signals=(*now.signals, *more.signals),
        responses=(*now.responses, *more.responses),
        orders=(*now.orders, *(one for one in more.orders if one not in now.orders)),
        feeds=() if marked else now.feeds,
    )
    who = replace(subject, marks=frozenset(MarkKind)) if marked else subject
    before, after = colour_of(subject, now, RULES), colour_of(who, worse, RULES)
    assert after.colour.rank >= before.colour.rank


@given(subject=SUBJECTS, now=situations())
def test_the_same_inputs_give_the_same_colour_and_digest(subject: Subject, now: Situation) -> None:
    first, again = (colour_of(subject, replace(now), replace(RULES)) for _ in range(2))
    assert first == again
    later = colour_of(subject, replace(now, at=now.at + timedelta(seconds=1)), RULES)
    assert later.inputs != first.inputs
    other = replace(RULES, passes_over=frozenset({"霾"}))
    assert colour_of(subject, now, other).rules != first.rules
