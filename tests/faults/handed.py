"""What is handed over to the gateways, counted on the way by a door before them."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientError, ClientSession, web

from data.civic.ids import PersonId
from data.civic.sending.batches import referred
from data.civic.sending.rows import Rung
from tests.bot.demo.simulated import served


@dataclass(slots=True)
class Handed:
    """Counts how often each attempt was accepted; the gateways themselves know each only once."""

    url: str = ""
    accepted: Counter[str] = field(default_factory=Counter)
    """By the reference of the attempt."""
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    """Set, unless a test keeps the answers back."""

    async def something_is_there(self) -> bool:
        return bool(self.accepted)

    def nobody_twice(self) -> None:
        """Insist that no attempt was accepted twice, and nobody got two messages by one way."""
        assert [one for one, times in self.accepted.items() if times > 1] == []
        ways = Counter((person, rung) for _, person, rung, _ in map(referred, self.accepted))
        assert [one for one, times in ways.items() if times > 1] == []

    def people(self, rung: Rung) -> set[PersonId]:
        """Tell who was sent something by a way."""
        named = map(referred, self.accepted)
        return {person for _, person, way, _ in named if way is rung}

    def note(self, body: bytes) -> None:
        for one in json.loads(body).get("items", ()):
            self.accepted[one["reference"]] += "id" in one
        self.accepted += Counter()  # those that were not accepted are forgotten


@asynccontextmanager
async def counting(gateway: str) -> AsyncIterator[Handed]:
    """Stand before the gateways."""
    handed = Handed()
    handed.answering.set()
    async with ClientSession() as http:

        async def post(request: web.Request) -> web.Response:
            try:
                async with http.post(
                    gateway + request.path, data=await request.read(), headers=request.headers
                ) as answer:
                    body = await answer.read()
            except ClientError:
                return web.Response(status=502)  # the gateway hung up
            if answer.status == 200:
                handed.note(body)
            await handed.answering.wait()
            return web.Response(status=answer.status, body=body, content_type="application/json")

        app = web.Application()
        app.router.add_post("/{path:.*}", post)
        runner, handed.url = await served(app)
        yield handed
        await runner.cleanup()
