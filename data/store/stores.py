"""All that the house keeps, in one bundle."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from data.civic.ports import Seal
from data.store.audit import AuditLog
from data.store.cases import Cases
from data.store.citizens import CitizenSessions
from data.store.conversations import Conversations
from data.store.counters import Counters
from data.store.messages import MessageLog
from data.store.mongo import DOORS_MS, Database, connect
from data.store.outbox import Outbox
from data.store.platform_tokens import PlatformTokens
from data.store.releases import Releases
from data.store.staff import StaffFile
from data.store.staff_sessions import StaffSessions
from data.store.tickets import Tickets
from data.store.tokens import ApiTokens
from data.store.unanswered import UnansweredQuestions
from data.store.windows import Windows


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Every repository, on one database."""

    database: Database
    messages: MessageLog
    conversations: Conversations
    outbox: Outbox
    tickets: Tickets
    cases: Cases
    counters: Counters
    releases: Releases
    citizens: CitizenSessions
    staff: StaffFile
    staff_sessions: StaffSessions
    tokens: ApiTokens
    audit: AuditLog
    unanswered: UnansweredQuestions
    windows: Windows
    platform_tokens: PlatformTokens

    @classmethod
    def of(cls, database: Database, seal: Seal) -> "Stores":
        """Put the repositories on a database."""
        return cls(
            database=database,
            messages=MessageLog(database, seal),
            conversations=Conversations(database),
            outbox=Outbox(database),
            tickets=Tickets(database),
            cases=Cases(database),
            counters=Counters(database),
            releases=Releases(database),
            citizens=CitizenSessions(database),
            staff=StaffFile(database),
            staff_sessions=StaffSessions(database),
            tokens=ApiTokens(database),
            audit=AuditLog(database),
            unanswered=UnansweredQuestions(database),
            windows=Windows(database),
            platform_tokens=PlatformTokens(database, seal),
        )

    @classmethod
    @asynccontextmanager
    async def open(
        cls, uri: str, *, seal: Seal, name: str = "bianmin", timeout_ms: int | None = DOORS_MS
    ) -> AsyncIterator["Stores"]:
        """Connect, and at the end write what waits and disconnect.

        Raises:
            Mistakes: the address cannot be read.
        """
        stores = cls.of(await connect(uri, name=name, timeout_ms=timeout_ms), seal)
        try:
            yield stores
        finally:
            await stores.stop()

    async def drain(self) -> None:
        """Write what waits to be written, and take no more."""
        for one in (self.messages, self.conversations, self.outbox, self.unanswered):
            await one.stop()

    async def stop(self) -> None:
        """Write what waits to be written, then disconnect; a second call does nothing."""
        try:
            await self.drain()
        finally:
            await self.database.close()
