"""Merge the content files of a new program into those that the house made its own.

What the house changed stays; what both changed stays as the house has it, and is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.civic.knowing.releases import Release
from data.content.drafted import drafted, lapsed_of
from data.content.forms.guides import path_of
from data.content.keyed import Side
from data.content.merging import Clash, MergeConflict, Text, merged

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What an upgrade would change in the files of the house, and what it leaves to staff."""

    texts: Mapping[str, Text] = field(repr=False)
    """Path → its new text; None: the file is removed."""
    kept: tuple[Clash, ...]
    """What the house and the new program say differently: it stays as the house has it."""


def brought(release: Release, mine: Files, *, base: Files, theirs: Files) -> Brought:
    """Tell what comes in with `theirs`, grown out of `base` as `mine` of `release` did.

    Words of a guide that a department vouches for stay as well: another text would undo its word.
    """
    texts: dict[str, Text] = {}
    kept: list[Clash] = []
    for path in sorted(base.keys() | theirs.keys()):
        before, ours, new = base.get(path), mine.get(path), theirs.get(path)
        try:
            text = merged(path, base=before, ours=ours, theirs=new)
        except MergeConflict as error:
            kept += error.clashes
            text = merged(path, base=before, ours=ours, theirs=new, prefer=Side.OURS)
        if text != ours:
            texts[path] = text
    vouched = _undone(release, mine, texts) & texts.keys()
    left = {path: text for path, text in texts.items() if path not in vouched}
    named = [one for one in kept if one.path not in vouched]
    return Brought(texts=left, kept=(*named, *(Clash(path=path) for path in sorted(vouched))))


def _undone(release: Release, mine: Files, texts: Mapping[str, Text]) -> set[str]:
    """Name the guides of which an adoption would lapse."""
    if not any(path.startswith("guides/") for path in texts):
        return set()
    whole = {path: text for path, text in {**mine, **texts}.items() if text is not None}
    sources = drafted(release, mine, whole).sources
    standing = lapsed_of(mine, release.sources)
    lapsed = set(lapsed_of(whole, sources)) - set(standing)
    return {path_of(one.spot.guide) for one in lapsed}
