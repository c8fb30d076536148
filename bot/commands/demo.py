"""`demo`: everything on this machine: database, simulated platforms, server and workers."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping

import aiohttp

from bot.commands.serve import stop_signal
from bot.commands.terminal import run, say
from bot.demo.platforms import RunningPlatforms, find_running, running_file
from bot.house import opened
from bot.logs import set_up
from bot.seeds import load_seeds
from bot.settings import PREFIX, Settings, read_settings
from data.civic.errors import Refused, Unavailable

PATIENCE_S, LOOK_EVERY_S, END_WITHIN_S = 60.0, 0.1, 15.0


def demo() -> None:
    """Start the whole demo; Ctrl-C stops all of it."""
    settings = read_settings()
    set_up("warning")
    if settings.production:
        raise Refused("the demo does not run in production: unset BIANMIN_ENV")
    run(_demo(settings))


async def _demo(settings: Settings) -> None:
    stop = stop_signal()
    say("starting the database, loading the first release …")
    async with opened(settings, tell=say) as house:
        clerk = await load_seeds(house)
        children: list[Process] = []
        try:
            say("starting the simulated platforms, the server and the workers …")
            url = await _start_all(settings, children, stop)
            if url is not None:
                _tell(url, clerk)
                await _until_stopped(children, stop)
        finally:
            say("stopping …")
            await _end(children)


async def _start_all(
    settings: Settings, children: list[Process], stop: asyncio.Event
) -> str | None:
    """Start the children one after the other; None when told to stop meanwhile."""
    url = f"http://{settings.host}:{settings.port}"
    running_file(settings.home).unlink(missing_ok=True)
    children.append(await _child({}, "-m", "bot.demo", "--backend", url))
    if not await _wait(running_file(settings.home).exists, children, stop):
        return None
    platforms = find_running(settings.home)
    told = _environment(platforms)
    children.append(await _child(told, "-m", "bot", "serve"))
    children.append(await _child(told, "-m", "bot", "work"))
    async with aiohttp.ClientSession() as session:
        return url if await _ready(session, url, children, stop) else None


def _environment(platforms: RunningPlatforms) -> dict[str, str]:
    return {
        f"{PREFIX}ACCOUNTS": platforms.accounts_file,
        f"{PREFIX}DEMO_CONTROL_URL": platforms.control_url,
        f"{PREFIX}DEMO_CONTROL_TOKEN": platforms.control_token,
    }


async def _child(more: Mapping[str, str], *words: str) -> Process:
    quiet = {f"{PREFIX}LOG_LEVEL": os.environ.get(f"{PREFIX}LOG_LEVEL", "warning")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        env={**os.environ, **quiet, **more},
        stdout=asyncio.subprocess.DEVNULL,
    )


async def _ready(
    session: aiohttp.ClientSession, url: str, children: list[Process], stop: asyncio.Event
) -> bool:
    for _ in range(int(PATIENCE_S / LOOK_EVERY_S)):
        _all_alive(children)
        if stop.is_set():
            return False
        try:
            async with session.get(f"{url}/readyz", timeout=aiohttp.ClientTimeout(1)) as answer:
                if answer.status == 200:
                    return True
        except (aiohttp.ClientError, TimeoutError):
            pass
        await asyncio.sleep(LOOK_EVERY_S)
    raise Unavailable(f"the server was not ready within {PATIENCE_S:.0f} s: see the lines above")


async def _wait(so: Callable[[], bool], children: list[Process], stop: asyncio.Event) -> bool:
    for _ in range(int(PATIENCE_S / LOOK_EVERY_S)):
        _all_alive(children)
        if stop.is_set():
            return False
        if so():
            return True
        await asyncio.sleep(LOOK_EVERY_S)
    raise Unavailable("the simulated platforms did not start: see the lines above")


def _all_alive(children: list[Process]) -> None:
    ended = [child for child in children if child.returncode is not None]
    if ended:
        raise Unavailable("a part of the demo ended at once: see the lines above")


async def _until_stopped(children: list[Process], stop: asyncio.Event) -> None:
    """Wait for Ctrl-C, or for a child that ends by itself."""
    waits = [asyncio.create_task(child.wait()) for child in children]
    told = asyncio.create_task(stop.wait())
    await asyncio.wait({*waits, told}, return_when=asyncio.FIRST_COMPLETED)
    for one in (*waits, told):
        one.cancel()
    await asyncio.gather(*waits, told, return_exceptions=True)
    if not stop.is_set():
        say("a part of the demo has ended by itself: see the lines above")


async def _end(children: list[Process]) -> None:
    """End the children, the server before the platforms; who does not end is killed."""
    for child in reversed(children):
        if child.returncode is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            await asyncio.wait_for(child.wait(), END_WITHIN_S)
        except TimeoutError:
            child.kill()
            await child.wait()


def _tell(url: str, clerk: str) -> None:
    say(f"ready {url}")
    say(f"  phones   {url}/demo/")
    say(f"  console  {url}/console/   ({clerk})")
    say(f"  API      {url}/api/v1/openapi.json")
    say("Ctrl-C stops all of it.")
