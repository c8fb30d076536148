"""Send to some people by one way: what the messenger must know of them, and how each ended."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from bot.channels.messengers import PATIENCE_S, Messenger, Needs, Outgoing
from data.civic.errors import PlatformRefused, PlatformUnavailable
from data.civic.ids import PersonId
from data.civic.safety.rosters import Person
from data.civic.sending.batches import Sent
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Ending, Row
from handlers.office import Office

log = structlog.get_logger()


async def sent_by(
    messenger: Messenger,
    office: Office,
    informing: Informing,
    rows: Sequence[Row],
    patience_s: float,
) -> Sequence[Sent]:
    """Send; where no answer comes in time, nothing is known of any of them."""
    outgoing = await _outgoing(messenger, office, informing, rows)
    try:
        async with asyncio.timeout(min(PATIENCE_S, patience_s)):
            return await messenger.send(outgoing)
    except (TimeoutError, PlatformUnavailable, PlatformRefused) as error:
        what = type(error).__name__
        log.warning("batch not answered", way=messenger.rung.name.lower(), error=what)
        return [one.ended(Ending.UNKNOWN, error=what) for one in outgoing]


async def _outgoing(
    messenger: Messenger, office: Office, informing: Informing, rows: Sequence[Row]
) -> list[Outgoing]:
    people = await _people(messenger, office, rows)
    rung, words, drill = messenger.rung, informing.words, informing.drill
    text = words.by(rung)
    return [
        Outgoing(
            informing=informing.id,
            person=row.resident,
            rung=rung,
            number=row.attempts + 1,
            village=row.village,
            grid=row.grid,
            text=text,
            fields=words.fields,
            conversation=person.conversation if person else None,
            phone=person.phone if person and messenger.needs is Needs.PHONE else None,
            drill=drill,
        )
        for row in rows
        for person in [people.get(row.resident)]
    ]


async def _people(
    messenger: Messenger, office: Office, rows: Sequence[Row]
) -> Mapping[PersonId, Person]:
    """Open of each only what the messenger needs."""
    if messenger.needs is Needs.NOTHING:
        return {}
    found = await office.stores.residents.some([row.resident for row in rows])
    return {person.id: person for person in found}
