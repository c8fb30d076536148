"""Load the demo's duty roster: the sample staff take turns, so that somebody is on duty."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from data.civic.calendar import local
from data.civic.ids import ShiftId, StaffId
from data.civic.people import Role
from data.civic.warning.shifts import DutyHolder, Post, Shift
from data.content.shapes.seeds import StaffSeed
from handlers.acts.duty_roster import on_duty
from handlers.office import Office

DAYS = 14
MORNING = 8
"""The hour of handing over."""
_POSTS: Mapping[Post, Role] = {
    Post.OFFICER: Role.DUTY,
    Post.DEPUTY: Role.ADMIN,
    Post.CHIEF: Role.CHIEF,
}


async def load_duty(
    office: Office, samples: Sequence[StaffSeed], staff: Mapping[str, StaffId]
) -> None:
    """Put two weeks on the roster where nobody is on duty now. Idempotent.

    `staff` are the ids of accounts by log-in name. All have the one telephone of samples.
    """
    if await on_duty(office, office.release.places.county):
        return
    today = local(office.clock.now() - timedelta(hours=MORNING))
    first = today.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    holders = tuple(
        _holder(post, sample, staff, office.release.rules.hotline)
        for post, role in _POSTS.items()
        for sample in [one for one in samples if one.role is role][:1]
    )
    for day in range(DAYS):
        shift = Shift(
            id=ShiftId(office.ids.new()),
            area=office.release.places.county,
            begins=first + timedelta(days=day),
            ends=first + timedelta(days=day + 1),
            holders=holders,
            made_by=StaffId("demo"),
        )
        await office.stores.shifts.add(shift)


def _holder(post: Post, sample: StaffSeed, staff: Mapping[str, StaffId], phone: str) -> DutyHolder:
    return DutyHolder(
        post=post,
        name=sample.name,
        phone=phone,
        staff=staff[sample.login],
        workapp=sample.login,
    )
