"""Tell who follows a place of the warnings there: once each, by template, else in the chat.

At most one message: whoever is taken is marked before anything is sent. They are told beside the
roster, and are counted as informed by nothing but their own answer.
"""

import structlog

from bot.channels.messengers import Messengers, Outgoing
from bot.workers.batch_sending import sent_by
from data.civic.areas import Gazetteer
from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.sending.followings import Following, concerns
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.rows import Ending, Rung
from handlers.acts.speaks_for import own_people
from handlers.office import Office

LOOK_FOR_FOLLOWERS_S = 1.0
NOBODY = PersonId(0)
WAYS = (Rung.SUBSCRIPTION, Rung.CHAT)
PATIENCE_S = 30.0
SIZES = (6, 9)
"""Digits of the codes of the areas around a village: county and town."""

log = structlog.get_logger()


async def tell_next_follower(office: Office, messengers: Messengers) -> bool:
    """Tell one follower of one warning; False when all have been told."""
    for informing in reversed(await office.stores.informings.open()):
        if informing.state is not InformingState.SENDING:
            continue
        areas = _areas(informing, office.release.places)
        following = await office.stores.followings.take(informing, areas) if areas else None
        if following is not None:
            if not await _told_already(office, informing, following):
                await _tell(messengers, informing, following)
            return True
    return False


async def _tell(messengers: Messengers, informing: Informing, following: Following) -> None:
    """Send by the first way that takes it; where none does, the ledger says why when asked."""
    for number, rung in enumerate(WAYS, start=1):
        if (messenger := messengers.get(rung)) is None:
            continue
        one = Outgoing(
            informing=informing.id,
            person=NOBODY,
            rung=rung,
            number=number,
            village=following.area,
            grid=GridId(""),
            text=informing.words.by(rung),
            fields=informing.words.fields,
            conversation=following.conversation,
            drill=informing.drill,
        )
        (sent,) = await sent_by(messenger, [one], PATIENCE_S)
        if sent.ending in (Ending.ACCEPTED, Ending.UNKNOWN):
            return
    log.info("follower not reached", informing=informing.id)


async def _told_already(office: Office, informing: Informing, following: Following) -> bool:
    """Say whether this conversation is sent it as that of somebody on the roster."""
    for person in await own_people(office, following.conversation):
        if person.conversation == following.conversation and await office.stores.rows.get(
            informing.id, person.id
        ):
            return True
    return False


def _areas(informing: Informing, places: Gazetteer) -> list[AreaCode]:
    """List the areas whose followers are told: those meant, what lies in them, what is around."""
    if informing.target is None:
        return []
    meant = informing.target.areas
    around = {AreaCode(one[:size]) for one in meant for size in SIZES if size < len(one)}
    inside = {each.code for one in meant for each in places.descendants(one)}
    every = {*meant, *around, *inside}
    return sorted(one for one in every if concerns(informing, one))
