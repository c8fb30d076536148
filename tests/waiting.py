"""Wait for something to become so, by asking; never by sleeping for a guess."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until(asked: Callable[[], Awaitable[T]], *, within_s: float = 15) -> T:
    """Ask until the answer is true, and give it.

    Raises:
        TimeoutError: it did not become so within `within_s` seconds.
    """
    async with asyncio.timeout(within_s):
        while not (answer := await asked()):  # noqa: ASYNC110  (asks the real thing)
            await asyncio.sleep(0.02)
    return answer
