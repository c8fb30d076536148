"""Read the guides of a release; one that stood the same in another release is not read again."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.civic.areas import Gazetteer
from data.civic.ids import GuideId
from data.civic.knowing.guides import Basis, Guide
from data.civic.knowing.releases import Manifest
from data.content import crosscheck
from data.content.parsing import Desk
from data.content.remembered import Remembered
from data.content.shapes.guides import GuideShape

FOLDER = "guides/"
KEPT = 12_000
"""How many guides are remembered: each takes about 10 kB, and releases share them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A guide that was read without a mistake, and what it rests on."""

    guide: Guide
    bases: frozenset[str]
    areas: frozenset[str]
    opened: frozenset[str]
    """Those of its bases whose text somebody had opened."""


_KNOWN: Remembered[_Known] = Remembered(KEPT)


def read_guides(
    desk: Desk, manifest: Manifest, sources: Mapping[str, Basis], places: Gazetteer
) -> dict[GuideId, Guide]:
    """Read every guide; what is wrong with one is noted on the desk."""
    opened = frozenset(key for key, basis in sources.items() if basis.read_on is not None)
    found: dict[GuideId, Guide] = {}
    for path in desk.named(FOLDER, ".toml"):
        key = (path, manifest.files[path])
        known = _KNOWN.get(key)
        if known is None or not _stands(known, opened, sources, places):
            known = _read(desk, path, manifest, opened, sources=sources, places=places)
        if known is not None:
            found[known.guide.id] = known.guide
    return found


def _stands(
    known: _Known, opened: frozenset[str], sources: Mapping[str, Basis], places: Gazetteer
) -> bool:
    """Say whether it would be read the same, and without a mistake, beside these others."""
    there = sources.keys() >= known.bases and places.areas.keys() >= known.areas
    return there and known.bases & opened == known.opened


def _read(
    desk: Desk,
    path: str,
    manifest: Manifest,
    opened: frozenset[str],
    *,
    sources: Mapping[str, Basis],
    places: Gazetteer,
) -> _Known | None:
    before = len(desk.mistakes)
    shape = desk.read(path, GuideShape)
    if shape is None:
        return None
    crosscheck.file_name(desk, path, shape.id)
    crosscheck.guide(desk, path, shape, sources=sources, places=places)
    bases = frozenset(key for _, key in shape.bases())
    known = _Known(
        guide=shape.record(manifest.files[path][:12], opened.__contains__),
        bases=bases,
        areas=frozenset(one.area for one in shape.variants),
        opened=bases & opened,
    )
    if len(desk.mistakes) == before:
        _KNOWN.put((path, manifest.files[path]), known)
    return known
