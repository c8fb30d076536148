"""Run workers side by side until they are told to stop; one that fails starts again."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from data.civic.ports import Dice

FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0

log = structlog.get_logger()

Work = Callable[[], Awaitable[bool]]
"""One round of work; True: there may be more at once, False: nothing to do for now."""


async def run_for_ever(name: str, work: Work, *, idle_s: float, dice: Dice) -> None:
    """Do rounds of work; rest `idle_s` seconds when there is none, longer after failures."""
    wait = FIRST_WAIT_S
    while True:
        try:
            more = await work()
            wait = FIRST_WAIT_S
        except Exception as error:
            log.exception("worker failed", worker=name, error=type(error).__name__)
            await asyncio.sleep(dice.uniform(wait / 2, wait))
            wait = min(wait * 2, LONGEST_WAIT_S)
            continue
        if not more:
            await asyncio.sleep(idle_s)
