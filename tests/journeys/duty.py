"""People on duty with telephones, and the house that calls them, as `bianmin work` does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.calling import open_session
from bot.workers.calling import Lines, call_next
from bot.workers.ways import dialer_of, work_app_of
from data.civic.sending.calls import CallRules
from data.civic.warning.dials import Dial
from data.civic.warning.duty import DutyCall
from tests.journeys.county import County
from tests.journeys.phones import Json
from tests.waiting import until


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """A county whose people on duty can be called."""

    county: County
    lines: Lines

    async def work(self) -> None:
        """Call whoever is to be called now."""
        while await call_next(self.county.office, self.lines):
            pass

    async def does(self, number: str, habit: str, **more: str) -> None:
        """Say what somebody does when the telephone rings."""
        await self.county.control.post("/_sim/telephones", number=number, habit=habit, **more)

    async def rings(self, number: str) -> list[Json]:
        """List what came to a telephone, or to somebody in the work app, oldest first."""
        told = await self.county.control.get(f"/_sim/telephones/{number}")
        rings: list[Json] = told["rings"]
        return rings

    async def newest(self) -> DutyCall:
        """Fetch the newest call."""
        (call,) = await self.county.house.stores.duty_calls.newest(1)
        return call

    async def ended(self, attempts: int) -> list[Dial]:
        """Work until so many attempts were made and the gateway has told how each ended."""

        async def all_told() -> list[Dial] | None:
            await self.work()
            dials = (await self.newest()).dials
            told = len(dials) == attempts and all(one.ring for one in dials)
            return list(dials) if told else None

        return await until(all_told) or []

    async def seen(self) -> DutyCall:
        """Wait until somebody has seen the newest call."""

        async def so() -> DutyCall | None:
            call = await self.newest()
            return call if call.seen_at else None

        found = await until(so)
        assert found is not None
        return found


MINUTE = timedelta(minutes=1)


@asynccontextmanager
async def calling(county: County) -> AsyncIterator[Calling]:
    """Open the lines of a county."""
    house = county.house
    async with open_session() as calls:
        lines = Lines(
            dialer=dialer_of(house.office, county.accounts, calls),
            work_app=work_app_of(house.office, county.accounts, calls),
            rules=CallRules(),
        )
        yield Calling(county=county, lines=lines)
