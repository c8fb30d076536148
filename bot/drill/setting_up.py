"""Set a drill up beside a house: a county in a database of its own, platforms, and a door."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import aiohttp
from aiohttp import web

from bot.channels.calling import open_session
from bot.channels.messengers import Messengers
from bot.channels.platforms import Platforms
from bot.channels.receipts import ReceiptDoor
from bot.demo.loopback import listening
from bot.drill.answering import Answering
from bot.drill.clock import DrillClock
from bot.drill.county import DRILL, emptied, found_county
from bot.drill.crowd import Crowd
from bot.drill.gateways import Handed
from bot.drill.happenings import DEAD, Agenda, Happening
from bot.drill.plan import START, Plan
from bot.drill.platforms import Simulated, simulated
from bot.drill.playing import Drill
from bot.drill.story import Headquarters
from bot.drill.subscribers import have_allowed
from bot.workers.ways import ways_of
from data.civic.errors import Refused
from data.content.drilling import drill_words
from data.store.stores import Stores
from handlers.office import Office

RECEIPTS_WINDOW = timedelta(minutes=10)
PATIENCE_S = 60.0


@asynccontextmanager
async def staged(
    office: Office, plan: Plan, *, record: Sequence[Happening] | None = None, suffix: str = DRILL
) -> AsyncIterator[Drill]:
    """Set a drill up; nothing is sent before it is played.

    `record` is what happened in another: it is played again in the place of chance.

    Raises:
        Refused: this is production.
    """
    if office.production:
        raise Refused("a drill does not run in production: run it where BIANMIN_ENV is not set so")
    async with AsyncExitStack() as stack:
        clock = DrillClock(START)
        own = await _beside(stack, office, clock, suffix)
        agenda = Agenda()
        handed = _handed(plan, clock, agenda, record)
        platforms = await stack.enter_async_context(simulated(clock, own.ids, handed))
        county = await found_county(own, plan, platforms.admit)
        await have_allowed(own, county)
        session = await stack.enter_async_context(open_session(total_s=PATIENCE_S))
        headquarters = Headquarters(county, drill_words())
        for one in record if record is not None else headquarters.story(own, plan):
            if one.kind != DEAD:
                agenda.put(one)
        backend = await _door(stack, own, platforms)
        yield Drill(
            plan=plan,
            office=own,
            clock=clock,
            county=county,
            simulated=platforms,
            agenda=agenda,
            handed=handed,
            headquarters=headquarters,
            answering=Answering(session, backend=backend, platforms=platforms, county=county),
            ways=_ways(own, platforms, session),
        )


async def _beside(stack: AsyncExitStack, office: Office, clock: DrillClock, suffix: str) -> Office:
    """Give the office of the drill: its own database and clock, all else as the house has it."""
    house = office.stores.database
    stores = Stores.of(await emptied(house.beside(house.name + suffix)), office.seal)
    stack.push_async_callback(stores.drain)
    return replace(office, stores=stores, clock=clock)


def _handed(
    plan: Plan, clock: DrillClock, agenda: Agenda, record: Sequence[Happening] | None
) -> Handed:
    if record is None:
        return Handed(clock, agenda, crowd=Crowd(plan.seed), dead=frozenset())
    dead = frozenset(one.text("reference") for one in record if one.kind == DEAD)
    return Handed(clock, agenda, crowd=None, dead=dead)


async def _door(stack: AsyncExitStack, office: Office, platforms: Simulated) -> str:
    """Serve the door at which the gateways tell what became of what was sent; tell where."""
    app = web.Application()
    accounts = platforms.accounts
    ReceiptDoor(accounts=accounts, office=lambda: office, window=RECEIPTS_WINDOW).add(app)
    return await listening(stack, app)


def _ways(office: Office, platforms: Simulated, session: aiohttp.ClientSession) -> Messengers:
    tokens, clock = office.stores.platform_tokens, office.clock
    apis = Platforms.of(platforms.accounts, session=session, tokens=tokens, clock=clock)
    return ways_of(lambda: office, platforms.accounts, apis, session)
