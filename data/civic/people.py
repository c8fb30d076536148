"""Staff: who works here, in which roles, for which area; and who is signed in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.areas import within
from data.civic.errors import Refused
from data.civic.ids import AreaCode, StaffId
from data.civic.talk.conversations import ConversationKey


class Role(StrEnum):
    """What somebody may do; one person may hold several."""

    AGENT = "agent"
    """坐席: answers waiting citizens, handles tickets."""
    EDITOR = "editor"
    """拟稿: writes answers."""
    REVIEWER = "reviewer"
    """审核: approves answers."""
    DUTY = "duty"
    """值班: sees reports of danger, and what the feeds of warnings bring."""
    CHIEF = "chief"
    """带班领导: opens and closes events, signs what the county decides."""
    SHELTER = "shelter"
    """安置点: checks people in and out, hands out relief."""
    GRID = "grid"
    """网格员: answers for the people of a grid, knocks at doors."""
    ADMIN = "admin"
    """系统管理员: accounts and settings."""
    AUDITOR = "auditor"
    """审计管理员: reads who did what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """An app that shows codes, and the recovery codes for the day it is lost."""

    sealed: bytes = field(repr=False)
    """The app's secret, sealed for this member of staff."""
    since: datetime
    last_step: int = 0
    """The newest step of time whose code was taken: no code is taken twice."""
    recovery: tuple[str, ...] = field(repr=False)
    """Keyed hashes of the recovery codes that are not used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One member of staff."""

    id: StaffId
    login: str
    name: str
    roles: frozenset[Role]
    area: AreaCode
    department: str = ""
    password_hash: str = field(repr=False)
    active: bool = True
    failed_logins: int = 0
    locked_until: datetime | None = None
    must_change: bool = False
    """The password was made by somebody else: it opens only the page for a new one."""
    second: SecondFactor | None = None
    enrolling: bytes | None = field(default=None, repr=False)
    """The sealed secret of an app that has not shown its first code yet."""
    toured_at: datetime | None = None
    """When the tour of the first day was finished."""
    version: int = 0

    def may(self, *roles: Role, area: AreaCode | None = None) -> bool:
        """Say whether one of `roles` is held, and `area`, if given, lies in the own area."""
        inside = area is None or within(area, self.area)
        return self.active and inside and bool(self.roles & set(roles))

    def must(self, *roles: Role, area: AreaCode | None = None) -> None:
        """Insist on one of `roles`, and on the area.

        Raises:
            Refused: the role is not held, or the area is another's.
        """
        if not self.may(*roles, area=area):
            wanted = " or ".join(roles)
            raise Refused(f"{self.login} needs the role {wanted} in area {area or self.area}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenSession:
    """A citizen who has signed in through a platform; the token itself is never kept."""

    token_hash: str
    key: ConversationKey
    app_id: str
    """The app that the token is bound to."""
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSession:
    """A member of staff who has signed in at the console."""

    token_hash: str
    staff: StaffId
    csrf: str = field(repr=False)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    half: bool = False
    """The password was right, the code is still to be given: it opens nothing else."""
    browser: str = ""
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A key to `api/staff` that a member of staff has made; only its hash is kept."""

    hash: str
    name: str
    """What it is for, in the maker's words."""
    staff: StaffId
    created_at: datetime
    expires_at: datetime
    revoked: bool = False
