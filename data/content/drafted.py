"""Read what a draft says now: the served release, with the files that differ read anew.

A release of thousands of guides is not read again for one edit; and a draft may hold mistakes
that its authors have not mended yet: what cannot be read is left out, and named.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from data.civic.errors import Mistake
from data.civic.ids import GuideId, IntentId
from data.civic.knowing.adoptions import Adoption, adopted, said
from data.civic.knowing.guides import Basis, Guide
from data.civic.knowing.releases import Intent, Release
from data.civic.knowing.sentences import Sentence
from data.content.adopting import FOLDER, Adoptions, read_adoptions
from data.content.forms import guides as guide_form
from data.content.parsing import Desk
from data.content.shapes.guides import GuideShape
from data.content.shapes.intents import IntentShape
from data.content.shapes.shape import SentenceShape
from data.content.shapes.sources import BasisShape

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drafted:
    """What a draft says, as far as it can be read; known by itself, for it is large."""

    intents: Mapping[IntentId, Intent]
    guides: Mapping[GuideId, Guide]
    sources: Mapping[str, Basis]
    words: Mapping[str, Sentence]
    anew: frozenset[GuideId]
    """The guides that are not those of the served release."""
    mistakes: tuple[Mistake, ...]


def drafted(release: Release, served: Files, files: Files) -> Drafted:
    """Read `files` on top of `release`, whose files are `served`."""
    changed = changed_paths(served, files)
    desk = Desk(files)
    sources = _sources(desk, release, changed)
    guides, anew = _guides(desk, release, served, changed, sources)
    return Drafted(
        intents=_intents(desk, release, changed),
        guides=guides,
        sources=sources,
        words=_words(desk, release, changed),
        anew=anew,
        mistakes=tuple(desk.mistakes),
    )


def changed_paths(served: Files, files: Files) -> frozenset[str]:
    """Name the files that are new, differ or are gone."""
    return frozenset(
        path for path in served.keys() | files.keys() if served.get(path) != files.get(path)
    )


def _sources(desk: Desk, release: Release, changed: frozenset[str]) -> Mapping[str, Basis]:
    if not _any(changed, "sources/"):
        return release.sources
    shapes = (
        (key, desk.shaped(path, BasisShape, table, (key,)))
        for path in desk.named("sources/", ".toml")
        for key, table in (desk.table(path) or {}).items()
    )
    return {key: shape.record(key) for key, shape in shapes if shape is not None}


def _guides(
    desk: Desk,
    release: Release,
    served: Files,
    changed: frozenset[str],
    sources: Mapping[str, Basis],
) -> tuple[Mapping[GuideId, Guide], frozenset[GuideId]]:
    given = read_adoptions(desk) if _any(desk.files, FOLDER) else Adoptions()
    anew = {GuideId(PurePosixPath(path).stem) for path in changed if path.startswith("guides/")}
    anew |= set(_resting_on(release, sources))
    adopted_anew = _adoptions(served, changed) ^ _adoptions(desk.files, changed)
    anew |= {one.spot.guide for one in adopted_anew}
    guides = {key: guide for key, guide in release.guides.items() if key not in anew}
    for id_ in sorted(anew):
        guide = _guide(desk, guide_form.path_of(id_), sources)
        if guide is not None:
            mine = [one for one in given.elements if one.spot.guide == id_]
            guides[id_], _ = adopted(guide, mine) if mine else (guide, ())
    return guides, frozenset(anew)


def _guide(desk: Desk, path: str, sources: Mapping[str, Basis]) -> Guide | None:
    shape = desk.read(path, GuideShape) if path in desk.files else None
    if shape is None:
        return None
    version = hashlib.sha256(desk.files[path]).hexdigest()[:12]
    return shape.record(version, lambda key: key in sources and sources[key].read_on is not None)


def _resting_on(release: Release, sources: Mapping[str, Basis]) -> Iterator[GuideId]:
    """List the guides whose bases were opened since, or are gone."""
    if sources is release.sources:
        return
    moved = {
        key for key, one in release.sources.items() if key not in sources or sources[key] != one
    }
    for guide in release.guides.values():
        keys = {key for element in said(guide).values() for key in element.basis}
        if keys & moved:
            yield guide.id


def lapsed_of(files: Files, sources: Mapping[str, Basis]) -> tuple[Adoption, ...]:
    """List the adoptions of guides that count no more: other words stand than were read."""
    desk, found = Desk(files), list[Adoption]()
    given = read_adoptions(desk).elements
    for id_ in sorted({one.spot.guide for one in given}):
        mine = [one for one in given if one.spot.guide == id_]
        guide = _guide(desk, guide_form.path_of(id_), sources)
        found += adopted(guide, mine)[1] if guide is not None else mine
    return tuple(found)


def _adoptions(files: Files, changed: frozenset[str]) -> frozenset[Adoption]:
    """Read what stands in those files of adoptions that differ."""
    ours = {path: text for path, text in files.items() if path in changed}
    return frozenset(read_adoptions(Desk(ours)).elements) if _any(ours, FOLDER) else frozenset()


def _intents(desk: Desk, release: Release, changed: frozenset[str]) -> Mapping[IntentId, Intent]:
    found = dict(release.intents)
    for path in sorted(one for one in changed if one.startswith("intents/")):
        found.pop(IntentId(PurePosixPath(path).stem), None)
        shape = desk.read(path, IntentShape) if path in desk.files else None
        if shape is not None:
            found[IntentId(shape.id)] = shape.record()
    return dict(sorted(found.items()))


def _words(desk: Desk, release: Release, changed: frozenset[str]) -> Mapping[str, Sentence]:
    if not _any(changed, "wording/"):
        return {key: one for key, one in release.words.items() if key not in release.lent}
    shapes = (
        (key, desk.shaped(path, SentenceShape, table, (key,)))
        for path in desk.named("wording/", ".toml")
        for key, table in (desk.table(path) or {}).items()
    )
    return {key: shape.record() for key, shape in shapes if shape is not None}


def _any(paths: frozenset[str] | Files, folder: str) -> bool:
    return any(path.startswith(folder) for path in paths)
