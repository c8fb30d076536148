"""Informing a province: every part against its limit probe on a million residents.

`python -m tests.bench.informing` runs all parts, `… informing preview growth` only those.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.logs import set_up
from data.store.stores import Stores
from tests.bench import checking_in, colours, confirming, first_message, growth, preview, sending
from tests.bench.measure import Measure, show
from tests.bench.province import province

PARTS: Mapping[str, Callable[[Stores], Awaitable[list[Measure]]]] = {
    "sending": sending.ratios,
    "first": first_message.ratios,
    "confirming": confirming.ratios,
    "growth": growth.ratios,
    "preview": preview.ratios,
    "colours": colours.ratios,
    "checking_in": checking_in.ratios,
}


async def ratios(parts: Sequence[str] = tuple(PARTS)) -> list[Measure]:
    """Make the province, unless it stands, and take the ratios of some parts."""
    measures: list[Measure] = []
    for part in parts:
        async with province() as stores:
            measures += await PARTS[part](stores)
    return measures


def main() -> int:
    """Measure what is named, or everything, and print the table."""
    wanted = sys.argv[1:] or tuple(PARTS)
    if unknown := set(wanted) - set(PARTS):
        sys.stderr.write(f"no part {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}\n")
        return 2
    show(asyncio.run(ratios(wanted)))
    return 0


if __name__ == "__main__":
    set_up("error")
    sys.exit(main())
