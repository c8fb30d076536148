"""The telephones of people on duty: each is rung for one call at a time, by all workers together.

Rung for two at once, the second finds the line busy, and counts as an attempt made in vain.
"""

from data.civic.ids import DutyCallId
from handlers.office import Office

RINGS_S = 60.0
"""So long a line is kept where no gateway tells how the attempt ended."""


async def take_line(office: Office, phone: str, call: DutyCallId) -> bool:
    """Keep a line for a call; False: another call has it. Idempotent: it is kept longer."""
    return await office.stores.leases.take(_name(office, phone), call, seconds=RINGS_S)


async def free_line(office: Office, phone: str, call: DutyCallId) -> None:
    """Let other calls have the line at once. Idempotent; what another call has stays."""
    await office.stores.leases.give_back(_name(office, phone), call)


def _name(office: Office, phone: str) -> str:
    return f"calls/line/{office.seal.keyed_hash('duty-line', phone)}"
