"""The forms of a guide: what it is, one element, a situation, an area that differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.civic.knowing.guides import ElementName, Standing
from data.content.forms.form import Filled, Form, Sort, table_of
from data.content.writing import Table

BASICS = Form(
    fields={
        "id": Sort.KEPT,
        "title": Sort.TEXT,
        "everyday": Sort.LINES,
        "item_type": Sort.TEXT,
        "department": Sort.TEXT,
        "level": Sort.TEXT,
        "audience": Sort.LINES,
        "theme": Sort.LINES,
        "checked_on": Sort.DAY,
        "valid_until": Sort.DAY,
        "summary": Sort.TEXT,
        "plain": Sort.TEXT,
        "spoken": Sort.TEXT,
        "elements": Sort.KEPT,
        "situations": Sort.KEPT,
        "variants": Sort.KEPT,
    }
)

MATERIAL = Form(
    fields={
        "name": Sort.TEXT,
        "form": Sort.TEXT,
        "note": Sort.TEXT,
        "electronic": Sort.TEXT,
    }
)

ELEMENT = Form(
    fields={
        "status": Sort.TEXT,
        "basis": Sort.LINES,
        "plain": Sort.TEXT,
        "text": Sort.TEXT,
        "legal_days": Sort.NUMBER,
        "promised_days": Sort.NUMBER,
        "count": Sort.NUMBER,
    },
    rows={"items": MATERIAL},
)

SITUATION = Form(
    fields={"id": Sort.KEPT, "label": Sort.TEXT, "words": Sort.LINES, "elements": Sort.KEPT}
)

NOT_STATED: Mapping[str, str] = {"status": Standing.NOT_STATED.value}

_ARRAYS = {"situation": ("situations", "id"), "variant": ("variants", "area")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where elements stand in the file of a guide: for everyone, or in one of its parts."""

    situation: str = ""
    variant: str = ""

    @property
    def key(self) -> tuple[str, str, str] | None:
        """Name the array, the key of its tables and its value; None: for everyone."""
        if self.situation:
            return *_ARRAYS["situation"], self.situation
        return (*_ARRAYS["variant"], self.variant) if self.variant else None


EVERYONE = Place()


def path_of(guide: str) -> str:
    """Tell the file of a guide."""
    return f"guides/{guide}.toml"


def guide_table(given: Filled, *, onto: Table) -> dict[str, Any]:
    """Make the table of a guide from the form of what it is; its elements stay as in `onto`."""
    made = table_of(BASICS, given, onto=onto)
    made.setdefault("elements", {name.value: dict(NOT_STATED) for name in ElementName})
    return made


def part_at(guide: Table, place: Place) -> Table | None:
    """Find a situation, an area that differs, or the guide itself."""
    if place.key is None:
        return guide
    array, key, wanted = place.key
    return next((one for one in guide.get(array, ()) if one[key] == wanted), None)


def with_part(guide: Table, place: Place, part: Table | None) -> dict[str, Any]:
    """Put a situation or an area in, in place of that of its name; None: take it out."""
    if place.key is None:
        return dict(part or guide)
    array, key, wanted = place.key
    parts = list(guide.get(array, ()))
    at = next((n for n, one in enumerate(parts) if one[key] == wanted), len(parts))
    parts[at : at + 1] = [part] if part is not None else []
    rest = {name: value for name, value in guide.items() if name != array}
    return rest | ({array: parts} if parts else {})


def with_element(
    guide: Table, place: Place, name: ElementName, element: Table | None
) -> dict[str, Any]:
    """Put an element in; None: take it out of a situation or area, so that the guide's holds."""
    part = dict(part_at(guide, place) or {})
    elements = {key: one for key, one in part.get("elements", {}).items() if key != name.value}
    if element is not None:
        elements[name.value] = element
    ordered = {one.value: elements[one.value] for one in ElementName if one.value in elements}
    return with_part(guide, place, part | {"elements": ordered})
