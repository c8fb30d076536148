"""Read `adopted/*.toml`, apply it to what was read, and write such a file."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from data.civic.areas import Gazetteer
from data.civic.ids import GuideId
from data.civic.knowing.adopted_areas import AreaAdoption, adopted_areas
from data.civic.knowing.adoptions import SUMMARY, Adoption, adopted
from data.civic.knowing.guides import Guide, Material, Words
from data.content import crosscheck
from data.content.parsing import Desk
from data.content.remembered import Remembered
from data.content.shapes.adopted import AdoptedFile

FOLDER = "adopted/"
KEPT = 200
"""How many files of departments are remembered."""

A = TypeVar("A", Adoption, AreaAdoption)
Lapsed = Adoption | AreaAdoption


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoptions:
    """What was adopted, in order."""

    elements: tuple[Adoption, ...] = ()
    areas: tuple[AreaAdoption, ...] = ()

    def of(self, department: str) -> "Adoptions":
        """Pick those of one department."""
        return Adoptions(
            elements=tuple(one for one in self.elements if one.department == department),
            areas=tuple(one for one in self.areas if one.department == department),
        )

    @property
    def departments(self) -> list[str]:
        """List who has adopted something."""
        elements = {one.department for one in self.elements}
        return sorted(elements | {one.department for one in self.areas})


_KNOWN: Remembered[Adoptions] = Remembered(KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Guides and places after what was adopted; and the adoptions that no longer count."""

    guides: Mapping[GuideId, Guide]
    places: Gazetteer
    lapsed: tuple[Lapsed, ...]


def path_of(department: str) -> str:
    """Tell the file of what a department has adopted."""
    return f"{FOLDER}{department}.toml"


def read_adoptions(desk: Desk) -> Adoptions:
    """Read what all departments have adopted; a file that was read before is not read again."""
    elements: list[Adoption] = []
    areas: list[AreaAdoption] = []
    for path in desk.named(FOLDER, ".toml"):
        key = (path, hashlib.sha256(desk.files[path]).digest())
        if (known := _KNOWN.get(key)) is None and (known := _read(desk, path)) is not None:
            _KNOWN.put(key, known)
        if known is not None:
            elements += known.elements
            areas += known.areas
    return Adoptions(elements=tuple(elements), areas=tuple(areas))


def _read(desk: Desk, path: str) -> Adoptions | None:
    before = len(desk.mistakes)
    shape = desk.read(path, AdoptedFile)
    if shape is None:
        return None
    crosscheck.file_name(desk, path, shape.department)
    found = Adoptions(
        elements=tuple(one.record(shape.department) for one in shape.adopted),
        areas=tuple(one.record(shape.department) for one in shape.areas),
    )
    return found if len(desk.mistakes) == before else None


def applied(desk: Desk, guides: Mapping[GuideId, Guide], places: Gazetteer) -> Applied:
    """Apply what was adopted to guides and places as their files have them."""
    given = read_adoptions(desk)
    of_guide: dict[GuideId, list[Adoption]] = {}
    for one in given.elements:
        of_guide.setdefault(one.spot.guide, []).append(one)
    now, lapsed = dict(guides), list[Lapsed]()
    for id_, adoptions in of_guide.items():
        if id_ in guides:
            now[id_], gone = adopted(guides[id_], adoptions)
        else:
            gone = tuple(adoptions)
        lapsed += gone
    known, lost = adopted_areas(places, given.areas)
    return Applied(guides=now, places=known, lapsed=(*lapsed, *lost))


def with_adoptions(
    files: Mapping[str, bytes], new: Adoptions, lapsed: Collection[Lapsed]
) -> dict[str, bytes]:
    """Add adoptions to the files of a release, in place of those that they renew."""
    standing = read_adoptions(Desk(files))
    now = dict(files)
    for department in new.departments:
        before, after = standing.of(department), new.of(department)
        merged = Adoptions(
            elements=_merged(before.elements, after.elements, lapsed),
            areas=_merged(before.areas, after.areas, lapsed),
        )
        now[path_of(department)] = written(department, merged)
    return now


def _merged(before: Sequence[A], after: Sequence[A], lapsed: Collection[Lapsed]) -> tuple[A, ...]:
    """Keep corrections that count: what comes after is bound to the words they made."""
    renewed = {str(one) for one in after}
    kept: list[A] = [
        one
        for one in before
        if str(one) not in renewed or one in after or (one.corrects and one not in lapsed)
    ]
    return tuple(kept) + tuple(one for one in after if one not in kept)


def written(department: str, given: Adoptions) -> bytes:
    """Write the file of a department."""
    tables = [f"department = {_quoted(department)}\n"]
    tables += ["\n".join(_element(one)) + "\n" for one in given.elements]
    tables += ["\n".join(_area(one)) + "\n" for one in given.areas]
    return "\n".join(tables).encode()


def _element(one: Adoption) -> Iterator[str]:
    spot = one.spot
    yield "[[adopted]]"
    yield f"guide = {_quoted(spot.guide)}"
    yield f"element = {_quoted(spot.element or SUMMARY)}"
    if spot.situation:
        yield f"situation = {_quoted(spot.situation)}"
    if spot.variant:
        yield f"variant = {_quoted(spot.variant)}"
    yield from _stamp(one)
    if one.correction is not None:
        yield from _correction(one.correction)


def _area(one: AreaAdoption) -> Iterator[str]:
    yield "[[areas]]"
    yield f"code = {_quoted(one.code)}"
    yield from _stamp(one)
    if one.name is not None:
        yield f"name = {_quoted(one.name)}" if one.name else "withdrawn = true"


def _stamp(one: Adoption | AreaAdoption) -> Iterator[str]:
    yield f"text_digest = {_quoted(one.digest)}"
    yield f"by = {_quoted(one.by)}"
    yield f"on = {one.on.isoformat()}"


def _correction(words: Words) -> Iterator[str]:
    if not words.stated:
        yield "withdrawn = true"
        return
    if words.text:
        yield f"text = {_quoted(words.text)}"
    yield f"plain = {_quoted(words.plain)}"
    if words.items:
        yield "items = ["
        yield from (f"  {{ {_material(item)} }}," for item in words.items)
        yield "]"


def _material(item: Material) -> str:
    fields = {"name": item.name, "form": item.form, "note": item.note}
    fields["electronic"] = item.electronic
    return ", ".join(f"{key} = {_quoted(text)}" for key, text in fields.items() if text)


def _quoted(text: str) -> str:
    """Write a basic string of TOML: JSON's, but that TOML does not allow a bare DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
