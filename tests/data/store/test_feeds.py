"""Feeds, duty calls, and news for the informing."""

from dataclasses import replace
from datetime import timedelta

from data.civic.ids import FeedId, StaffId
from data.civic.warning import duty
from data.civic.warning.duty import DutyCall, DutyKind
from data.civic.warning.telling import ToInform, ToTell
from data.store.stores import Stores
from tests.bulletins import COUNTY, FEED, LINPU, START


async def test_what_is_configured_is_kept_and_when_it_was_heard(stores: Stores) -> None:
    other = replace(FEED, id=FeedId("water"))
    await stores.feeds.configure([FEED, other], START)
    await stores.feeds.heard(FEED.id, START)
    await stores.feeds.heard(FEED.id, START - timedelta(minutes=1))
    again = replace(FEED, heartbeat=timedelta(minutes=5))
    await stores.feeds.configure([again], START + timedelta(days=1))
    (state,) = await stores.feeds.configured()
    assert (state.feed, state.since, state.last_heard) == (again, START, START)
    assert await stores.feeds.get(other.id) is None
    await stores.feeds.configure([], START)
    assert await stores.feeds.configured() == []


async def test_one_thing_is_called_for_once_and_seen_by_the_first(stores: Stores) -> None:
    call = DutyCall(kind=DutyKind.DANGER, subject="XS1", area=LINPU, opened_at=START)
    later = replace(call, opened_at=START + timedelta(hours=1))
    assert await stores.duty_calls.add(call) == call
    assert await stores.duty_calls.add(later) == call
    assert await stores.duty_calls.unseen(5) == [call]
    for who in ("wang", "li"):
        seen = await stores.duty_calls.change(
            call.id, lambda one, who=who: duty.see(one, StaffId(who), START)
        )
    assert seen.seen_by == "wang"
    assert await stores.duty_calls.unseen(5) == []
    assert await stores.duty_calls.newest(5) == [seen]


async def test_news_is_planned_once(stores: Stores) -> None:
    news = ToInform(kind=ToTell.SIGNAL, subject="s", source="m", areas=(COUNTY,), at=START)
    await stores.to_inform.add(news)
    assert await stores.to_inform.waiting(5) == [news]
    await stores.to_inform.planned(news.id, START)
    assert await stores.to_inform.get("none") is None
    await stores.to_inform.add(news)
    assert await stores.to_inform.waiting(5) == []
    (kept,) = await stores.to_inform.about("s", 5)
    assert kept.planned_at == START
