"""Take what gateways tell afterwards: of a message or call of an informing, or of others'."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from data.civic.errors import BadInput, NotFound
from data.civic.sending.batches import referred
from data.civic.sending.receipts import GatewayReceipt, Told, said_by
from data.civic.sending.rows import Rung
from handlers.acts import call_answer, receipts
from handlers.office import Office

Taker = Callable[[Office, GatewayReceipt], Awaitable[None]]

TAKERS: Mapping[str, Taker] = {"call": call_answer.take_receipt}
"""Who takes receipts of other references: how these begin, before the first `-` → the act."""


async def take(office: Office, found: Sequence[GatewayReceipt], *, by: Rung | None) -> list[str]:
    """Write receipts; tell the references that nobody knows. Idempotent, in any order.

    `by` is the way that the gateway carries; it can tell of no other. None: of no informing.
    """
    unknown = []
    for one in found:
        try:
            await _take(office, one, by)
        except (BadInput, NotFound):
            unknown.append(one.reference)
    return unknown


async def _take(office: Office, one: GatewayReceipt, by: Rung | None) -> None:
    taker = TAKERS.get(one.reference.partition("-")[0])
    if taker is not None:
        await taker(office, one)
        return
    _, _, rung, _ = referred(one.reference)
    if rung is not by:
        raise BadInput("this gateway carries another way than the reference names")
    said = said_by(one.answer) if one.told is Told.ANSWERED else None
    if said is None:
        await receipts.receive(office, one.reference, one.told.row)
        return
    await receipts.answered(office, one.reference, said)
