"""`work`: send what stands in the outbox, walk again what was abandoned, publish drafts."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from bot.backups.renewing import renew_keyring
from bot.channels.calling import open_session
from bot.channels.messengers import Messengers
from bot.channels.sending import Senders
from bot.commands.serve import (
    accounts_of,
    configure_feeds,
    metrics_served,
    platforms_of,
    stop_signal,
)
from bot.commands.terminal import run, say
from bot.house import House, opened
from bot.logs import set_up
from bot.settings import Settings, read_settings
from bot.workers.calling import LOOK_FOR_CALLS_S, Lines, call_next
from bot.workers.delivery import send_next
from bot.workers.feeds import LOOK_AT_FEEDS_S, watch_feeds
from bot.workers.following import LOOK_FOR_FOLLOWERS_S, tell_next_followers
from bot.workers.housekeeping import KEEP_HOUSE_S, keep_house
from bot.workers.informing import inform_next, keep_boards
from bot.workers.informing_intake import LOOK_FOR_NEWS_S, take_up_next
from bot.workers.newcomers import LOOK_FOR_NEWCOMERS_S, catch_up_next
from bot.workers.publishing import LOOK_FOR_DRAFTS_S, publish_next
from bot.workers.recovery import resume_abandoned
from bot.workers.reminding import LOOK_FOR_DUE_S, remind_of_due
from bot.workers.runner import run_for_ever
from bot.workers.watching import LOOK_AT_ANSWERS_S, watch
from bot.workers.ways import dialer_of, ways_of, work_app_of
from bot.workshop import Workshop
from data.civic.sending.calls import CallRules
from data.store.mongo import WORKERS_MS

LOOK_FOR_DELIVERIES_S, LOOK_FOR_ABANDONED_S = 0.25, 2.0
LOOK_FOR_SLICES_S, LOOK_AT_BOARDS_S = 0.25, 5.0


def work() -> None:
    """Work beside the doors: deliveries, recovery, publishing. Any number of processes may run."""
    settings = read_settings()
    set_up(settings.log_level)
    run(_work(settings))


async def _work(settings: Settings) -> None:
    stop = stop_signal()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(opened(settings, timeout_ms=WORKERS_MS))
        accounts = accounts_of(settings)
        platforms = await stack.enter_async_context(platforms_of(house, accounts))
        await configure_feeds(house, accounts)
        if settings.metrics_port is not None:
            await stack.enter_async_context(metrics_served(house))
        calls = await stack.enter_async_context(open_session())
        ways = ways_of(house.office, accounts, platforms, calls)
        lines = Lines(
            dialer=dialer_of(house.office, accounts, calls),
            work_app=work_app_of(house.office, accounts, calls),
            rules=CallRules(patience=timedelta(seconds=settings.call_patience_s)),
        )
        senders = Senders(platforms=platforms)
        working = asyncio.create_task(_workers(house, senders, ways, lines))
        say("working")
        await stop.wait()
        say("stopping: what is being sent is finished first")
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def _workers(house: House, senders: Senders, ways: Messengers, lines: Lines) -> None:
    async def deliver() -> bool:
        return await _to_its_end(send_next(house.office(), senders))

    async def resume() -> bool:
        return await resume_abandoned(house.office(), house.reception)

    async def remind() -> bool:
        return await remind_of_due(house.office())

    async def purge() -> bool:
        more = await keep_house(house.office(), days=house.settings.purge_after_days)
        await renew_keyring(house.settings, house.stores, at=house.clock.now())
        return more

    async def look_at_feeds() -> bool:
        return await watch_feeds(house.office())

    async def take_up_news() -> bool:
        return await take_up_next(house.office())

    dice = house.office().dice
    async with workshop_of(house) as workshop, asyncio.TaskGroup() as group:
        add_publishing(group, house, workshop)
        add_informing(group, house, ways)
        add_calling(group, house, lines)
        group.create_task(
            run_for_ever("delivery", deliver, idle_s=LOOK_FOR_DELIVERIES_S, dice=dice)
        )
        group.create_task(run_for_ever("recovery", resume, idle_s=LOOK_FOR_ABANDONED_S, dice=dice))
        group.create_task(run_for_ever("reminding", remind, idle_s=LOOK_FOR_DUE_S, dice=dice))
        group.create_task(run_for_ever("housekeeping", purge, idle_s=KEEP_HOUSE_S, dice=dice))
        group.create_task(run_for_ever("feeds", look_at_feeds, idle_s=LOOK_AT_FEEDS_S, dice=dice))
        group.create_task(run_for_ever("news", take_up_news, idle_s=LOOK_FOR_NEWS_S, dice=dice))


@asynccontextmanager
async def workshop_of(house: House) -> AsyncIterator[Workshop]:
    """Open a workshop of this process; at the end a training that runs is ended."""
    workshop = Workshop(house.current, house.directory, house.settings.home / "models")
    try:
        yield workshop
    finally:
        await workshop.stop()


def add_informing(group: asyncio.TaskGroup, house: House, ways: Messengers) -> None:
    """Carry informings on, and keep their boards right."""
    dice = house.office().dice

    async def inform() -> bool:
        return await _to_its_end(inform_next(house.office(), ways))

    async def count() -> bool:
        return await keep_boards(house.office())

    async def tell_followers() -> bool:
        return await _to_its_end(tell_next_followers(house.office(), ways))

    async def take_in_newcomers() -> bool:
        return await _to_its_end(catch_up_next(house.office()))

    group.create_task(
        run_for_ever("newcomers", take_in_newcomers, idle_s=LOOK_FOR_NEWCOMERS_S, dice=dice)
    )
    group.create_task(
        run_for_ever("followers", tell_followers, idle_s=LOOK_FOR_FOLLOWERS_S, dice=dice)
    )
    group.create_task(run_for_ever("informing", inform, idle_s=LOOK_FOR_SLICES_S, dice=dice))
    group.create_task(run_for_ever("boards", count, idle_s=LOOK_AT_BOARDS_S, dice=dice))


def add_calling(group: asyncio.TaskGroup, house: House, lines: Lines) -> None:
    """Call people on duty, where there is anything to call them by."""
    if lines.dialer is None and lines.work_app is None:
        return

    async def call() -> bool:
        return await _to_its_end(call_next(house.office(), lines))

    dice = house.office().dice
    group.create_task(run_for_ever("calling", call, idle_s=LOOK_FOR_CALLS_S, dice=dice))


def add_publishing(group: asyncio.TaskGroup, house: House, workshop: Workshop) -> None:
    """Publish drafts whose time has come, and watch how the new release answers."""
    dice, holder = house.office().dice, house.office().ids.new()

    async def publish() -> bool:
        return await publish_next(house.office(), house.directory, workshop, holder=holder)

    async def look() -> bool:
        return await watch(house.office(), house.directory.check)

    group.create_task(run_for_ever("publishing", publish, idle_s=LOOK_FOR_DRAFTS_S, dice=dice))
    group.create_task(run_for_ever("watching", look, idle_s=LOOK_AT_ANSWERS_S, dice=dice))


async def _to_its_end(work: Coroutine[Any, Any, bool]) -> bool:
    """Wait for `work` also when told to stop meanwhile: what is half sent would be sent twice."""
    doing = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing})
        raise
