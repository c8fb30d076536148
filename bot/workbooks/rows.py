"""Lay out what a department's guides say as rows."""

from collections.abc import Mapping

from bot.workbooks.layout import Column, WorkbookWords
from data.civic.areas import Area
from data.civic.knowing.adopted_areas import digest_of_area
from data.civic.knowing.adoptions import SUMMARY, Said, Spot, digest_of, said
from data.civic.knowing.guides import Basis, Element, Guide, Material, Standing
from data.civic.knowing.releases import Release

Row = Mapping[Column, str | int]

BETWEEN = " | "
"""Stands between the fields of a material."""


def rows_by_department(
    release: Release, words: WorkbookWords, *, only_unread: bool = False
) -> dict[str, list[Row]]:
    """Lay out each department's rows, its guides in the order of their ids."""
    found: dict[str, list[Row]] = {}
    for _, guide in sorted(release.guides.items()):
        shown = _to_check(said(guide)) if only_unread else said(guide)
        rows = [_row(release, words, guide, spot, shown[spot]) for spot in shown]
        found.setdefault(guide.department, []).extend(rows)
    places = release.places
    samples = [area for _, area in sorted(places.areas.items()) if area.sample]
    found.setdefault(places.department, []).extend(_area_row(words, area) for area in samples)
    return {department: rows for department, rows in sorted(found.items()) if rows}


def _to_check(everything: Said) -> Said:
    """Pick what is to be checked; the summary goes with anything that may change under it."""
    left = {spot for spot, element in everything.items() if element.to_check}
    return {
        spot: element
        for spot, element in everything.items()
        if spot in left or (left and spot.element is None)
    }


def _row(
    release: Release, words: WorkbookWords, guide: Guide, spot: Spot, element: Element
) -> dict[Column, str | int]:
    bases = [release.sources[key] for key in element.basis]
    row: dict[Column, str | int] = {
        Column.KEY: str(spot),
        Column.GUIDE: guide.title,
        Column.PART: _part(release, words, guide, spot),
        Column.ELEMENT: words(f"element_{spot.element or SUMMARY}"),
        Column.STATUS: _status(words, spot, element),
        Column.TEXT: element.text,
        Column.PLAIN: element.plain,
        Column.MATERIALS: "\n".join(_material(one) for one in element.items),
        Column.BASIS: "\n".join(_basis(one) for one in bases),
        Column.READ_ON: "\n".join(_read_on(words, one) for one in bases),
        Column.DIGEST: digest_of(element),
    }
    days = {Column.LEGAL_DAYS: element.legal_days, Column.PROMISED_DAYS: element.promised_days}
    return row | {column: count for column, count in days.items() if count is not None}


def _area_row(words: WorkbookWords, area: Area) -> Row:
    return {
        Column.KEY: f"area={area.code}",
        Column.GUIDE: words("places"),
        Column.PART: str(area.code),
        Column.ELEMENT: words("element_area"),
        Column.STATUS: words(f"status_{Standing.SAMPLE}"),
        Column.TEXT: area.name,
        Column.PLAIN: "、".join(area.aliases),
        Column.DIGEST: digest_of_area(area),
    }


def _part(release: Release, words: WorkbookWords, guide: Guide, spot: Spot) -> str:
    if spot.variant:
        return words("part_variant", area=release.places.full_name(spot.variant) or spot.variant)
    situation = guide.situation(spot.situation)
    return words("part_situation", label=situation.label) if situation else words("part_all")


def _status(words: WorkbookWords, spot: Spot, element: Element) -> str:
    """Say how it stands; a summary is no fact of its own, it rests on the elements."""
    summary = spot.element is None
    status = "" if summary else words(f"status_{element.standing}")
    return words("status_adopted", status=status) if element.adopted else status


def _material(one: Material) -> str:
    fields = [one.name, one.form, one.note, one.electronic]
    while not fields[-1]:
        fields.pop()
    return BETWEEN.join(fields)


def _basis(one: Basis) -> str:
    number = f"（{one.number}）" if one.number else ""
    return f"{one.name}{number}{one.where}"


def _read_on(words: WorkbookWords, one: Basis) -> str:
    return one.read_on.isoformat() if one.read_on else words("unread")
