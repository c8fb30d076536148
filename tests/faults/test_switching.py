"""Every process that serves follows the current release, and keeps the last good one."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
from aiohttp import ClientSession
from pymongo import MongoClient

from bot.first_release import Shipped
from data.civic.ids import ReleaseId
from data.civic.knowing.releases import Origin
from data.content.files import manifest_of
from data.store.collection import Document
from data.store.mongo import connect
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.faults.processes import Running, free_port, started
from tests.waiting import until

WITHIN_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Two processes on one database, each at its own port."""

    stores: Stores
    urls: tuple[str, str]
    logs: tuple[Path, Path]
    http: ClientSession = field(repr=False)

    async def served(self) -> tuple[str, ...]:
        """Ask both which release answers."""
        found = []
        for url in self.urls:
            async with self.http.get(f"{url}/readyz") as answer:
                found.append((await answer.json())["release"])
        return tuple(found)

    async def logged(self, words: str) -> bool:
        return all(words in log.read_text() for log in self.logs)

    async def put(self, files: Mapping[str, bytes], shipped: Shipped) -> ReleaseId:
        """Put a release that hears by the shipped model, and make it current."""
        manifest = manifest_of(files, model=shipped.manifest.model)
        releases = self.stores.releases
        made = await releases.put(
            manifest, files, shipped.model, origin=Origin.CONSOLE, at=builders.now()
        )
        await releases.make_current(made, expected=await releases.current())
        return made


@pytest.fixture(scope="module")
async def doors(
    mongod_uri: str, shipped: Shipped, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Doors]:
    home, name = tmp_path_factory.mktemp("switching"), f"{DATABASE}-switch"
    ports = (free_port(), free_port())
    async with AsyncExitStack() as stack:
        running: list[Running] = []
        for port in ports:  # one after the other: the first makes the release
            settings = {"mongodb_uri": mongod_uri, "database": name, "port": port}
            process = started("serve", home=home, says="serving on", name=f"{port}.log", **settings)
            running.append(await stack.enter_async_context(process))
        stores = Stores.of(await connect(mongod_uri, name=name), builders.seal())
        stack.push_async_callback(stores.stop)
        http = await stack.enter_async_context(ClientSession())
        yield Doors(
            stores=stores,
            urls=(f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"),
            logs=(running[0].log, running[1].log),
            http=http,
        )
    with MongoClient[Document](mongod_uri) as client:
        client.drop_database(name)


async def test_both_processes_switch_within_five_seconds(doors: Doors, shipped: Shipped) -> None:
    path = "wording/conversation.toml"
    text = shipped.files[path] + b"# another release\n"
    made = await doors.put({**shipped.files, path: text}, shipped)
    begun = monotonic()

    async def switched() -> bool:
        return set(await doors.served()) == {made[:8]}

    await until(switched, within_s=30)
    assert monotonic() - begun < WITHIN_S


async def test_a_release_that_cannot_be_served_is_named_and_the_last_good_one_stays(
    doors: Doors, shipped: Shipped
) -> None:
    before = await doors.served()
    broken = {**shipped.files, "wording/conversation.toml": b"x = [\n"}
    await doors.put(broken, shipped)
    await until(lambda: doors.logged("release refused"))
    assert await doors.served() == before
