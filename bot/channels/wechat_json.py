"""WeChat's JSON: what a mini-program may be pushed instead of XML; read with the same suspicion."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from data.civic.errors import BadInput

DEEPEST = 20


def fields(text: str) -> dict[str, str]:
    """Read what stands right below the root: name → text; a number exactly as it was sent.

    Raises:
        BadInput: it is no JSON object, repeats a name, or is too deep.
    """
    return {key: value for key, value in _object(text).items() if isinstance(value, str)}


def listed(text: str) -> list[dict[str, str]]:
    """Read `List`, which is an object where it holds one thing, and an array for several.

    Raises:
        BadInput: as `fields`.
    """
    found = _object(text).get("List", [])
    things = found if isinstance(found, Sequence) and not isinstance(found, str) else [found]
    return [
        {key: value for key, value in one.items() if isinstance(value, str)}
        for one in things
        if isinstance(one, Mapping)
    ]


def _object(text: str) -> dict[str, Any]:
    if _deepest(text) > DEEPEST:
        raise BadInput(f"the JSON is deeper than {DEEPEST} levels")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str)
    except ValueError:
        raise BadInput("the body is no JSON") from None
    if not isinstance(found, dict):
        raise BadInput("the JSON must be an object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadInput("the JSON repeats a name")
    return found


def _deepest(text: str) -> int:
    """Count brackets without looking whether they stand in a text: too many are refused."""
    depth = deepest = 0
    for letter in text:
        depth += (letter in "{[") - (letter in "}]")
        deepest = max(deepest, depth)
    return deepest
