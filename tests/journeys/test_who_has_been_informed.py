"""Journey 13: 10,000 people, four channels; who has not been informed, by name, grid by grid.

The people are told by four ways, of which some refuse and some stay silent; they answer for
themselves, for each other, by a key or a text; staff knock. After each of it the list of every grid
worker holds exactly those of whom nobody has said that they know.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.channels.messengers import Outgoing
from bot.house import House
from bot.workers.doors import Doors
from data.civic.ids import AreaCode, GridId, PersonId, WorkerId
from data.civic.people import Role
from data.civic.safety.grids import Grid, GridWorker
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Ending, Manner, Row, RowState, Rung, Said
from handlers.acts import api_tokens, confirm, receipts
from handlers.acts.confirm import Answer
from tests.bot.api.test_staff_warnings_api import Program
from tests.carrying import Ways, later
from tests.conftest import Build
from tests.staffed import LINPU, hired, served
from tests.townsfolk import PHONE, Remembering, informed, person, rows_of, settled
from tests.waiting import until

PEOPLE, HOUSEHOLD, VILLAGES, GRIDS = 10_000, 3, 20, 40
PURPOSE = "台风红色预警，核对未告知人员"
EVERYONE = range(1, PEOPLE + 1)


def village_of(handle: int) -> AreaCode:
    return AreaCode(f"{LINPU}{201 + home_of(handle) % VILLAGES}")


def grid_of(handle: int) -> GridId:
    return GridId(f"g-{home_of(handle) % GRIDS}")


def home_of(handle: int) -> int:
    """Tell the household: three handles in a row live together."""
    return 1 + (handle - 1) // HOUSEHOLD


def ending(one: Outgoing) -> Ending:
    """Refuse one in seven by each way, and leave one in thirteen unanswered."""
    if one.person % 7 == one.rung:
        return Ending.REFUSED
    return Ending.UNKNOWN if one.person % 13 == one.rung else Ending.ACCEPTED


@dataclass(slots=True)
class County:
    """The town, who has answered so far, and a program that reads the lists."""

    house: House
    program: Program
    informing: Informing
    ways: dict[Rung, Remembering]
    answered: set[int] = field(default_factory=set)
    """Households."""

    def unanswered(self, grid: GridId) -> set[int]:
        return {
            handle
            for handle in EVERYONE
            if grid_of(handle) == grid and home_of(handle) not in self.answered
        }

    async def doors(self, grid: GridId) -> set[int]:
        told = await self.program.post(
            f"/informings/{self.informing.id}/doors", {"grid": grid, "purpose": PURPOSE}
        )
        return {one["person"] for one in told["uninformed"]}

    async def every_list_is_exact(self) -> None:
        for number in range(GRIDS):
            grid = GridId(f"g-{number}")
            assert await self.doors(grid) == self.unanswered(grid)

    async def counted(self, level: str) -> list[dict[str, int]]:
        place = f"/informings/{self.informing.id}/board?level={level}"
        lines: list[dict[str, int]] = (await self.program.get(place))["lines"]
        return lines


@pytest.fixture
async def county(house: House) -> AsyncIterator[County]:
    people = [
        person(
            handle,
            household=home_of(handle),
            village=village_of(handle),
            grid=grid_of(handle),
            chat=handle % 4 == 0,
            phone=None if handle % 10 == 9 else "057182000000" if handle % 10 == 8 else PHONE,
        )
        for handle in EVERYONE
    ]
    await settled(house.stores, *people)
    for number in range(GRIDS):
        village = AreaCode(f"{LINPU}{201 + number % VILLAGES}")
        worker = GridWorker(id=WorkerId(f"w-{number}"), name="陈网格", phone=PHONE, area=village)
        await house.stores.grids.enlist(worker)
        grid = Grid(id=GridId(f"g-{number}"), name=f"{number}", village=village, workers=(worker,))
        await house.stores.grids.add(grid)
    duty = await hired(house, "duty", Role.DUTY, area=LINPU)
    token, _ = await api_tokens.make(
        house.office(), duty.login, name="lists", lasts=timedelta(days=1), by="test"
    )
    informing = await informed(house)
    four = (Rung.SUBSCRIPTION, Rung.CHAT, Rung.SMS, Rung.VOICE)
    ways = {rung: Remembering(rung=rung, answer=ending) for rung in four}
    async with served(house) as client:
        yield County(house, Program(client, token), informing, ways)


def with_doors(county: County) -> Ways:
    stores, clock = county.house.stores, county.house.clock
    return {**county.ways, Rung.DOOR: Doors(grids=stores.grids, clock=clock)}


async def answer_by_the_ways(county: County) -> None:
    """Let every ninth who got a text or a call answer by it, some of them that they stay."""
    for rung in (Rung.SMS, Rung.VOICE):
        accepted = [one for one in county.ways[rung].given if ending(one) is Ending.ACCEPTED]
        for one in accepted[::9]:
            said = Said.STAYS if one.person % 2 else Said.RECEIVED
            await receipts.answered(county.house.office(), one.reference, said)
            county.answered.add(home_of(one.person))


async def answer_in_the_chat(county: County) -> None:
    """Let every fifth with a chat answer, some of them for somebody they live with."""
    office = county.house.office()
    for handle in range(4, PEOPLE + 1, 20):
        at_home = home_of(handle) * HOUSEHOLD if handle % 8 else handle
        other = PersonId(min(at_home, PEOPLE))
        said = Answer(informing=county.informing.id, person=other, manner=Manner.CHAT)
        conversation = f"terminal/county/openid-{handle}"
        await confirm.by_citizen(office, conversation, said)  # type: ignore[arg-type]
        county.answered.add(home_of(handle))


async def sums_are_exact(county: County, rows: Mapping[int, Row]) -> None:
    """Compare the counts of every level with the names, and both with who has answered."""
    await county.house.stores.boards.stop()
    expected = sum(home_of(one) not in county.answered for one in EVERYONE)
    assert sum(row.state.uninformed for row in rows.values()) == expected
    for level in ("county", "town", "village", "grid"):
        lines = await county.counted(level)
        assert sum(line["uninformed"] for line in lines) == expected, level
        assert sum(line["people"] for line in lines) == PEOPLE, level
        areas = [line["area"] for line in lines]
        assert areas == sorted(areas), f"{level}: in the order of the codes, never a ranking"


def nobody_was_sent_to_twice(county: County) -> None:
    for way in county.ways.values():
        assert len(set(way.people)) == len(way.people)


async def owned_by_name(county: County, rows: Mapping[int, Row]) -> None:
    """Twenty minutes after a red warning everybody has answered or is on somebody's list."""
    states = {row.state for row in rows.values()}
    assert states == {RowState.CONFIRMED, RowState.WITH_WORKER}
    some = [handle for handle, row in rows.items() if row.state is RowState.WITH_WORKER][:20]
    stores = county.house.stores

    async def worker_of(handle: int) -> str:
        place = await stores.rows.place_of(county.informing.id, PersonId(handle))
        assert place is not None
        tried = await stores.sends.attempts(county.informing.id, place.slice, PersonId(handle))
        return tried[-1].provider_id

    named = await asyncio.gather(*map(worker_of, some))
    assert named == [f"w-{grid_of(handle).removeprefix('g-')}" for handle in some]


async def a_knock_is_seen_within_seconds(county: County) -> None:
    grid, place = GridId("g-0"), f"/informings/{county.informing.id}/confirmations"
    knocked = sorted(county.unanswered(grid))[:60]
    said = {"confirmations": [{"person": one} for one in knocked], "purpose": PURPOSE}
    await county.program.post(place, said)
    county.answered |= {home_of(one) for one in knocked}
    left = sum(home_of(one) not in county.answered for one in EVERYONE)

    async def shown() -> bool:
        return sum(line["uninformed"] for line in await county.counted("town")) == left

    await until(shown, within_s=5)
    assert await county.doors(grid) == county.unanswered(grid)
    await county.program.post(place, said)
    assert await county.doors(grid) == county.unanswered(grid), "a second answer changes nothing"


async def test_the_list_of_every_grid_worker_is_exact_and_shrinks_within_seconds(
    county: County, build: Build
) -> None:
    for minutes in (0, 4, 8, 14, 20):
        await later(build, minutes, with_doors(county))
        await answer_by_the_ways(county)
    await answer_in_the_chat(county)
    await county.every_list_is_exact()
    await a_knock_is_seen_within_seconds(county)
    rows = await rows_of(county.house.stores, county.informing)
    await sums_are_exact(county, rows)
    await owned_by_name(county, rows)
    nobody_was_sent_to_twice(county)
