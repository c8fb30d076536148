"""The program's own words: they stand in for those that a release does not have yet.

A program that was upgraded may say what no release of the house has words for. It says it as it
was shipped, until staff publish a release with words of their own.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache

import structlog

from data.civic.errors import Mistakes
from data.civic.knowing.releases import Release
from data.civic.knowing.sentences import Sentence
from data.content.files import shipped
from data.content.reader import read_words

log = structlog.get_logger()


def completed(release: Release, *, only: Collection[str] | None = None) -> Release:
    """Lend a release the sentences that it does not have; of `only` these, where they are named.

    Its id stays: what it has is not touched. Idempotent. The first call of a process reads files:
    not for the event loop.
    """
    own = _own_words()
    wanted = own.keys() if only is None else own.keys() & set(only)
    lent = wanted - release.words.keys()
    if not lent:
        return release
    words = {**release.words, **{key: own[key] for key in sorted(lent)}}
    return replace(release, words=words, lent=release.lent | lent)


@cache
def _own_words() -> Mapping[str, Sentence]:
    """Read the words that this program is shipped with; files that are broken lend nothing."""
    try:
        return read_words(shipped())
    except Mistakes as error:
        log.warning("no words can be lent: mend data/content/wording", error=str(error)[:500])
        return {}
