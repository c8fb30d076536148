"""Confirm a warning through HTTP, each citizen once, against the same bare database operations."""

from datetime import timedelta

import orjson

from data.civic.ids import ConversationId
from data.civic.labels import Channel
from data.civic.people import CitizenSession
from data.civic.sending.informing import Informing
from data.civic.talk.conversations import ConversationKey
from data.store.citizens import COLLECTION as SESSIONS
from data.store.citizens import to_document
from data.store.stores import Stores
from tests.bench.load import Load, load, measured_loads, post, serving
from tests.bench.measure import Measure
from tests.bench.warned import Bench, begin, make, merge

ROUNDS, EACH = 5, 2_000
"""Rounds, and citizens of each: 12,000 of those who are warned have a smartphone."""
LONGEST_S = 60.0

Citizen = tuple[str, str]
"""The token of a session, and its hash, under which it is kept."""


async def ratios(stores: Stores) -> list[Measure]:
    """Warn 200,000 people; have those with a smartphone confirm, ours and the probe's in turn."""
    bench = Bench.on(stores)
    informing = await begin(bench)
    await make(bench, informing)
    await merge(bench, await stores.slices.all(informing.id))
    citizens = await _signed_in(bench, informing)
    async with serving("tests.bench.confirming_server") as (ours, bare, *_):
        took = await _rounds(citizens, informing, int(ours), int(bare))
    return [measured_loads("confirmations through HTTP", 0.60, took)]


async def _rounds(
    citizens: list[Citizen], informing: Informing, ours: int, bare: int
) -> list[tuple[Load, Load]]:
    body = orjson.dumps({"warning": informing.id, "said": "received"})
    each = min(EACH, len(citizens) // ROUNDS)
    return [
        (
            await load(
                ours,
                lambda n: post("/api/v1/confirmations", body, token=citizens[n][0]),
                seconds=LONGEST_S,
                numbers=range(at, at + each),
            ),
            await load(
                bare,
                lambda n: post("/confirm", body, token=citizens[n][1]),
                seconds=LONGEST_S,
                numbers=range(at, at + each),
            ),
        )
        for at in range(0, each * ROUNDS, each)
    ]


async def _signed_in(bench: Bench, informing: Informing) -> list[Citizen]:
    """Open a session for everybody who is warned and has registered in the chat."""
    wanted = {"v": {"$gte": bench.areas[0], "$lt": f"{bench.areas[-1]}~"}, "c": {"$gt": ""}}
    found = await bench.residents.find(wanted, limit=1_000_000, fields=["c"])
    citizens, documents, now = [], [], bench.office.clock.now()
    for one in found:
        token = bench.office.ids.token()
        session = CitizenSession(
            token_hash=bench.office.seal.keyed_hash("citizen-session", token),
            key=_key(one["c"]),
            app_id="bench",
            created_at=now,
            expires_at=now + timedelta(days=1),
        )
        citizens.append((token, session.token_hash))
        documents.append(to_document(session))
    await bench.stores.database.collection(SESSIONS).insert_all(documents)
    return citizens


def _key(conversation: ConversationId) -> ConversationKey:
    channel, account, user = conversation.split("/")
    return ConversationKey(channel=Channel(channel), account=account, user=user)
