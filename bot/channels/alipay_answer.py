"""Cut the signed part out of an answer of Alipay's gateway, byte for byte.

The signature covers the answer exactly as it was sent, and python-alipay-sdk finds it by
counting braces, also those inside strings; here a JSON scanner does.
Source: Alipay, open gateway, signing of answers, read 2026-11-21.
"""

import json
import re
from collections.abc import Iterator

from data.civic.errors import BadInput

_SPACE = re.compile(r"[ \t\r\n]*")
_SCAN = json.JSONDecoder().raw_decode


def extract_signed_node(text: str, node: str) -> str | None:
    """Tell the exact text of the member `node` of a JSON object; None: it is not there.

    Raises:
        BadInput: `text` is no JSON object, or has a member twice.
    """
    return members(text).get(node)


def members(text: str) -> dict[str, str]:
    """Tell every member of a JSON object with the exact text of its value.

    Raises:
        BadInput: `text` is no JSON object, or has a member twice.
    """
    found: dict[str, str] = {}
    try:
        for name, value in _scan(text):
            if name in found:
                raise BadInput("the answer has a member twice")
            found[name] = value
    except (ValueError, IndexError, RecursionError):
        raise BadInput("the answer is no JSON object") from None
    return found


def _scan(text: str) -> Iterator[tuple[str, str]]:
    at = _after(text, "{", _skip(text, 0))
    more = text[at] != "}"
    while more:
        if text[at] != '"':
            raise ValueError(at)
        name, at = _SCAN(text, at)
        start = _after(text, ":", _skip(text, at))
        _, end = _SCAN(text, start)
        yield name, text[start:end]
        at = _skip(text, end)
        if more := text[at] == ",":
            at = _after(text, ",", at)
    if _after(text, "}", at) != len(text):
        raise ValueError(at)


def _after(text: str, mark: str, at: int) -> int:
    """Step over `mark` and the space behind it."""
    if text[at] != mark:
        raise ValueError(at)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
