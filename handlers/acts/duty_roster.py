"""The duty roster (值班表): who is to be called now, this week's plan, and its gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, ShiftId, StaffId
from data.civic.people import Role, Staff
from data.civic.telephones import telephone
from data.civic.warning import shifts
from data.civic.warning.shifts import DutyHolder, Gap, Post, Shift
from handlers.acts.note import note
from handlers.office import Office

EDIT = (Role.ADMIN, Role.CHIEF)
SEE = (*EDIT, Role.DUTY)
LONGEST_NAME = 30
MOST_TIMES = 62
WEEK = timedelta(days=7)
_SIZES = (2, 4, 6, 9, 12)


class Every(StrEnum):
    """How a shift comes again."""

    DAY = "day"
    WEEK = "week"

    @property
    def step(self) -> timedelta:
        """Tell the time from one to the next."""
        return timedelta(days=1) if self is Every.DAY else WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHolder:
    """Who is to be on duty, as staff write it."""

    post: Post
    name: str = field(repr=False)
    phone: str = field(repr=False)
    login: str = ""
    """The account of staff; empty: none."""
    workapp: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShift:
    """A shift that is to stand on the roster, once or again and again."""

    area: AreaCode
    begins: datetime
    ends: datetime
    holders: tuple[NewHolder, ...]
    every: Every = Every.DAY
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A roster between two moments."""

    area: AreaCode
    since: datetime
    until: datetime
    now: tuple[DutyHolder, ...]
    """Who is to be called at this moment, in the order of calling."""
    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...]
    """When there is nobody to be called for this area, here or in the areas around it."""


async def on_duty(office: Office, area: AreaCode) -> tuple[DutyHolder, ...]:
    """Tell who is to be called now for something in an area; none: nobody is on duty."""
    now = office.clock.now()
    standing = await office.stores.shifts.of_areas(_around(area), now, now)
    return shifts.on_duty(standing, area, now)


async def plan(office: Office, staff: Staff, *, since: datetime) -> Plan:
    """Show a week of the own area, and of the areas in it.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SEE)
    until = since + WEEK
    inside = await office.stores.shifts.within(staff.area, since, until)
    called = await office.stores.shifts.of_areas(_around(staff.area), since, until)
    return Plan(
        area=staff.area,
        since=since,
        until=until,
        now=await on_duty(office, staff.area),
        shifts=tuple(inside),
        gaps=shifts.gaps(called, since=since, until=until),
    )


async def add(office: Office, staff: Staff, new: NewShift) -> list[Shift]:
    """Put a shift on the roster, as often as it comes again.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: an account that is named is not there.
        BadInput: area, times, names or telephones are not as they must be.
    """
    staff.must(*EDIT, area=new.area)
    if new.area not in office.release.places.areas:
        raise BadInput(f"no area {new.area}: give the county, a town or a village")
    if not 1 <= new.times <= MOST_TIMES:
        raise BadInput(f"a shift comes again at most {MOST_TIMES} times")
    holders = tuple([await _holder(office, one) for one in new.holders])
    made = [_shift(office, staff, new, holders, new.every.step * n) for n in range(new.times)]
    for one in made:
        await office.stores.shifts.add(one)
        await note(office, staff.id, "duty.shift", one.id, f"{one.area}")
    return made


async def take_off(office: Office, staff: Staff, shift: ShiftId) -> None:
    """Take a shift off the roster. Idempotent.

    Raises:
        Refused: the role is not held, or the area is another's.
        Conflict: it is over: who was on duty then stays on record.
    """
    staff.must(*EDIT)
    found = await office.stores.shifts.get(shift)
    if found is None:
        return
    staff.must(*EDIT, area=found.area)
    if found.ends <= office.clock.now():
        raise Conflict("this shift is over: it stays on record")
    if await office.stores.shifts.take_off(shift):
        await note(office, staff.id, "duty.shift_off", shift, f"{found.area}")


def _shift(
    office: Office,
    staff: Staff,
    new: NewShift,
    holders: tuple[DutyHolder, ...],
    later: timedelta,
) -> Shift:
    return Shift(
        id=ShiftId(office.ids.new()),
        area=new.area,
        begins=new.begins + later,
        ends=new.ends + later,
        holders=holders,
        made_by=staff.id,
    )


async def _holder(office: Office, new: NewHolder) -> DutyHolder:
    name, phone = new.name.strip(), telephone(new.phone)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput(f"{new.post}: give a name of at most {LONGEST_NAME} characters")
    if phone is None:
        raise BadInput(f"{new.post}: give a telephone of this country")
    return DutyHolder(
        post=new.post,
        name=name,
        phone=phone,
        staff=await _account(office, new.login.strip()),
        workapp=new.workapp.strip(),
    )


async def _account(office: Office, login: str) -> StaffId | None:
    if not login:
        return None
    found = await office.stores.staff.by_login(login)
    if found is None:
        raise NotFound(f"nobody has the login {login}: leave it empty, or correct it")
    return found.id


def _around(area: AreaCode) -> Sequence[AreaCode]:
    """List the areas in which an area lies, from the province down to itself."""
    return [AreaCode(area[:size]) for size in _SIZES if size <= len(area)]
