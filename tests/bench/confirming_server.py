"""The server of the bench of confirmations, a process of its own: the shipped door and the probe.

The probe does with the database what one confirmation does, and nothing else: the same six reads,
the same group-committed write for everybody of the household, answered when it is durable.
"""

import asyncio

import uvloop
from aiohttp import web

from bot.accounts import Accounts
from bot.app import application
from bot.channels.platforms import Platforms
from bot.logs import set_up
from data.civic.sending.rows import RowState
from data.store.batching import GroupCommit
from data.store.mongo import Database
from data.store.row_documents import row_id
from tests import builders
from tests.bench.province import joined
from tests.bench.server import cpu, listening
from tests.bench.warned import BARE, bench_house

ANSWERED = "已经记下：您收到了这条通知。请照通知做，叫您转移就马上走，也请告诉邻居。" * 8
"""About as long as the words of the shipped answer, in all its versions."""


class Probe:
    """Confirms with bare queries."""

    def __init__(self, database: Database) -> None:
        self._sessions = database.collection("citizen_sessions")
        self._informings = database.collection("informings")
        self._residents = database.collection("residents")
        self._registrations = database.collection("registrations")
        self._rows = database.collection("rows")
        self._commit = GroupCommit(self._rows)

    async def confirm(self, request: web.Request) -> web.Response:
        """Read session, warning, person, row and household; write; answer when it is durable."""
        said = await request.json()
        token = request.headers["Authorization"].removeprefix("Bearer ")
        session = await self._sessions.find_one({"_id": token})
        assert session is not None
        number, key = said["warning"], session["key"]
        conversation = f"{key['channel']}/{key['account']}/{key['user']}"
        registered, *_ = await asyncio.gather(
            self._residents.find({"c": conversation}, limit=20, fields=["_id"]),
            self._registrations.find({"conversation": conversation}, limit=50),
            self._informings.find_one({"_id": number}),
        )
        row = await self._rows.find_one({"_id": row_id(number + BARE, registered[0]["_id"])})
        assert row is not None
        home = await self._residents.find({"h": row["h"]}, limit=50, fields=["_id"])
        await self._commit.update_each([_change(number, one["_id"]) for one in home])
        return web.json_response({"warning": number, "first": True, "text": ANSWERED})


def _change(number: int, person: int) -> tuple[dict[str, object], dict[str, object]]:
    confirmation = {
        "by": "household",
        "who": "0123456789abcdef0123456789abcdef",
        "said": "received",
        "how": "page",
        "at": builders.now(),
    }
    wanted = {"_id": row_id(number + BARE, person), "st": {"$lt": RowState.CONFIRMED.value}}
    return wanted, {"$set": {"st": RowState.CONFIRMED.value, "cf": confirmation}}


async def serve() -> None:
    """Serve until standard input ends; print both ports first."""
    async with joined() as stores:
        house = bench_house(stores)
        shipped = application(house, Accounts(), Platforms(wechat={}, alipay={}))
        shipped.router.add_get("/bench/cpu", cpu)
        bare = web.Application()
        bare.router.add_post("/confirm", Probe(stores.database).confirm)
        bare.router.add_get("/bench/cpu", cpu)
        await listening(shipped, bare, [])


if __name__ == "__main__":
    set_up("error")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
