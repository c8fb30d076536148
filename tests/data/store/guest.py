"""A process that uses the embedded database of a home until its input ends."""

import asyncio
import sys
from pathlib import Path

from data.store import embedded


async def stay(home: Path, mongod: Path | None) -> None:
    async with embedded.running(home, mongod=mongod, production=False) as attached:
        sys.stdout.write(f"{attached.uri}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(stay(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None))
