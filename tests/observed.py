"""Warnings that are in force now, and people who have been sent one."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.house import House
from data.civic.sending.informing import Informing
from data.civic.warning.feeds import Feed
from data.civic.warning.messages import Colour
from handlers.acts.relay import relay
from tests import builders
from tests.bulletins import FEED, arrival, message
from tests.carrying import walked
from tests.townsfolk import all_ways, informed


async def heard(house: House, *, minutes_ago: float = 0, feed: Feed = FEED) -> datetime:
    """Let a feed be set up, and heard for the last time so many minutes ago."""
    at = builders.now() - timedelta(minutes=minutes_ago)
    await house.stores.feeds.configure([feed], at)
    await house.stores.feeds.heard(feed.id, at)
    return at


async def relayed(
    house: House,
    number: int = 1,
    *,
    colour: Colour = Colour.RED,
    where: str = "临浦镇、浦阳镇",
    event: str = "台风",
    minutes_ago: float = 1,
    hours: float = 12,
) -> None:
    """Relay a warning that was issued a moment ago."""
    start = builders.now() - timedelta(minutes=minutes_ago)
    one = message(number, colour=colour, start=start, hours=hours)
    said = replace(
        one,
        event=event,
        headline=one.headline.replace("台风", event),
        where=(replace(one.where[0], description=where),),
        instruction="人员撤离低洼地。",
    )
    await relay(house.office(), FEED, arrival(said))


async def sent(house: House, key: str = "signal/1", **more: object) -> Informing:
    """Inform everybody of the town, and let the first messages go out."""
    informing = await informed(house, key, **more)
    await walked(house, all_ways())
    return informing
