"""All that the house keeps, in one bundle."""

import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from typing import Any, cast

from data.civic.ports import Seal
from data.store.aftermath import Deletions, EventFiles
from data.store.announcements import Announcements
from data.store.appeals import Appeals
from data.store.audit import AuditLog
from data.store.boards import Boards
from data.store.cases import Cases
from data.store.citizens import CitizenSessions
from data.store.code_keys import CodeKeys
from data.store.conversations import Conversations
from data.store.counters import Counters
from data.store.credentials import Credentials
from data.store.decided import Decisions, Events, Notices, Orders, Responses, Returns
from data.store.doors import Doors
from data.store.drafts import Drafts
from data.store.duty_calls import DutyCalls
from data.store.feeds import Feeds
from data.store.followings import Followings
from data.store.grids import Grids
from data.store.handles import Handles
from data.store.hazards import HazardReports, Hazards
from data.store.households import Households
from data.store.informings import Informings
from data.store.leases import Leases
from data.store.marks import MarkLists, Marks
from data.store.mates import Mates
from data.store.messages import MessageLog
from data.store.mongo import DOORS_MS, Database, connect
from data.store.moved_rows import MovedRows
from data.store.outbox import Outbox
from data.store.outcomes import Outcomes
from data.store.papers import Papers
from data.store.platform_tokens import PlatformTokens
from data.store.question_groups import QuestionGroups
from data.store.registrations import Registrations
from data.store.releases import Releases
from data.store.relief import Issues, ReliefItems, Supplies
from data.store.reminders import Reminders
from data.store.residents import Residents
from data.store.restores import Restores
from data.store.risk_classes import RiskClasses
from data.store.roster_changes import RosterChanges
from data.store.rows import Rows
from data.store.scans import Scans
from data.store.sends import Sends
from data.store.shelters import Shelters
from data.store.shifts import Shifts
from data.store.shipped_files import ShippedFiles
from data.store.signals import Signals
from data.store.slices import Slices
from data.store.staff import StaffFile
from data.store.staff_sessions import StaffSessions
from data.store.stays import StayBook
from data.store.subscriptions import Subscriptions
from data.store.switches import Switches
from data.store.tickets import Tickets
from data.store.to_inform import ToInformBox
from data.store.tokens import ApiTokens
from data.store.trials import Trials
from data.store.unanswered import UnansweredQuestions
from data.store.villages import Villages
from data.store.warnings import Warnings
from data.store.whereabouts import Whereabouts
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
    shipped_files: ShippedFiles
    reminders: Reminders
    drafts: Drafts
    switches: Switches
    leases: Leases
    outcomes: Outcomes
    citizens: CitizenSessions
    staff: StaffFile
    staff_sessions: StaffSessions
    tokens: ApiTokens
    audit: AuditLog
    trials: Trials
    unanswered: UnansweredQuestions
    question_groups: QuestionGroups
    windows: Windows
    subscriptions: Subscriptions
    followings: Followings
    platform_tokens: PlatformTokens
    residents: Residents
    households: Households
    registrations: Registrations
    villages: Villages
    grids: Grids
    feeds: Feeds
    warnings: Warnings
    signals: Signals
    events: Events
    decisions: Decisions
    responses: Responses
    orders: Orders
    returns: Returns
    notices: Notices
    to_inform: ToInformBox
    informings: Informings
    roster_changes: RosterChanges
    slices: Slices
    rows: Rows
    moved_rows: MovedRows
    mates: Mates
    sends: Sends
    boards: Boards
    announcements: Announcements
    duty_calls: DutyCalls
    whereabouts: Whereabouts
    marks: Marks
    mark_lists: MarkLists
    appeals: Appeals
    hazards: Hazards
    hazard_reports: HazardReports
    risk_classes: RiskClasses
    credentials: Credentials
    code_keys: CodeKeys
    shifts: Shifts
    handles: Handles
    papers: Papers
    event_files: EventFiles
    deletions: Deletions
    restores: Restores
    relief_items: ReliefItems
    supplies: Supplies
    relief_issues: Issues
    shelters: Shelters
    doors: Doors
    scans: Scans
    stays: StayBook

    @classmethod
    def of(cls, database: Database, seal: Seal) -> "Stores":
        """Put the repositories on a database; those that hide what they keep are given the seal."""
        made = {
            one.name: _opened(cast("type[object]", one.type), database, seal)
            for one in fields(cls)
            if one.name != "database"
        }
        return cls(database=database, **made)

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
        written = (self.messages, self.conversations, self.outbox)
        for one in (*written, self.unanswered, self.question_groups, self.outcomes):
            await one.stop()
        await self.rows.stop()
        await self.scans.stop()
        await self.doors.stop()
        await self.boards.stop()

    async def stop(self) -> None:
        """Write what waits to be written, then disconnect; a second call does nothing."""
        try:
            await self.drain()
        finally:
            await self.database.close()


def _opened(repository: type[Any], database: Database, seal: Seal) -> Any:
    takes = inspect.signature(repository).parameters
    return repository(database, seal) if "seal" in takes else repository(database)
