"""The table of the console's pages, each with who may open it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from data.civic.people import Role, Staff, StaffSession

PREFIX = "/console"
EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who has signed in, and by which session."""

    staff: Staff
    session: StaffSession


OpenPage = Callable[[web.Request], Awaitable[web.StreamResponse]]
StaffPage = Callable[[web.Request, Visitor], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page or a form's target, for staff who hold one of `roles`."""

    method: str
    path: str
    handler: StaffPage
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A page that stands open to whoever has not signed in."""

    method: str
    path: str
    handler: OpenPage


@dataclass(slots=True)
class Pages:
    """The pages of one group."""

    pages: list[Page | Door] = field(default_factory=list)

    def on(self, operation: str, *roles: Role) -> Callable[[StaffPage], StaffPage]:
        """Register a page, as "GET /tickets", for any of `roles`; none named: for all staff."""
        method, _, path = operation.partition(" ")

        def register(handler: StaffPage) -> StaffPage:
            held = frozenset(roles) or EVERYBODY
            page = Page(method=method, path=PREFIX + path, handler=handler, roles=held)
            self.pages.append(page)
            return handler

        return register

    def open(self, operation: str) -> Callable[[OpenPage], OpenPage]:
        """Register a page for everybody."""
        method, _, path = operation.partition(" ")

        def register(handler: OpenPage) -> OpenPage:
            self.pages.append(Door(method=method, path=PREFIX + path, handler=handler))
            return handler

        return register
