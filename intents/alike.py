"""Which gists are nearly the same? The one door to rapidfuzz in the ear."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

NEARLY = 82
"""Likeness, 0 to 100, from which two gists are one matter in a list."""
NEAR = 60
"""Likeness from which staff are asked whether they are."""

SHORTEST = 3
"""Characters of a gist below which one character more or less is another matter."""


def joined(gists: Sequence[str], guesses: Sequence[str]) -> list[list[int]]:
    """Join what is nearly the same and was guessed to be the same: the places of each company.

    The first of a company leads it. A gist joins the leader that it is most like; nobody joins a
    follower, so that companies do not grow by chains of small steps.
    """
    companies: list[list[int]] = []
    for place, gist in enumerate(gists):
        alike = [one for one in companies if guesses[one[0]] == guesses[place]]
        leaders = [gists[one[0]] for one in alike]
        found = _best(gist, leaders) if len(gist) >= SHORTEST else None
        if found is None:
            companies.append([place])
        else:
            alike[found].append(place)
    return companies


def near(gist: str, others: Sequence[str], limit: int) -> list[int]:
    """Tell the places of the gists that lie near, the nearest first."""
    found = process.extract(gist, others, scorer=fuzz.ratio, score_cutoff=NEAR, limit=limit)
    return [place for _, _, place in found]


def _best(gist: str, leaders: Sequence[str]) -> int | None:
    found = process.extractOne(gist, leaders, scorer=fuzz.ratio, score_cutoff=NEARLY)
    return None if found is None else int(found[2])
