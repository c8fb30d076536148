"""The least body that an operation's document allows: for who only asks whether one may."""

import re
from collections.abc import Mapping
from typing import Any

WORDS = ("x", "xx", "xxxxxxxx", "1", "2026-11-22", "330109105201", "330109105", "330109", "0" * 12)
WORDS += (
    "0000",
    "x.csv",
    "0" * 16,
    "0" * 24,
    "0" * 64,
    "x/000000000000",
    "SQ1:X",
    "2026-11-22T08:00:00Z",
)
"""Texts of which one fits every pattern of the API."""

Schema = Mapping[str, Any]


def least(schema: Schema, whole: Schema) -> Any:
    """Make the smallest value that a JSON schema allows; `whole` is the document it stands in."""
    if "$ref" in schema:
        return least(_at(schema["$ref"], whole), whole)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return least(schema[several][0], whole)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    return _of_type(schema, whole)


def _of_type(schema: Schema, whole: Schema) -> Any:
    match schema.get("type"):
        case "object":
            needed = schema.get("required", [])
            return {name: least(schema["properties"][name], whole) for name in needed}
        case "array":
            return [least(schema["items"], whole)] * schema.get("minItems", 0)
        case "integer" | "number":
            return max(schema.get("minimum", 0), schema.get("exclusiveMinimum", -1) + 1)
        case "boolean":
            return False
        case "string":
            return _text(schema)
        case _:
            return None


def _text(schema: Schema) -> str:
    if schema.get("format") == "date-time":
        return "2026-11-22T08:00:00Z"
    if schema.get("format") == "date":
        return "2026-11-22"
    pattern, low = schema.get("pattern", ""), schema.get("minLength", 0)
    if not pattern:
        return "x" * max(low, 1)
    fits = [one for one in WORDS if len(one) >= low and re.search(pattern, one)]
    if not fits:
        raise LookupError(f"no text of WORDS fits {pattern}: add one")
    return fits[0]


def _at(reference: str, whole: Schema) -> Schema:
    found: Any = whole
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found  # type: ignore[no-any-return]
