"""Carry a batch through a gateway: what can go is handed over at once, and each is told of."""

from collections.abc import Callable, Mapping, Sequence

import structlog

from bot.channels.calling import NothingSent
from bot.channels.gateway import Gateway, Handed, Item
from bot.channels.messengers import Outgoing
from data.civic.errors import PlatformRefused, PlatformUnavailable
from data.civic.sending.batches import Sent
from data.civic.sending.refusals import WhyNot
from data.civic.sending.retries import GATEWAY, Reaction, reaction
from data.civic.sending.rows import Ending

log = structlog.get_logger()


async def carried(
    gateway: Gateway,
    path: str,
    batch: Sequence[Outgoing],
    item: Callable[[Outgoing], Item],
    *,
    longest: int,
) -> list[Sent]:
    """Hand a batch over to a gateway that reaches telephones; `longest` is in characters."""
    barred = {one.person: why for one in batch if (why := _why_not(gateway, one, longest))}
    going = [one for one in batch if one.person not in barred]
    told = await _handed(gateway, path, going, item) if going else {}
    return [
        one.ended(Ending.REFUSED, error=barred[one.person])
        if one.person in barred
        else told[one.reference]
        for one in batch
    ]


def _why_not(gateway: Gateway, one: Outgoing, longest: int) -> WhyNot | None:
    if one.drill and not gateway.account.for_drills:
        return WhyNot.DRILL
    if not one.phone:
        return WhyNot.NO_PHONE
    return WhyNot.TOO_LONG if len(one.text) > longest else None


async def _handed(
    gateway: Gateway, path: str, going: Sequence[Outgoing], item: Callable[[Outgoing], Item]
) -> dict[str, Sent]:
    try:
        told = await gateway.hand_over(path, [item(one) for one in going])
    except NothingSent:
        return _alike(going, Ending.BUSY, WhyNot.BUSY)
    except PlatformUnavailable as error:
        log.warning("gateway silent", account=gateway.account.name, error=str(error))
        return _alike(going, Ending.UNKNOWN, WhyNot.NO_ANSWER)
    except PlatformRefused as error:
        log.warning("gateway refuses", account=gateway.account.name, code=error.code)
        return _alike(going, Ending.REFUSED, error.code)
    wrong = {one.code for one in told.values() if _for_staff(one)}
    if wrong:
        log.error("gateway refuses", account=gateway.account.name, code=sorted(wrong))
    return {one.reference: _ended(one, told) for one in going}


def _ended(one: Outgoing, told: Mapping[str, Handed]) -> Sent:
    handed = told.get(one.reference, Handed())
    if handed.id:
        return one.ended(Ending.ACCEPTED, provider_id=handed.id)
    if not handed.code:
        return one.ended(Ending.UNKNOWN, error=WhyNot.NO_ANSWER)
    what = reaction(GATEWAY, handed.code)
    later = what is Reaction.AGAIN or what.rests
    return one.ended(Ending.BUSY if later else Ending.REFUSED, error=handed.code)


def _for_staff(one: Handed) -> bool:
    return not one.id and reaction(GATEWAY, one.code) is Reaction.TELL_STAFF


def _alike(going: Sequence[Outgoing], ending: Ending, error: str) -> dict[str, Sent]:
    return {one.reference: one.ended(ending, error=error) for one in going}
