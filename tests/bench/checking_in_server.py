"""The server of the bench of check-ins, a process of its own: the shipped door and the probe.

The probe does with the database what one check-in does, and nothing else: the same reads, the same
group-committed writes, the same two steps of the audit chain, one after the other.
"""

import asyncio

import uvloop
from aiohttp import web

from bot.accounts import Accounts
from bot.app import application
from bot.channels.platforms import Platforms
from bot.logs import set_up
from data.store.batching import GroupCommit
from data.store.mongo import Database
from tests import builders
from tests.bench.checking_in import beside
from tests.bench.province import joined
from tests.bench.server import cpu, listening
from tests.bench.warned import bench_house

SEALED = b"x" * 60
LAST = [("_id", -1)]


class Probe:
    """Checks in with bare queries, into collections beside ours."""

    def __init__(self, database: Database) -> None:
        self._found = {
            name: database.collection(name)
            for name in (
                *("api_tokens", "staff", "events", "shelters", "code_keys", "credentials"),
                *("residents", "informings"),
            )
        }
        self._doors = GroupCommit(database.collection("bare_doors"))
        self._scans = GroupCommit(database.collection("bare_scans"))
        self._read = database.collection("bare_scans")
        self._stays = database.collection("bare_stays")
        self._steps = database.collection("bare_steps")
        self._audit = database.collection("bare_audit")
        self._inside = database.collection("bare_doors")
        self._mine = asyncio.Lock()

    async def check_in(self, request: web.Request) -> web.Response:
        """Read who, where and whose; take a place; keep the scan, the stay, the step, the deed."""
        said = await request.json()
        await self._found["api_tokens"].find_one({"_id": "none"})
        await self._found["staff"].find_one({"_id": "none"})
        await asyncio.gather(
            self._found["events"].find_one({"_id": said["event"]}),
            self._found["shelters"].find_one({"_id": said["shelter"]}),
        )
        await self._found["code_keys"].find({}, limit=2, sort=LAST)
        await self._found["credentials"].find({"_id": {"$in": ["none"]}}, limit=1)
        await self._found["residents"].find({"_id": {"$in": [said["counter"] + 1]}}, limit=1)
        field = f"inside.{said['id']}"
        await self._doors.update(
            {"_id": "hall", "people": {"$lte": 20_000}, field: {"$exists": False}},
            {"$set": {field: [1, 0, 0]}, "$inc": {"people": 1}},
            upsert=True,
        )
        await self._scans.insert({"_id": said["id"], "sealed": SEALED, "counter": said["counter"]})
        await asyncio.gather(self._stay(said), self._trace(said), self._deed(said))
        inside = await self._inside.find({"_id": {"$in": ["hall"]}}, limit=1, fields=["people"])
        return web.json_response({"outcome": "in", "inside": inside[0]["people"]})

    async def _stay(self, said: dict[str, object]) -> None:
        wanted = {"_id": {"$in": [said["id"]]}}
        await self._read.find(wanted, limit=1)
        await self._stays.replace({"_id": said["id"]}, {"_id": said["id"], "n": 1}, upsert=True)
        await self._stays.find(wanted, limit=1, fields=["n"])

    async def _trace(self, said: dict[str, object]) -> None:
        await self._steps.insert_all([{"_id": said["id"], "sealed": SEALED, "at": builders.now()}])
        await self._found["informings"].find({"state": 0}, limit=10)

    async def _deed(self, said: dict[str, object]) -> None:
        async with self._mine:
            last = await self._audit.find({}, sort=LAST, limit=1)
            number = last[0]["_id"] + 1 if last else 1
            await self._audit.insert({"_id": number, "subject": said["id"], "hash": "0" * 64})


async def serve() -> None:
    """Serve until standard input ends; print both ports first."""
    async with joined() as stores:
        own = beside(stores)
        house = bench_house(own)
        shipped = application(house, Accounts(), Platforms(wechat={}, alipay={}))
        shipped.router.add_get("/bench/cpu", cpu)
        bare = web.Application()
        bare.router.add_post("/stays", Probe(own.database).check_in)
        bare.router.add_get("/bench/cpu", cpu)
        await listening(shipped, bare, [])
        await own.drain()


if __name__ == "__main__":
    set_up("error")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
