"""Gather the questions that a draft is asked before it is published: foresee.py asks them."""

from collections.abc import Iterable, Iterator

from data.civic.knowing.likeness import flat
from data.civic.knowing.releases import Release
from data.civic.talk.groups import Wanted
from handlers.acts.foresee import Asked, Origin
from handlers.office import Office

LOGGED = 2_000
"""Distinct questions of citizens, the newest."""
READ = 6_000
"""So many messages are read to find them: citizens say the same, and tap numbers."""
GROUPS = 200
"""The worst groups of unanswered questions, whose samples are asked as well."""


async def questions(office: Office, release: Release) -> tuple[Asked, ...]:
    """List the golden and held-out questions of a release, and what citizens asked last.

    What citizens asked is what is kept of it, masked, for thirty days; the worst of what was not
    answered for longer. A question that stands among the labelled ones is asked with its label.
    """
    labelled = [*_labelled(release)]
    known = {flat(one.text) for one in labelled}
    said = await office.stores.messages.latest_texts(READ)
    worst = await office.stores.question_groups.list(Wanted(), limit=GROUPS)
    samples = [one.text for group in worst for one in group.samples]
    logged = [*_distinct((*samples, *said), known)][:LOGGED]
    return (*labelled, *(Asked(text=text, origin=Origin.LOGGED) for text in logged))


def _labelled(release: Release) -> Iterator[Asked]:
    for golden in release.golden:
        yield Asked(
            text=golden.text, origin=Origin.GOLDEN, intent=golden.intent, aspect=golden.aspect
        )
    for one in release.held_out:
        yield Asked(text=one.text, origin=Origin.HELD_OUT, intent=one.intent)


def _distinct(texts: Iterable[str], known: set[str]) -> Iterator[str]:
    """Pass on what is a question, each once: a number alone picks a choice."""
    seen = set(known)
    for text in texts:
        said = flat(text)
        if said not in seen and len(said) > 1 and not said.isdigit():
            seen.add(said)
            yield text
