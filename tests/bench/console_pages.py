"""How long the editors' pages take with 5,000 guides: `python -m tests.bench.console_pages`.

A process of its own would be as fast: the time is taken here, at the browser's end of a socket.
The first opening of each page after a release is named apart: it sums every guide up once.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.first_release import Shipped, shipped_release
from bot.house import House
from bot.settings import Settings
from data.civic.people import Role
from data.content.files import manifest_of
from data.content.reader import read
from data.store import embedded
from data.store.migrating import migrate
from data.store.mongo import WORKERS_MS, connect
from data.store.stores import Stores
from handlers.acts import drafts
from handlers.directory import directory
from tests import builders, drafting
from tests.houses import house_of
from tests.staffed import Seat, hired, served

GUIDES, TIMES = 5_000, 30
PAGES = (
    "/drafts/{draft}/guides",
    "/drafts/{draft}/guides?q=护照",
    "/drafts/{draft}/guides?lacking=sample&page=40",
    "/drafts/{draft}/guides/passport_7",
    "/drafts/{draft}/guides/passport_7/elements/materials",
    "/drafts/{draft}/intents",
    "/drafts/{draft}/intents/passport",
    "/drafts/{draft}/sources",
    "/drafts/{draft}/adopt?department=公安",
    "/drafts/{draft}/danger/danger/trapped",
    "/lists?what=completeness",
    "/lists?what=reading",
    "/lists?what=due",
    "/",
)


def many(shipped: Shipped) -> Shipped:
    """Multiply the shipped guides until there are 5,000, each under a name of its own."""
    files = dict(shipped.files)
    guides = [(path, text) for path, text in files.items() if path.startswith("guides/")]
    for number in range(GUIDES - len(guides)):
        path, text = guides[number % len(guides)]
        name = f"{Path(path).stem}_{number // len(guides)}"
        files[f"guides/{name}.toml"] = _renamed(text, Path(path).stem, name)
    manifest = manifest_of(files, model=shipped.manifest.model)
    release = read(files, manifest=manifest)
    return replace(shipped, files=files, manifest=manifest, release=release)


def _renamed(text: bytes, before: str, after: str) -> bytes:
    return text.replace(f'id = "{before}"'.encode(), f'id = "{after}"'.encode(), 1)


async def measure(house: House, shipped: Shipped) -> Mapping[str, list[float]]:
    """Open every page many times; milliseconds, the first one first."""
    await drafting.served(house, shipped)
    staff = await hired(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(house.office(), staff, "bench")
    found: dict[str, list[float]] = {page: [] for page in PAGES}
    async with served(house) as client:
        seat = Seat(client)
        await seat.sign_in()
        await seat.get(f"/console/drafts/{draft.id}/guides/passport_7/elements/fee")
        await _edit(seat, draft.id)
        for page in PAGES:
            for _ in range(TIMES):
                begun = time.perf_counter()
                response = await seat.get("/console" + page.format(draft=draft.id))
                assert response.status == 200, page
                found[page].append((time.perf_counter() - begun) * 1000)
    return found


async def _edit(seat: Seat, draft: str) -> None:
    """Change one guide, so that the lists show a draft and not only what is served."""
    path = f"/console/drafts/{draft}/guides/passport_7/elements/fee"
    page = await (await seat.get(path)).text()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    await seat.post(path, seen=seen, status="sample", text="每本120元。", then="")


async def main() -> None:
    """Measure, and print the table."""
    shipped = many(shipped_release(Settings().home / "models", directory()))
    with tempfile.TemporaryDirectory() as home:
        async with embedded.running(Path(home), mongod=None, production=False) as attached:
            database = await connect(attached.uri, name="bench", timeout_ms=WORKERS_MS)
            await migrate(database)
            seal = builders.seal()
            stores = Stores.of(database, seal)
            house = house_of(stores, shipped, clock=builders.clock(), seal=seal, home=Path(home))
            found = await measure(house, shipped)
            await stores.stop()
    table = Table("page", "first ms", "p50 ms", "p95 ms", title=f"{GUIDES} guides")
    for page, times in found.items():
        rest = sorted(times[1:])
        p95 = rest[int(len(rest) * 0.95)]
        table.add_row(page, f"{times[0]:.0f}", f"{statistics.median(rest):.0f}", f"{p95:.0f}")
    Console(highlight=False, width=100).print(table)


if __name__ == "__main__":
    asyncio.run(main())
