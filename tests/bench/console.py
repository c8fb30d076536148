"""Measure the console's pages: `python -m tests.bench.console [QUESTIONS]`, 100,000 if not said.

A county with 146 intents, 5,000 guides and so many logged questions, in a database of its own that
is gone afterwards; how long 95 of 100 requests of each page take at most, at the browser's end of a
socket. The first opening of a page is told apart: after each release it sums every guide up once.
Whoever adds a page to `PAGES`, or what fills its tables to `FILLERS`, has it measured too.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.first_release import Shipped, shipped_release
from bot.house import House
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.people import Role
from data.store import embedded
from data.store.migrating import migrate
from data.store.mongo import WORKERS_MS, connect
from data.store.stores import Stores
from handlers.acts import drafts
from handlers.directory import directory
from tests import builders, drafting
from tests.bench.asked import PLATE_GROUP, questions
from tests.bench.many_guides import GUIDES, many
from tests.houses import house_of
from tests.staffed import Seat, hired, served
from tests.waiting import until

QUESTIONS = 100_000
REQUESTS = 50
TARGET_MS = 300.0

Fill = Callable[[House, int], Awaitable[None]]

FILLERS: tuple[Fill, ...] = (questions,)

PAGES: tuple[tuple[str, str], ...] = (
    ("the first page", "/"),
    ("the inbox", "/inbox"),
    ("its twentieth page", "/inbox?page=20"),
    ("by reason", "/inbox?why=useless"),
    ("by place and month", "/inbox?place=330109106&month=10"),
    ("by words", "/inbox?q=三轮车"),
    ("by everything", "/inbox?why=unsure&place=330109105&month=11&q=护照"),
    ("by words that nobody said", "/inbox?q=量子车"),
    ("a group of many", f"/inbox/{PLATE_GROUP}"),
    ("drafts", "/drafts"),
    ("a draft", "/drafts/{draft}"),
    ("what it would change", "/drafts/{draft}/impact"),
    ("its guides", "/drafts/{draft}/guides"),
    ("its guides by words", "/drafts/{draft}/guides?q=护照"),
    ("those that are samples", "/drafts/{draft}/guides?lacking=sample&page=40"),
    ("a guide", "/drafts/{draft}/guides/passport_7"),
    ("an element of it", "/drafts/{draft}/guides/passport_7/elements/materials"),
    ("its intents", "/drafts/{draft}/intents"),
    ("an intent", "/drafts/{draft}/intents/passport"),
    ("its wording", "/drafts/{draft}/wording"),
    ("its lexicon", "/drafts/{draft}/lexicon"),
    ("its rules", "/drafts/{draft}/rules"),
    ("its golden questions", "/drafts/{draft}/golden"),
    ("its sources", "/drafts/{draft}/sources"),
    ("what may be adopted", "/drafts/{draft}/adopt?department=公安"),
    ("words of danger", "/drafts/{draft}/danger"),
    ("a rule of danger", "/drafts/{draft}/danger/danger/trapped"),
    ("tables in and out", "/drafts/{draft}/bulk"),
    ("trying it", "/drafts/{draft}/try"),
    ("its batch tests", "/drafts/{draft}/tests"),
    ("what is incomplete", "/lists?what=completeness"),
    ("what is hard to read", "/lists?what=reading"),
    ("what is due", "/lists?what=due"),
    ("releases", "/releases"),
    ("waiting people", "/waiting"),
    ("tickets", "/tickets"),
    ("tryouts", "/tryouts"),
    ("staff", "/staff"),
    ("who did what", "/audit?purpose=bench"),
    ("help", "/help"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One page: how long its requests took, in milliseconds."""

    page: str
    first_ms: float
    p50_ms: float
    p95_ms: float

    @property
    def met(self) -> bool:
        """Say whether the target is met."""
        return self.p95_ms <= TARGET_MS


async def measure(count: int) -> list[Measured]:
    """Fill, ask, and drop what was filled."""
    shipped = many(shipped_release(read_settings().home / "models", directory()))
    async with _county(shipped) as house:
        for fill in FILLERS:
            await fill(house, count)
        staff = await hired(house, "bench", *Role)
        draft = await drafts.open_draft(house.office(), staff, "bench")
        async with served(house) as client:
            seat = Seat(client)
            await seat.sign_in("bench")
            await _edited(seat, draft.id)
            await _foreseen(seat, draft.id)
            return [
                await _page(seat, name, f"/console{path.format(draft=draft.id)}")
                for name, path in PAGES
            ]


@asynccontextmanager
async def _county(shipped: Shipped) -> AsyncIterator[House]:
    with tempfile.TemporaryDirectory() as home:
        async with embedded.running(Path(home), mongod=None, production=False) as attached:
            database = await connect(attached.uri, name="bench", timeout_ms=WORKERS_MS)
            await migrate(database)
            seal = builders.seal()
            stores = Stores.of(database, seal)
            house = house_of(stores, shipped, clock=builders.clock(), seal=seal, home=Path(home))
            await drafting.served(house, shipped)
            yield house
            await stores.stop()


async def _edited(seat: Seat, draft: str) -> None:
    """Change one guide, so that the pages show a draft and not only what is served."""
    path = f"/console/drafts/{draft}/guides/passport_7/elements/fee"
    page = await (await seat.get(path)).text()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    await seat.post(path, seen=seen, status="sample", text="每本120元。", then="")


async def _foreseen(seat: Seat, draft: str) -> None:
    """Wait until it is known what the draft would change, as somebody who looks again."""

    async def known() -> bool:
        page = await (await seat.get(f"/console/drafts/{draft}/impact")).text()
        if "<progress" not in page and "提交审核" not in page:
            raise RuntimeError(f"the bench's draft cannot be handed in: {page}")
        return "提交审核" in page

    await until(known, within_s=600)


async def _page(seat: Seat, name: str, path: str) -> Measured:
    first, *spent = [await _spent(seat, path) for _ in range(REQUESTS + 1)]
    return Measured(
        page=name,
        first_ms=first,
        p50_ms=statistics.median(spent),
        p95_ms=statistics.quantiles(spent, n=20)[-1],
    )


async def _spent(seat: Seat, path: str) -> float:
    start = time.perf_counter()
    answer = await seat.get(path)
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status}")
    return 1000 * (time.perf_counter() - start)


def main() -> int:
    """Measure, print the table, write `var/bench-console.json`; it is a report and no gate."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    found = asyncio.run(measure(count))
    table = Table(
        f"page, with {count:,} questions, {GUIDES:,} guides", "first", "p50", "p95", "met"
    )
    for one in found:
        times = (f"{ms:.0f} ms" for ms in (one.first_ms, one.p50_ms, one.p95_ms))
        table.add_row(one.page, *times, "yes" if one.met else "NO")
    Console(highlight=False).print(table)
    rows = [{**asdict(one), "met": one.met, "questions": count, "guides": GUIDES} for one in found]
    place = read_settings().home / "bench-console.json"
    place.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    set_up("error")
    sys.exit(main())
