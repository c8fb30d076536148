"""What the first page shows an administrator: accounts, who is called, who answers for whom."""

from dataclasses import dataclass

from data.civic.people import Staff
from handlers.acts import duty_roster, grid_gaps, grids, manage_staff
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingUp:
    """How far an office is set up."""

    accounts: int
    """Accounts in use, the own one too."""
    unmanned: int
    """Stretches of this week in which nobody is on duty."""
    gaps: int | None
    """Grids for which nobody answers; None: there are no grids yet."""


async def setting_up_of(office: Office, staff: Staff) -> SettingUp | None:
    """Count what is set up; None: this is not for this person to do."""
    if not staff.may(*manage_staff.MANAGE):
        return None
    everybody = await manage_staff.everybody(office, staff)
    week = await duty_roster.plan(office, staff, since=office.clock.now())
    some = await grids.listed(office, staff)
    return SettingUp(
        accounts=sum(one.active for one in everybody),
        unmanned=len(week.gaps),
        gaps=len(await grid_gaps.gaps(office, staff)) if some else None,
    )
