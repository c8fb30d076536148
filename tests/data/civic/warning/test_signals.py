"""A signal as the fold of its messages: the rules, one by one."""

from datetime import timedelta

import pytest

from data.civic.errors import Conflict
from data.civic.ids import SignalId
from data.civic.warning.folding import Folded, fold
from data.civic.warning.messages import Colour, Status
from data.civic.warning.signals import NEVER, Placed, Signal, begun_by
from data.civic.warning.verdicts import Reason
from tests.bulletins import (
    COUNTY,
    FEED,
    ISSUER,
    JINHUA,
    LINPU,
    PUYANG,
    START,
    VILLAGE,
    cancel,
    message,
    named,
    placed,
    update,
)

RED, ORANGE, YELLOW = Colour.RED, Colour.ORANGE, Colour.YELLOW


def folded(*messages: Placed) -> Folded:
    return fold(messages, FEED.id)


def colours(fold: Folded, minute: int) -> list[Colour | None]:
    at = START + timedelta(minutes=minute)
    return [fold.colour(town, at) for town in (LINPU, PUYANG, JINHUA)]


def test_an_update_changes_its_own_areas_and_no_others() -> None:
    found = folded(
        placed(message(1)),
        placed(update(2, minute=60, colour=YELLOW), LINPU),
        placed(update(3, minute=120, colour=RED), JINHUA),
    )
    assert colours(found, 30) == [ORANGE, ORANGE, None]
    assert colours(found, 60) == [YELLOW, ORANGE, None]
    assert colours(found, 120) == [YELLOW, ORANGE, RED]


def test_a_cancel_ends_the_warning_in_its_areas() -> None:
    found = folded(placed(message(1)), placed(cancel(2, minute=60), PUYANG))
    assert colours(found, 59) == [ORANGE, ORANGE, None]
    assert colours(found, 60) == [ORANGE, None, None]


def test_a_late_update_revives_nothing() -> None:
    late = placed(update(2, minute=30, colour=RED))
    after = placed(update(4, minute=90, colour=RED), LINPU)
    found = folded(placed(message(1)), placed(cancel(3, minute=60)), late, after)
    assert colours(found, 45) == [RED, RED, None]
    assert colours(found, 100) == [None, None, None]
    (signal,) = found.signals.values()
    assert signal.ended_before(named(4)) == (LINPU,)
    assert signal.ended_before(named(2)) == ()


def test_messages_of_one_moment_follow_their_identifiers() -> None:
    first, second = update(2, minute=5, colour=RED), update(3, minute=5, colour=YELLOW)
    for order in ((first, second), (second, first)):
        found = folded(placed(message(1)), *(placed(one) for one in order))
        assert colours(found, 5)[0] is YELLOW


def test_the_same_message_again_changes_nothing() -> None:
    once = folded(placed(message(1)), placed(update(2, minute=5)))
    again = folded(*[placed(message(1)), placed(update(2, minute=5))] * 3)
    assert (again.signals, again.conflicts) == (once.signals, frozenset())


def test_the_same_identifier_with_other_content_is_a_conflict_and_the_first_stands() -> None:
    found = folded(placed(message(1)), placed(message(1, colour=RED)))
    assert found.conflicts == {named(1)}
    assert colours(found, 1)[0] is ORANGE
    signal = begun_by(placed(message(1)), FEED.id)
    with pytest.raises(Conflict, match="other content"):
        signal.joined_by(placed(message(1, colour=RED)))


def test_what_refers_to_nothing_known_waits() -> None:
    found = folded(placed(update(2, minute=5)), placed(cancel(3, minute=9, of=2)))
    assert not found.signals
    assert found.left == {named(2): Reason.UNKNOWN_REFERENCE, named(3): Reason.UNKNOWN_REFERENCE}


def test_a_reference_may_lead_through_other_messages() -> None:
    steps = [placed(message(1)), placed(update(2, minute=5)), placed(cancel(3, minute=9, of=2))]
    assert colours(folded(*reversed(steps)), 9) == [None, None, None]


def test_nobody_changes_another_issuers_warning_or_another_events() -> None:
    found = folded(
        placed(message(1)),
        placed(cancel(2, minute=5, sender_code="33000041600000")),
        placed(cancel(3, minute=6, event_code="11B03")),
    )
    assert found.left == {named(2): Reason.OTHER_SENDER, named(3): Reason.OTHER_EVENT}
    assert colours(found, 10)[0] is ORANGE


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.ACTUAL])
def test_what_is_not_actual_never_becomes_a_warning(status: Status) -> None:
    with pytest.raises(Conflict, match="becomes no warning"):
        begun_by(placed(message(1, status=status)), FEED.id)
    with pytest.raises(Conflict, match="becomes no warning"):
        begun_by(placed(message(1)), FEED.id).joined_by(placed(update(2, status=status)))


def test_a_warning_ends_by_itself_and_an_update_may_end_it_sooner() -> None:
    signal = alone(hours=2).joined_by(placed(update(2, minute=60, hours=0.5), LINPU))
    last = START + timedelta(hours=1, minutes=29)
    assert signal.colour(LINPU, last) is ORANGE
    assert signal.colour(LINPU, last + timedelta(minutes=1)) is None
    assert signal.colour(PUYANG, last + timedelta(minutes=30)) is ORANGE
    assert signal.until == START + timedelta(hours=2)
    assert signal.expired(signal.until) == {named(2): (LINPU,), named(1): (PUYANG,)}


def test_without_an_end_it_holds_until_it_is_lifted() -> None:
    signal = alone(hours=None)
    assert signal.until == NEVER
    assert signal.next_end is None
    ended = signal.joined_by(placed(cancel(2, minute=60)))
    assert ended.until == START + timedelta(hours=1)


def test_each_end_is_looked_at_once() -> None:
    signal = alone(hours=1)
    assert signal.next_end == START + timedelta(hours=1)
    noted = signal.ends_noted(START + timedelta(hours=1))
    assert noted.next_end is None
    assert noted.ends_noted(START + timedelta(hours=2)) is noted


def test_a_county_is_as_severe_as_its_worst_town_and_a_village_as_its_town() -> None:
    signal = alone().joined_by(placed(update(2, minute=1, colour=RED), VILLAGE))
    at = START + timedelta(minutes=2)
    assert signal.colour(COUNTY, at) is RED
    assert signal.colour(LINPU, at) is RED
    assert signal.colour(VILLAGE, at) is RED
    assert signal.colour(PUYANG, at) is ORANGE
    calmed = signal.joined_by(placed(cancel(3, minute=2), VILLAGE))
    assert calmed.colour(VILLAGE, at) is None
    assert calmed.colour(LINPU, at) is ORANGE


def test_a_warning_for_the_county_can_be_lifted_in_one_town() -> None:
    signal = begun_by(placed(message(1), COUNTY), FEED.id)
    lifted = signal.joined_by(placed(cancel(2, minute=1), PUYANG))
    at = START + timedelta(minutes=2)
    assert [lifted.colour(one, at) for one in (LINPU, PUYANG, COUNTY)] == [ORANGE, None, ORANGE]


def test_a_message_tells_only_where_it_decides() -> None:
    signal = alone().joined_by(placed(update(3, minute=60, colour=RED), LINPU))
    late = signal.joined_by(placed(update(2, minute=30, colour=YELLOW)))
    assert late.decided_by(named(2), START + timedelta(minutes=90)) == (PUYANG,)


def test_a_town_is_told_of_its_lift_though_the_warning_begins_anew_around_it() -> None:
    alert = begun_by(placed(message(1), LINPU), FEED.id)
    lifted = alert.joined_by(placed(cancel(2, minute=10), COUNTY))
    anew = lifted.joined_by(placed(update(3, minute=20), COUNTY))
    at = START + timedelta(minutes=30)
    assert [anew.decided_by(named(one), at) for one in (2, 3)] == [(LINPU,), (COUNTY,)]
    assert [anew.decided_otherwise(named(one), at) for one in (2, 3)] == [(), (LINPU,)]


def test_a_signal_is_known_by_the_message_that_began_it() -> None:
    signal = alone().joined_by(placed(update(2, minute=-5)))
    assert signal.id == SignalId(f"{FEED.id}/{named(1)}")
    assert signal.first == message(1)
    assert signal.first.sender_code == ISSUER


def alone(*, hours: float | None = 12) -> Signal:
    return begun_by(placed(message(1, hours=hours)), FEED.id)
