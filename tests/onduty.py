"""People on duty, for tests of the roster and of the calling."""

from dataclasses import replace
from datetime import datetime, timedelta

from data.civic.ids import AreaCode, ShiftId, StaffId
from data.civic.sending import ringing
from data.civic.sending.calls import CallNow
from data.civic.warning.duty import DutyCall, DutyKind
from data.civic.warning.shifts import DutyHolder, Post, Shift
from data.store.stores import Stores
from tests import builders
from tests.bulletins import COUNTY, LINPU, START

NUMBERS = {
    Post.OFFICER: "13900000001",
    Post.DEPUTY: "13900000002",
    Post.CHIEF: "13900000003",
}
NAMES = {Post.OFFICER: "王值班", Post.DEPUTY: "李副班", Post.CHIEF: "赵领导"}


def holder(post: Post = Post.OFFICER, **more: object) -> DutyHolder:
    given = {"post": post, "name": NAMES[post], "phone": NUMBERS[post]} | more
    return DutyHolder(**given)  # type: ignore[arg-type]


OFFICER, DEPUTY, CHIEF = (holder(post) for post in Post)


def shift(
    *holders: DutyHolder,
    area: AreaCode = COUNTY,
    begins: datetime = START,
    hours: float = 24,
    key: str = "",
) -> Shift:
    ends = begins + timedelta(hours=hours)
    return Shift(
        id=ShiftId(key or f"{area}/{begins:%m%d%H%M}"),
        area=area,
        begins=begins,
        ends=ends,
        holders=holders or (OFFICER, DEPUTY, CHIEF),
        made_by=StaffId("admin"),
    )


async def rostered(
    stores: Stores,
    *holders: DutyHolder,
    area: AreaCode = COUNTY,
    hours: float = 24,
    since: datetime | None = None,
) -> Shift:
    """Have these on duty, since an hour ago if nothing is said."""
    begins = since or builders.now() - timedelta(hours=1)
    one = shift(*holders, area=area, begins=begins, hours=hours + 1)
    await stores.shifts.add(one)
    return one


def duty_call(
    subject: str = "XS1",
    *,
    kind: DutyKind = DutyKind.DANGER,
    area: AreaCode = LINPU,
    at: datetime = START,
    about: str = "",
) -> DutyCall:
    return DutyCall(kind=kind, subject=subject, area=area, opened_at=at, about=about)


def dialled(call: DutyCall, holder: DutyHolder, at: datetime, *, turn: int = 1) -> DutyCall:
    """Have this person called."""
    rung = ringing.dialled(call, CallNow(holder=holder, turn=turn), at)
    handed = ringing.handed(rung, len(rung.dials), at)
    return replace(handed, version=call.version + 1)
