"""Take up what people are to be told, as soon as it is relayed or signed."""

import structlog

from data.civic.errors import BianminError, Conflict, Unavailable
from data.civic.warning.duty import DutyKind
from data.civic.warning.telling import ToInform
from handlers.acts.call_duty import call_duty
from handlers.acts.call_for_news import call_for_news
from handlers.acts.take_up_news import take_up
from handlers.office import Office

LOOK_FOR_NEWS_S = 0.25
AT_ONCE = 50
TRIES = 3
"""How often news are begun that somebody else's change met, before the duty officer is called."""

log = structlog.get_logger()


async def take_up_next(office: Office) -> bool:
    """Begin the informing of what waits, oldest first; True: there may be more.

    News that cannot be told stand in nobody's way: the duty officer is called, and they are tried
    again with the next round.

    Raises:
        Unavailable: the database does not answer.
    """
    waiting = await office.stores.to_inform.waiting(AT_ONCE)
    done = 0
    for news in waiting:
        try:
            await _begin(office, news)
            done += 1
        except Unavailable:
            raise
        except BianminError as error:
            await _ask_staff(office, news, error)
    return done == AT_ONCE


async def _begin(office: Office, news: ToInform) -> None:
    """Begin an informing; who was overtaken by another worker's change looks again at once."""
    await call_for_news(office, news)
    for left in reversed(range(TRIES)):
        try:
            await take_up(office, news)
        except Conflict:
            if not left:
                raise
        else:
            return


async def _ask_staff(office: Office, news: ToInform, error: BianminError) -> None:
    call = await call_duty(
        office,
        DutyKind.MESSAGE_HELD,
        subject=news.id,
        area=office.release.places.county,
        detail=f"nobody has been told: {error}",
    )
    if call.seen_at is None:
        log.error("news not told", news=news.id, error=str(error))
