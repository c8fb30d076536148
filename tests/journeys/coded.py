"""People with a safety code in a county: registered by their own words, under an order or not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

from aiohttp import ClientSession, CookieJar, web
from aiohttp.test_utils import TestClient

from bot.house import House
from data.civic.warning.decisions import IssueOrder, SetResponse
from data.civic.warning.messages import Colour
from data.civic.warning.orders import Tier
from data.civic.warning.responses import Level
from handlers.acts import api_tokens
from handlers.acts.relay import relay
from tests import builders
from tests.bulletins import FEED, arrival, cancel, message
from tests.evacuation import Evacuation, evacuation
from tests.journeys.county import County
from tests.journeys.phones import Json, MiniProgramPhone
from tests.observed import heard
from tests.registered import MOTHER, MOTHER_ID, MOTHER_PHONE
from tests.safety import OLD_HOUSE
from tests.staffed import Seat
from tests.townsfolk import VILLAGE, settled

REGISTERS = ("我要给自己登记安全码", "王桂花", MOTHER_ID[-4:], MOTHER_PHONE, "好")
SHOW = "打开安全码"


async def under_an_order(house: House) -> Evacuation:
    """A village with an event, its workers, and a mother in an old house; the feed is heard."""
    await heard(house)
    scene = await evacuation(house)
    await settled(house.stores, replace(MOTHER, tags=OLD_HOUSE))
    await house.stores.villages.recount([VILLAGE])
    return scene


async def registers(phone: MiniProgramPhone) -> None:
    """Go through the form, as a citizen does."""
    for text in REGISTERS:
        answer = await phone.ask(text)
    assert "登记好了" in answer.text


async def signalled(house: House) -> None:
    """Let the observatory issue an orange warning."""
    one = message(1, colour=Colour.ORANGE, start=builders.now() - timedelta(minutes=2))
    await relay(house.office(), FEED, arrival(one))


async def signal_lifted(house: House) -> None:
    """Let the observatory lift it."""
    one = cancel(2, start=builders.now() - timedelta(minutes=1))
    await relay(house.office(), FEED, arrival(one))


def response() -> SetResponse:
    return SetResponse(areas=(VILLAGE,), level=Level.II)


def order() -> IssueOrder:
    due = builders.now() + timedelta(hours=6)
    return IssueOrder(tiers=(Tier(areas=(VILLAGE,), tags=OLD_HOUSE, deadline=due),))


@asynccontextmanager
async def desk(county: County) -> AsyncIterator[Seat]:
    """Sit down at the console of the county, over its own socket."""
    async with ClientSession(county.url, cookie_jar=CookieJar(unsafe=True)) as browser:
        yield Seat(cast("TestClient[web.Request, web.Application]", browser))


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffProgram:
    """A program of staff with a token."""

    county: County
    token: str = field(repr=False)

    async def call(self, method: str, path: str, body: Json | None = None) -> tuple[int, Json]:
        url, headers = f"{self.county.url}/api/v1/staff{path}", {}
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.county.http.request(method, url, json=body, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None)


async def program(county: County, login: str) -> StaffProgram:
    """Give a member of staff a token."""
    made, _ = await api_tokens.make(
        county.office, login, name="t", lasts=timedelta(days=1), by="test"
    )
    return StaffProgram(county=county, token=made)
