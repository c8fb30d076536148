"""Replies without a turn: the database is gone, or somebody sends too fast."""

from data.civic.errors import BianminError, TooMany
from data.civic.labels import Outcome
from data.civic.talk.messages import Message, Reply
from handlers.desks.danger import NEED_HELP, call_first
from handlers.office import Office
from handlers.standing import numbers
from handlers.switchwords import words_for
from handlers.wording import say


def not_kept(message: Message, office: Office, error: BianminError) -> Reply:
    """Answer a message that could not be kept; a life in danger hears the numbers all the same."""
    danger = office.ear.understand(message.text).danger
    if danger is None:
        words, outcome = words_for(office.release, error)
        return Reply(parts=(words,), outcome=outcome)
    first = call_first(office.release, danger)
    rest = say(office.release, "danger_not_recorded")
    return Reply(parts=(first, rest), outcome=Outcome.FAILED, intent=NEED_HELP)


async def too_fast(office: Office, *, silent: bool) -> Reply:
    """Ask to slow down, once; then stay silent. Under orange or red the numbers come first."""
    if silent:
        return Reply(parts=(), outcome=Outcome.SILENT)
    words, outcome = words_for(office.release, TooMany("too many messages", retry_after_s=60))
    first = await numbers(office, office.release.places.county)
    return Reply(parts=(*first, words), outcome=outcome)
