"""A process that wants a model learnt, and says when learning has begun."""

import asyncio
import sys
from pathlib import Path

from bot.training import trained
from tests.small_county import small_release


def _told(_share: float) -> None:
    sys.stdout.write("learning\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(trained(small_release().release, Path(sys.argv[1]), report=_told))
