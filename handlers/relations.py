"""How somebody speaks of the family: mother, father and the others, heard and said."""

from collections.abc import Iterable, Mapping

from data.civic.knowing.releases import Release
from data.civic.privacy import mask_name
from data.civic.safety.registrations import Relation
from data.civic.safety.rosters import Person
from handlers.word_lists import PARTED, holds
from handlers.wording import written

NAMED = tuple(one for one in Relation if one is not Relation.OTHER)

WORDS: Mapping[str, tuple[str, ...]] = {
    **{f"relation_{one}": () for one in Relation},
    **{f"relation_words_{one}": () for one in NAMED},
    "relation_words_parents": (),
}


def heard(release: Release, text: str) -> frozenset[Relation]:
    """Tell of whom of the family a text speaks; who is none of the named: of nobody."""
    if holds(release, "relation_words_parents", text):
        return frozenset({Relation.MOTHER, Relation.FATHER})
    return frozenset(one for one in NAMED if holds(release, f"relation_words_{one}", text))


def said(release: Release, relation: Relation) -> str:
    """Say a relation in a word."""
    return written(release, f"relation_{relation}")


def masked(name: str) -> str:
    """Show of a name no more than its holder's family needs to know it again."""
    return name[:1] + "*" * max(1, len(name) - 1)


def listed(release: Release, people: Iterable[Person]) -> str:
    """Name people to the staff who look for them: masked, each with the village."""
    return PARTED.join(
        f"{mask_name(one.name)}({release.places.name(one.village)})" for one in people
    )
