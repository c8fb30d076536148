"""Send to some people by one way: what the messenger must know of them, and how each ended."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from bot.channels.messengers import PATIENCE_S, Messenger, Needs, Outgoing
from data.civic.errors import PlatformRefused, Unavailable
from data.civic.ids import ConversationId, PersonId
from data.civic.sending.batches import Group, Sent
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Ending
from handlers.office import Office

log = structlog.get_logger()


async def sent_by(
    messenger: Messenger, outgoing: Sequence[Outgoing], patience_s: float
) -> Sequence[Sent]:
    """Send; where no answer comes in time, nothing is known of any of them."""
    try:
        async with asyncio.timeout(min(PATIENCE_S, patience_s)):
            return await messenger.send(outgoing)
    except (TimeoutError, Unavailable, PlatformRefused) as error:
        what = type(error).__name__
        log.warning("batch not answered", way=messenger.rung.name.lower(), error=what)
        return [one.ended(Ending.UNKNOWN, error=what) for one in outgoing]


async def outgoing_of(
    messenger: Messenger, office: Office, informing: Informing, groups: Sequence[Group]
) -> list[Outgoing]:
    """Write what is to be sent; before the batch is written down, for this may still fail."""
    people = await _people(messenger, office, groups)
    rung, words, drill = messenger.rung, informing.words, informing.drill
    text, nobody = words.by(rung), (None, None)
    return [
        Outgoing(
            informing=informing.id,
            person=member.person,
            rung=rung,
            number=standing.attempts + 1,
            village=member.village,
            grid=member.grid,
            text=text,
            fields=words.fields,
            conversation=people.get(member.person, nobody)[0],
            phone=people.get(member.person, nobody)[1],
            drill=drill,
        )
        for standing, members in groups
        for member in members
    ]


async def _people(
    messenger: Messenger, office: Office, groups: Sequence[Group]
) -> Mapping[PersonId, tuple[ConversationId | None, str | None]]:
    """Open of each only what the messenger needs: the conversation, or the telephone as well."""
    if messenger.needs is Needs.NOTHING:
        return {}
    wanted = [member.person for _, members in groups for member in members]
    phone = messenger.needs is Needs.PHONE
    found = await office.stores.residents.some(wanted)
    return {one.id: (one.conversation, one.phone if phone else None) for one in found}
