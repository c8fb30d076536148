"""Arrivals by what staff have to know of them: held, referred to, or named by their ids."""

from datetime import timedelta

from data.civic.ids import FeedId, SignalId
from data.civic.warning.arrivals import Arrival, Unread, arrived, settle
from data.civic.warning.messages import WarningMessage
from data.civic.warning.verdicts import Judgement, Reason, Verdict
from data.store.stores import Stores
from tests.bulletins import FEED, START, arrival, cancel, message, named, update

APPLIED = Judgement(verdict=Verdict.APPLIED)
HELD = Judgement(verdict=Verdict.HELD, reason=Reason.UNCLEAR_AREA)
HOUR = timedelta(hours=1)
SIGNALS = (SignalId("weather/first"), SignalId("weather/second"))


async def judged(
    stores: Stores,
    one: Arrival | WarningMessage,
    judgement: Judgement = HELD,
    signals: tuple[SignalId, ...] = (),
) -> Arrival:
    """Keep what arrived, and what became of it."""
    came = await stores.warnings.add(one if isinstance(one, Arrival) else arrival(one))
    settled = settle(came, judgement, START, signals=signals)
    await stores.warnings.save(settled)
    return settled


async def test_what_is_held_may_be_a_warning_until_it_is_over(stores: Stores) -> None:
    brief = await judged(stores, message(1, hours=1))
    endless = await judged(stores, message(2, minute=2, hours=None))
    garbled = Unread(reason=Reason.UNREADABLE, detail="no XML")
    unread = await judged(
        stores, arrived(b"?", garbled, feed=FEED.id, received_at=START + HOUR / 12)
    )
    await judged(stores, cancel(3, minute=7))
    await judged(stores, message(4, minute=8), APPLIED)
    await stores.warnings.add(arrival(message(5, minute=9)))
    almost = START + HOUR - timedelta(seconds=1)
    assert await stores.warnings.held_warnings(almost, 9) == [unread, endless, brief]
    assert await stores.warnings.held_warnings(START + HOUR, 9) == [unread, endless]
    assert await stores.warnings.held_warnings(START, 1) == [unread]


async def test_only_what_was_applied_of_the_same_feed_refers_to_a_message(stores: Stores) -> None:
    await judged(stores, message(1), APPLIED, SIGNALS[:1])
    changed = await judged(stores, update(2, minute=1), APPLIED, SIGNALS)
    lifted = await judged(stores, cancel(3, minute=2), APPLIED, SIGNALS[:1])
    await judged(stores, update(4, minute=3), HELD)
    await judged(stores, update(5, of=9, minute=4), APPLIED, SIGNALS[:1])
    found = await stores.warnings.referring(FEED.id, named(1), 9)
    assert sorted(found, key=lambda one: one.received_at) == [changed, lifted]
    assert len(await stores.warnings.referring(FEED.id, named(1), 1)) == 1
    assert await stores.warnings.referring(FEED.id, named(2), 9) == []
    assert await stores.warnings.referring(FeedId("flood"), named(1), 9) == []


async def test_arrivals_are_fetched_by_their_ids_without_their_bodies(stores: Stores) -> None:
    first, second = await judged(stores, message(1)), await judged(stores, message(2, minute=1))
    await judged(stores, message(3, minute=2))
    found = await stores.warnings.these([second.id, "weather/none", first.id])
    assert sorted(found, key=lambda one: one.received_at) == [first, second]
    assert {one.raw for one in found} == {b""}
    assert await stores.warnings.these(["weather/none"]) == await stores.warnings.these([]) == []
