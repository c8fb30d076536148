"""Read the files of a release into one record, or name every mistake at once."""

from collections.abc import Mapping
from datetime import datetime

from data.civic.areas import Area, Gazetteer
from data.civic.errors import Mistakes
from data.civic.ids import AreaCode, BundleId, IntentId
from data.civic.knowing.bundles import Bundle
from data.civic.knowing.colour_rules import ColourRules
from data.civic.knowing.guides import Basis
from data.civic.knowing.releases import Intent, Labelled, Manifest, Origin, Release, Rules
from data.civic.knowing.sentences import Sentence
from data.content import adopting, crosscheck
from data.content.golden import read_golden
from data.content.guides_read import read_guides
from data.content.lexicon import read_lexicon
from data.content.parsing import Desk
from data.content.shapes.bundles import BundleShape
from data.content.shapes.colours import ColoursFile
from data.content.shapes.intents import IntentShape
from data.content.shapes.places import PlacesFile
from data.content.shapes.rules import (
    AspectsFile,
    CalendarFile,
    DangerFile,
    LimitsFile,
    ReadingFile,
    RepliesFile,
    ThresholdsFile,
)
from data.content.shapes.shape import SentenceShape
from data.content.shapes.sources import BasisShape

ELSEWHERE = "places/elsewhere.txt"
"""Names of provinces and cities that are not ours, one a line; may be absent."""

READING = "rules/reading.toml"
"""What makes an answer hard to read; may be absent."""

COLOURS = "rules/colours.toml"
"""Which warning gives which colour of the safety code; may be absent."""


def read(
    files: Mapping[str, bytes],
    *,
    manifest: Manifest,
    origin: Origin = Origin.FILES,
    made_at: datetime | None = None,
) -> Release:
    """Read a release from its files.

    Raises:
        Mistakes: anything is wrong; every mistake with its file and line.
    """
    desk = Desk(files)
    sources, places = _sources(desk), _places(desk)
    guides = read_guides(desk, manifest, sources, places)
    bundles = _bundles(desk, manifest, sources)
    intents = _intents(desk)
    words, lexicon, rules = _words(desk), read_lexicon(desk), _rules(desk)
    held_out, other, golden = _held_out(desk), _other(desk), read_golden(desk)
    known = adopting.applied(desk, guides, places)
    if desk.mistakes or rules is None:
        raise Mistakes(tuple(desk.mistakes))
    return Release(
        id=manifest.id,
        origin=origin,
        made_at=made_at,
        intents=intents,
        guides=known.guides,
        bundles=bundles,
        sources=sources,
        words=words,
        lexicon=lexicon,
        rules=rules,
        places=known.places,
        other=other,
        held_out=held_out,
        golden=golden,
        lapsed=known.lapsed,
    )


def read_words(files: Mapping[str, bytes]) -> dict[str, Sentence]:
    """Read the sentences alone.

    Raises:
        Mistakes: anything is wrong; every mistake with its file and line.
    """
    desk = Desk(files)
    words = _words(desk)
    if desk.mistakes:
        raise Mistakes(tuple(desk.mistakes))
    return words


def _sources(desk: Desk) -> dict[str, Basis]:
    found: dict[str, Basis] = {}
    for path in desk.named("sources/", ".toml"):
        for key, table in (desk.table(path) or {}).items():
            shape = desk.shaped(path, BasisShape, table, (key,))
            if key in found:
                desk.wrong(path, f"{key}: the same key stands in another file too", (key,))
            if shape is not None:
                found[key] = shape.record(key)
    return found


def _bundles(
    desk: Desk, manifest: Manifest, sources: Mapping[str, Basis]
) -> dict[BundleId, Bundle]:
    found: dict[BundleId, Bundle] = {}
    for path in desk.named("bundles/", ".toml"):
        shape = desk.read(path, BundleShape)
        if shape is None:
            continue
        crosscheck.file_name(desk, path, shape.id)
        crosscheck.bundle(desk, path, shape, sources=sources)
        bundle = shape.record(manifest.files[path][:12], lambda key: _is_read(sources, key))
        found[bundle.id] = bundle
    return found


def _is_read(sources: Mapping[str, Basis], key: str) -> bool:
    return key in sources and sources[key].read_on is not None


def _intents(desk: Desk) -> dict[IntentId, Intent]:
    found: dict[IntentId, Intent] = {}
    seen: dict[str, str] = {}
    guides, bundles = desk.ids("guides/"), desk.ids("bundles/")
    for path in desk.named("intents/", ".toml"):
        shape = desk.read(path, IntentShape)
        if shape is None:
            continue
        crosscheck.file_name(desk, path, shape.id)
        intent = shape.record()
        if intent.guide:
            crosscheck.known(desk, path, ("guide",), "guide", intent.guide, guides)
        if intent.bundle:
            crosscheck.known(desk, path, ("bundle",), "bundle", intent.bundle, bundles)
        crosscheck.examples(desk, path, intent, seen)
        found[intent.id] = intent
    return found


def _words(desk: Desk) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for path in desk.named("wording/", ".toml"):
        for key, table in (desk.table(path) or {}).items():
            shape = desk.shaped(path, SentenceShape, table, (key,))
            if key in found:
                desk.wrong(path, f"{key}: the same key stands in another file too", (key,))
            if shape is not None:
                found[key] = shape.record()
    return found


def _rules(desk: Desk) -> Rules | None:
    danger = desk.one("rules/danger.toml", DangerFile)
    aspects = desk.one("rules/aspects.toml", AspectsFile)
    thresholds = desk.one("rules/thresholds.toml", ThresholdsFile)
    limits = desk.one("rules/limits.toml", LimitsFile)
    replies = desk.one("rules/replies.toml", RepliesFile)
    calendar = desk.one("rules/calendar.toml", CalendarFile)
    reading = desk.read(READING, ReadingFile) if READING in desk.files else ReadingFile()
    colours = _colours(desk)
    if not (danger and aspects and thresholds and limits and replies and calendar and reading):
        return None
    return Rules(
        danger=danger.record(),
        aspects=aspects.record(),
        thresholds=thresholds.record(),
        limits=limits.record(),
        replies=replies.record(),
        calendar=calendar.record(),
        hotline=limits.hotline,
        reading=reading.record(),
        colours=colours,
    )


def _colours(desk: Desk) -> ColourRules:
    shape = desk.read(COLOURS, ColoursFile) if COLOURS in desk.files else None
    return shape.record() if shape else ColourRules()


def _places(desk: Desk) -> Gazetteer:
    county, department, areas = AreaCode(""), "", dict[AreaCode, Area]()
    if not desk.named("places/", ".toml"):
        desk.wrong("places/", "no file says which county this is: write places/<code>.toml")
    for path in desk.named("places/", ".toml"):
        shape = desk.read(path, PlacesFile)
        if shape is None:
            continue
        county, department = AreaCode(shape.county), shape.department
        areas |= {area.code: area for area in (one.record() for one in shape.area)}
        crosscheck.areas(desk, path, shape)
    elsewhere = desk.lines(ELSEWHERE) if ELSEWHERE in desk.files else []
    return Gazetteer(
        county=county,
        areas=areas,
        department=department,
        elsewhere=tuple(name for _, name in elsewhere),
    )


def _held_out(desk: Desk) -> tuple[Labelled, ...]:
    found: list[Labelled] = []
    intents = desk.ids("intents/")
    for path in desk.named("held_out/", ".tsv"):
        for number, line in desk.lines(path):
            text, _, label = line.partition("\t")
            if label == "other" or label in intents:
                found.append(Labelled(text=text, intent=IntentId(label)))
            else:
                desk.wrong_line(path, number, f"no intent {label!r}; write sentence<TAB>intent")
    return tuple(found)


def _other(desk: Desk) -> tuple[str, ...]:
    return tuple(line for path in desk.named("other/", ".txt") for _, line in desk.lines(path))
