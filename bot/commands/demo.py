"""`demo`: everything on this machine: database, simulated platforms, server and workers."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from bot.commands.serve import serving, stop_signal
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
    """Run the server here, the platforms and the workers as processes of their own."""
    stop = stop_signal()
    children: list[Process] = []
    url = f"http://{settings.host}:{settings.port}"
    await _not_taken(settings)
    running_file(settings.home).unlink(missing_ok=True)
    try:
        say("starting the simulated platforms and the database, loading the first release …")
        children.append(await _child({}, "-m", "bot.demo", "--backend", url))
        async with opened(settings, tell=say) as house:
            clerk = await load_seeds(house)
            if not await _wait(running_file(settings.home).exists, children, stop):
                return
            platforms = find_running(settings.home)
            children.append(await _child(_environment(platforms), "-m", "bot", "work"))
            async with serving(replace(house, settings=_with(settings, platforms))):
                _tell(url, clerk)
                await _until_stopped(children, stop)
                say("stopping …")
            await _end(children)
    finally:
        await _end(children)


async def _not_taken(settings: Settings) -> None:
    """Refuse a port on which somebody answers already, as another demo would.

    Raises:
        Refused: it is taken.
    """
    try:
        _, writer = await asyncio.open_connection(settings.host, settings.port)
    except OSError:
        return
    writer.close()
    raise Refused(f"port {settings.port} is taken: stop what runs there, or set BIANMIN_PORT")


def _with(settings: Settings, platforms: RunningPlatforms) -> Settings:
    """Tell the server where the simulated platforms are."""
    return settings.model_copy(
        update={
            "accounts": Path(platforms.accounts_file),
            "demo_control_url": platforms.control_url,
            "demo_control_token": SecretStr(platforms.control_token),
        }
    )


def _environment(platforms: RunningPlatforms) -> dict[str, str]:
    return {
        f"{PREFIX}ACCOUNTS": platforms.accounts_file,
    }


async def _child(more: Mapping[str, str], *words: str) -> Process:
    quiet = {f"{PREFIX}LOG_LEVEL": os.environ.get(f"{PREFIX}LOG_LEVEL", "warning")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        env={**os.environ, **quiet, **more},
        stdout=asyncio.subprocess.DEVNULL,
    )


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
