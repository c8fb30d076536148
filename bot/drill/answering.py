"""Let happen what happens from outside: receipts by signed HTTP, presses, answers at doors."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence

import aiohttp

from bot.demo.gateway_receipts import signed_headers
from bot.drill.county import County
from bot.drill.doors import PURPOSE, worker
from bot.drill.happenings import DOOR, PRESS, RECEIPT, Happening
from bot.drill.platforms import ACCOUNTS, Simulated
from data.civic.errors import Unavailable
from data.civic.ids import GridId, PersonId
from data.civic.sending.rows import Manner, Said
from handlers.acts import confirm
from handlers.acts.confirm import Answer
from handlers.office import Office

CALL, SIDE_BY_SIDE = 5, 48
"""Receipts of one call, and how many calls are made at once."""


class Answering:
    """Brings what people do to the house."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        backend: str,
        platforms: Simulated,
        county: County,
    ) -> None:
        self._session = session
        self._backend = backend
        self._secret = platforms.secret
        self._county = county
        self._room = asyncio.Semaphore(SIDE_BY_SIDE)

    async def let(self, office: Office, some: Sequence[Happening]) -> None:
        """Let these happen, all of one moment.

        Raises:
            Unavailable: the house does not take what it is told.
        """
        doing = [self._receipts(office, way, part) for way, part in _calls(some)]
        doing += [self._one(office, one) for one in some if one.kind in (PRESS, DOOR)]
        await asyncio.gather(*doing)

    async def _one(self, office: Office, one: Happening) -> None:
        async with self._room:
            if one.kind == DOOR:
                await self._answered_door(office, one)
            else:
                await self._pressed(office, PersonId(one.number("person")))

    async def _pressed(self, office: Office, person: PersonId) -> None:
        """Press 收到 for everything that waits for an answer, as the page does."""
        known = await office.stores.residents.get(person)
        if known is None or known.conversation is None:
            return
        for informing, _ in await confirm.pending(office, person):
            answer = Answer(informing=informing.id, person=person, manner=Manner.PAGE)
            await confirm.by_citizen(office, known.conversation, answer)

    async def _answered_door(self, office: Office, one: Happening) -> None:
        grid = GridId(one.text("grid"))
        staff = await worker(office, grid, self._county.grids[grid])
        answer = Answer(
            informing=one.number("informing"),
            person=PersonId(one.number("person")),
            said=Said(one.text("said")),
            manner=Manner.DOOR,
        )
        await confirm.by_staff(office, staff, answer, purpose=PURPOSE)

    async def _receipts(self, office: Office, way: str, some: Sequence[Happening]) -> None:
        """Tell receipts as the gateway does."""
        async with self._room:
            path, now = f"/receipts/{ACCOUNTS[way]}", office.clock.now()
            told = [_receipt(one, now.isoformat()) for one in some]
            body = json.dumps({"receipts": told}).encode()
            stamp = str(int(now.timestamp()))
            headers = signed_headers(self._secret, path, stamp, body)
            async with self._session.post(
                self._backend + path, data=body, headers=headers
            ) as answer:
                if answer.status != 200:
                    raise Unavailable(f"the receipts were answered with HTTP {answer.status}")


def _receipt(one: Happening, at: str) -> Mapping[str, str]:
    return {
        "reference": one.text("reference"),
        "told": one.text("told"),
        "answer": one.text("answer"),
        "at": at,
    }


def _calls(some: Iterable[Happening]) -> list[tuple[str, list[Happening]]]:
    """Put receipts together by gateway, so many a call."""
    ways: dict[str, list[Happening]] = {}
    for one in some:
        if one.kind == RECEIPT:
            ways.setdefault(one.text("way"), []).append(one)
    return [
        (way, told[at : at + CALL])
        for way, told in ways.items()
        for at in range(0, len(told), CALL)
    ]
