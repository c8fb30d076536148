"""Under a case of need: who of the family is put on the list of doors, and who is not."""

from collections.abc import Mapping

import structlog

from data.civic.errors import BianminError
from data.civic.talk.messages import Say, Turn
from handlers import relations
from handlers.acts.want_help import Helped, Visited, somebody_is_warned, want_help
from handlers.office import Office
from handlers.wording import say

_VISITED = ("who", "village")

WORDS: Mapping[str, tuple[str, ...]] = {
    "family_help": (*_VISITED, "worker", "phone"),
    "family_help_nobody": (*_VISITED, "hotline"),
    "family_help_not_agreed": ("hotline",),
}

log = structlog.get_logger()


async def visited(turn: Turn, office: Office, text: str) -> tuple[Say, ...]:
    """Have somebody come to the family for whom help is called, and say so.

    Nothing is said where nobody of the family is named, or no warning stands.
    """
    of = relations.heard(turn.release, text)
    if not of:
        return ()
    try:
        helped = await want_help(office, turn.conversation.key.id, of)
        alone = not helped.agreed and await somebody_is_warned(office)
    except BianminError as error:  # the case stands, whatever happens here
        log.warning("no visit", message=turn.message.trace, error=type(error).__name__)
        return ()
    if alone:
        return (say(turn.release, "family_help_not_agreed", hotline=turn.release.rules.hotline),)
    return _told(turn, helped)


def _told(turn: Turn, helped: Helped) -> tuple[Say, ...]:
    return tuple(_words(turn, one) for one in helped.visited)


def _words(turn: Turn, one: Visited) -> Say:
    """Name who comes and where to; where nobody answers for the place, say that."""
    release = turn.release
    values = {
        "who": relations.said(release, one.relation),
        "village": release.places.full_name(one.village),
    }
    if (worker := one.worker) is None:
        return say(release, "family_help_nobody", **values, hotline=release.rules.hotline)
    return say(release, "family_help", **values, worker=worker.name, phone=worker.phone)
