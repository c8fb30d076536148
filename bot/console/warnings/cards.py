"""What the first page says of warnings."""

from dataclasses import dataclass

from data.civic.people import Role, Staff
from data.civic.sending.informing import Informing, InformingState
from data.civic.warning.events import Event
from handlers.acts import (
    call_duty,
    decide,
    read_events,
    read_informings,
    read_warnings,
    uninformed,
)
from handlers.acts.in_force import InForce
from handlers.acts.uninformed import COUNTS, Level
from handlers.office import Office

MOST = 20
"""Informings whose uninformed are counted for the first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """How it stands with warnings, for whoever has to do with them."""

    in_force: InForce | None
    calls: int | None
    """How often the duty officer is called and nobody has seen it; None: not this person's."""
    held: int | None
    """Messages that somebody has to decide on; None: not this person's."""
    to_sign: int | None
    """Decisions of others that wait for a signature; None: not this person's."""
    events: tuple[Event, ...]
    """Those that go on, the newest first; none: there are none, or they are not this person's."""
    going_on: tuple[Informing, ...]
    uninformed: int


async def cards_of(office: Office, staff: Staff) -> Cards | None:
    """Count what the first page shows; None: nothing of this person's roles."""
    if not staff.may(*read_warnings.IN_FORCE):
        return None
    going_on: list[Informing] = []
    left = 0
    if staff.may(*COUNTS):
        listed = await read_informings.listed(office, staff)
        going_on = [one for one in listed if _counts(one)][:MOST]
    for one in going_on:
        board = await uninformed.board(office, staff, one.id, level=Level.COUNTY)
        left += board.total.uninformed
    mine = staff.may(*call_duty.SEE)
    events = await read_events.events(office, staff) if staff.may(*read_events.READ) else ()
    settles = staff.may(*read_warnings.READ)
    return Cards(
        in_force=(await read_warnings.overview(office, staff)).in_force,
        calls=len(await call_duty.unseen(office, staff)) if mine else None,
        held=len((await read_warnings.unsettled(office, staff)).held) if settles else None,
        to_sign=len(await decide.signable(office, staff)) if staff.may(Role.CHIEF) else None,
        events=tuple(one for one in events if one.open),
        going_on=tuple(going_on),
        uninformed=left,
    )


def _counts(one: Informing) -> bool:
    """Say whether it goes on in earnest: who a drill has not reached is nobody's worry."""
    return one.state is InformingState.SENDING and not one.drill
