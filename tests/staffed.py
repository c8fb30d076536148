"""Staff at work and citizens who want them: hired, signed in, waiting, all for real."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.accounts import Accounts
from bot.app import application
from bot.channels.platforms import Platforms
from bot.house import House
from bot.outgoing import Door
from data.civic.ids import NOT_OURS, AreaCode, MessageId, StaffId, TicketNumber
from data.civic.people import Role, Staff
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.gist import gist_of
from data.civic.talk.unanswered import UnansweredQuestion, Why
from handlers.acts import keep_question
from handlers.acts.note import note
from handlers.acts.passwords import hash_password
from handlers.acts.staff_accounts import worded
from tests import builders
from tests.compiled import compiled

COUNTY, LINPU = AreaCode("330109"), AreaCode("330109105")
PASSWORD = "a long enough password"


async def hired(
    house: House,
    login: str = "wang",
    *roles: Role,
    area: AreaCode = COUNTY,
    name: str = "王芳",
) -> Staff:
    """Enter a member of staff and note it, as the act does, with a hash that is made once a run."""
    office = house.office()
    staff = Staff(
        id=StaffId(office.ids.new()),
        login=login,
        name=name,
        roles=frozenset(roles or (Role.AGENT,)),
        area=area,
        password_hash=await _hashed_once(),
    )
    await office.stores.staff.put(staff)
    await note(office, "test", "staff.add", staff.id, worded(staff.roles))
    return staff


_HASHES: list[str] = []
"""What the product keeps of `PASSWORD`, once a run: it is slow on purpose."""


async def _hashed_once() -> str:
    if not _HASHES:
        _HASHES.append(await hash_password(PASSWORD))
    return _HASHES[0]


async def said(house: House, *texts: str, by: ConversationKey | None = None) -> ConversationKey:
    """Let a citizen say these, each walked from claim to answer."""
    who = by or builders.citizen()
    for text in texts:
        message = builders.message(text, key=builders.ids().new(), by=who)
        await house.reception.receive(message, Door())
    return who


async def in_danger(house: House, by: ConversationKey | None = None) -> TicketNumber:
    who = await said(house, "水进来了我妈被困", by=by)
    ticket = await house.stores.tickets.latest_of(who.id)
    assert ticket is not None
    return ticket.number


async def unanswered(house: House, text: str) -> None:
    """Keep a question as the switchboard does when the ear finds nothing."""
    question = UnansweredQuestion(
        message=MessageId(f"{builders.citizen().id}/{builders.ids().new()}"),
        conversation=builders.citizen().id,
        text=text,
        guess=NOT_OURS,
        confidence=0.2,
        why=Why.UNKNOWN,
        area=COUNTY,
        at=builders.now(),
        gist=gist_of(text),
    )
    await keep_question.put(house.office(), question)


def app_of(house: House) -> web.Application:
    return compiled(application(house, Accounts(), Platforms(wechat={}, alipay={})))


@asynccontextmanager
async def served(house: House) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with TestClient(TestServer(app_of(house))) as client:
        yield client


@dataclass(slots=True)
class Seat:
    """A browser at the console, without scripts: it follows links and sends forms."""

    client: TestClient[web.Request, web.Application]
    csrf: str = ""
    signed_out: bool = True
    """The last page was the login page, or none was opened yet."""

    async def sign_in(self, login: str = "wang", password: str = PASSWORD) -> ClientResponse:
        data = {"login": login, "password": password}
        return await self._kept(await self.client.post("/console/login", data=data))

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self._kept(await self.client.get(path, headers=headers))

    async def post(self, path: str, **fields: str) -> ClientResponse:
        data = {"csrf": self.csrf, **fields}
        return await self._kept(await self.client.post(path, data=data))

    async def link(self, path: str, starts: str) -> str:
        """Find the first address on a page that starts so."""
        page = await (await self.get(path)).text()
        found = re.search(rf'(?:href|action)="({re.escape(starts)}[^"]+)"', page)
        assert found, f"no link to {starts} on {path}"
        return found[1]

    async def _kept(self, response: ClientResponse) -> ClientResponse:
        found = re.search(r'name="csrf" value="([^"]+)"', await response.text(errors="replace"))
        self.csrf = found[1] if found else self.csrf
        self.signed_out = response.url.path.startswith("/console/login")
        return response
