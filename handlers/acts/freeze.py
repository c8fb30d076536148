"""Freeze ordinary publishing for the time of an emergency, and thaw it again."""

from data.civic.knowing.switches import FREEZE, Switch
from data.civic.people import Role, Staff
from handlers.acts.note import note
from handlers.acts.review_draft import reasoned
from handlers.office import Office


async def frozen(office: Office) -> Switch | None:
    """Tell who froze ordinary publishing, when and why; None: it goes its way."""
    switch = await office.stores.switches.get(FREEZE)
    return switch if switch is not None and switch.on else None


async def freeze(office: Office, staff: Staff, reason: str) -> None:
    """Let ordinary publishing stand still; what is signed waits. Idempotent.

    Raises:
        Refused: the role is not held.
        BadInput: no reason is given, or it is too long.
    """
    staff.must(Role.CHIEF)
    text = reasoned(reason)
    if await frozen(office) is None:
        await _turn(office, staff, text, on=True)
        await note(office, staff.id, "publishing.freeze", FREEZE, purpose=text)


async def thaw(office: Office, staff: Staff) -> None:
    """Let ordinary publishing go on. Idempotent.

    Raises:
        Refused: the role is not held.
    """
    staff.must(Role.CHIEF)
    if await frozen(office) is not None:
        await _turn(office, staff, "", on=False)
        await note(office, staff.id, "publishing.thaw", FREEZE)


async def _turn(office: Office, staff: Staff, reason: str, *, on: bool) -> None:
    switch = Switch(name=FREEZE, on=on, by=staff.id, at=office.clock.now(), reason=reason)
    await office.stores.switches.put(switch)
