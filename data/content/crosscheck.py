"""Check what one file says of another: names, bases, guides, areas, repeated examples."""

from collections.abc import Container, Mapping, Sequence
from pathlib import PurePosixPath

from data.civic.areas import Gazetteer
from data.civic.knowing.guides import Basis
from data.civic.knowing.releases import Intent
from data.content.locate import Path
from data.content.parsing import Desk
from data.content.shapes.bundles import BundleShape
from data.content.shapes.guides import GuideShape
from data.content.shapes.places import PlacesFile


def file_name(desk: Desk, path: str, name: str) -> None:
    """A file bears the id of what stands in it."""
    if PurePosixPath(path).stem != name:
        desk.wrong(path, f"the id {name} and the file's name must be the same", ("id",))


def known(desk: Desk, path: str, at: Path, what: str, key: str, among: Container[str]) -> None:
    """What is named must be there."""
    if key not in among:
        desk.wrong(path, f"no {what} {key!r} stands anywhere: write it or correct the name", at)


def once(desk: Desk, path: str, table: str, names: Sequence[str]) -> None:
    """Nothing bears the name of another in the same array of tables."""
    for n, name in enumerate(names):
        if name in names[:n]:
            desk.wrong(path, f"{name} stands twice", (table, n))


def guide(
    desk: Desk, path: str, shape: GuideShape, *, sources: Mapping[str, Basis], places: Gazetteer
) -> None:
    """The bases of a guide and the areas of its variants must be there; nothing stands twice."""
    for at, key in shape.bases():
        known(desk, path, at, "basis", key, sources)
    for n, variant in enumerate(shape.variants if places.areas else ()):
        known(desk, path, ("variants", n, "area"), "area", variant.area, places.areas)
    once(desk, path, "situations", [one.id for one in shape.situations])
    once(desk, path, "variants", [one.area for one in shape.variants])


def bundle(desk: Desk, path: str, shape: BundleShape, *, sources: Mapping[str, Basis]) -> None:
    """The bases and guides of a bundle's items must be there; nothing stands twice."""
    guides = desk.ids("guides/")
    for n, item in enumerate(shape.items):
        if item.guide:
            known(desk, path, ("items", n, "guide"), "guide", item.guide, guides)
        for key in item.basis:
            known(desk, path, ("items", n, "basis"), "basis", key, sources)
    once(desk, path, "questions", [one.id for one in shape.questions])
    once(desk, path, "items", [one.id for one in shape.items])
    once(desk, path, "materials", [one.id for one in shape.materials])
    once(desk, path, "materials", [one.name for one in shape.materials])


def examples(desk: Desk, path: str, intent: Intent, seen: dict[str, str]) -> None:
    """No sentence is an example twice."""
    for text in intent.examples:
        other = seen.setdefault(text, intent.id)
        if other != intent.id:
            desk.wrong(path, f"{text!r} is an example of {other} too", ("examples",))
    if len(set(intent.examples)) < len(intent.examples):
        desk.wrong(path, "an example stands twice", ("examples",))


def areas(desk: Desk, path: str, shape: PlacesFile) -> None:
    """The county is among its areas, no code stands twice, and each has the area around it."""
    codes = [one.code for one in shape.area]
    if shape.county not in codes:
        desk.wrong(path, f"the county {shape.county} is not among the areas", ("county",))
    around = {2: 0, 4: 2, 6: 4, 9: 6, 12: 9}
    for n, code in enumerate(codes):
        outer = code[: around[len(code)]]
        if outer and outer not in codes:
            desk.wrong(path, f"{code}: the area {outer} around it is missing", ("area", n))
    once(desk, path, "area", codes)
