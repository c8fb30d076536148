"""Real processes of `bianmin`, started as an operator starts them."""

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
SILENT_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One process, and where its log is."""

    process: asyncio.subprocess.Process
    log: Path

    async def says(self, words: str) -> None:
        """Wait for a line of standard output that holds `words`."""
        assert self.process.stdout is not None
        async with asyncio.timeout(SILENT_S):
            while words not in (line := (await self.process.stdout.readline()).decode()):
                assert line, await self._why()

    async def _why(self) -> str:
        await self.process.wait()
        return f"it ended with {self.process.returncode}: {self.log.read_text()[-2000:]}"

    async def end(self) -> int:
        """Ask it to end; tell its exit code."""
        if self.process.returncode is None:
            self.process.terminate()
        async with asyncio.timeout(SILENT_S):
            await self.process.communicate()
        return self.process.returncode or 0


@asynccontextmanager
async def started(
    *words: str, home: Path, says: str, name: str = "log", **settings: object
) -> AsyncIterator[Running]:
    """Run `bianmin` with these words until the block ends; ready when it says so."""
    with (home / name).open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=ROOT,
            env=environment(home, settings),
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    running = Running(process=process, log=home / name)
    try:
        await running.says(says)
        yield running
    finally:
        await running.end()


def environment(home: Path, settings: Mapping[str, object]) -> dict[str, str]:
    """Write settings as the environment of a process that has its own home, but shared models."""
    if not (home / "models").exists() and (Settings().home / "models").exists():
        shutil.copytree(Settings().home / "models", home / "models")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BIANMIN_")}
    told = {f"BIANMIN_{key.upper()}": str(value) for key, value in settings.items()}
    return {**kept, "BIANMIN_HOME": str(home), **told}


def free_port() -> int:
    """Find a port of loopback that is free now."""
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        return int(trying.getsockname()[1])
