"""The limit probes: bare aiohttp handlers, one static, one with the walk's database operations."""

from aiohttp import web

from data.store.batching import GroupCommit
from data.store.mongo import Database

SESSION = {"_id": "session", "user": "openid-0123456789abcdef", "app": "wx0123456789abcdef"}
WORDS = "身份证丢了，可以申请补领。请带上户口簿，到户籍派出所办理。" * 20
"""As long as a guide's overview in one version; the walk keeps three."""


class Probe:
    """Does with the database what one message does, and nothing else."""

    def __init__(self, database: Database) -> None:
        self._sessions = database.collection("bench_sessions")
        self._messages = database.collection("bench_messages")
        self._talks = database.collection("bench_conversations")
        self._insert = GroupCommit(self._messages)
        self._replace = GroupCommit(self._talks)

    async def prepare(self) -> None:
        """Put what is read."""
        await self._sessions.update({"_id": "session"}, {"$set": {"user": "u"}}, upsert=True)

    async def talk(self, request: web.Request) -> web.Response:
        """Two reads, three group-committed writes, answered when durable."""
        said = await request.json()
        await self._sessions.find_one({"_id": "session"})
        key = said["client_message_id"]
        user = f"talk-{key.partition('-')[0]}"
        await self._insert.insert({"_id": key, "conversation": user, "text": said["text"]})
        found = await self._talks.find_one({"_id": user})
        version = found["version"] if found else 0
        await self._replace.replace(
            {"_id": user}, {"_id": user, "version": version + 1, "topic": "id_card_replace"}
        )
        await self._insert.update(
            {"_id": key}, {"$set": {"state": "finished", "full": WORDS, "plain": WORDS[:100]}}
        )
        return web.json_response({"message_id": key, "parts": [{"kind": "say", "text": WORDS}]})


async def static(_: web.Request) -> web.Response:
    """Answer with the same words each time."""
    return web.json_response({"text": WORDS})
