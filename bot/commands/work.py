"""`work`: send what stands in the outbox, walk again what was abandoned."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

from bot.channels.sending import Senders
from bot.commands.serve import accounts_of, metrics_served, platforms_of, stop_signal
from bot.commands.terminal import run, say
from bot.house import House, opened
from bot.logs import set_up
from bot.settings import Settings, read_settings
from bot.workers.delivery import send_next
from bot.workers.recovery import resume_abandoned
from bot.workers.runner import run_for_ever

LOOK_FOR_DELIVERIES_S, LOOK_FOR_ABANDONED_S = 0.25, 2.0


def work() -> None:
    """Work beside the doors: deliveries and recovery. Any number of processes may run."""
    settings = read_settings()
    set_up(settings.log_level)
    run(_work(settings))


async def _work(settings: Settings) -> None:
    stop = stop_signal()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(opened(settings))
        platforms = await stack.enter_async_context(platforms_of(house, accounts_of(settings)))
        if settings.metrics_port is not None:
            await stack.enter_async_context(metrics_served(house))
        working = asyncio.create_task(_workers(house, Senders(platforms=platforms)))
        say("working")
        await stop.wait()
        say("stopping: what is being sent is finished first")
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def _workers(house: House, senders: Senders) -> None:
    async def deliver() -> bool:
        return await _to_its_end(send_next(house.office(), senders))

    async def resume() -> bool:
        return await resume_abandoned(house.office(), house.reception)

    dice = house.office().dice
    async with asyncio.TaskGroup() as group:
        group.create_task(
            run_for_ever("delivery", deliver, idle_s=LOOK_FOR_DELIVERIES_S, dice=dice)
        )
        group.create_task(run_for_ever("recovery", resume, idle_s=LOOK_FOR_ABANDONED_S, dice=dice))


async def _to_its_end(work: Coroutine[Any, Any, bool]) -> bool:
    """Wait for `work` also when told to stop meanwhile: what is half sent would be sent twice."""
    doing = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing})
        raise
