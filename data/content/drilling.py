"""The words of a drill, as they are shipped; the program marks each of them."""

import tomllib
from dataclasses import dataclass, fields

from data.civic.errors import Mistake, Mistakes
from data.content.files import seeds

FILE = "seeds/drill.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillWords:
    """What is said in a drill by whom."""

    event: str
    sender: str
    """The made-up observatory; its headline follows the grammar of real ones."""
    hazard: str
    headline: str
    description: str
    instruction: str
    response: str
    order: str
    shelter: str
    """Its name."""


def drill_words() -> DrillWords:
    """Read the words.

    Raises:
        Mistakes: one is missing, or there is one too many.
    """
    try:
        said = tomllib.loads(seeds()[FILE].decode())
        return DrillWords(**{one: str(said.pop(one)) for one in _names()}, **said)
    except (KeyError, TypeError, ValueError) as error:
        what = f"needs exactly {', '.join(_names())} ({error})"
        raise Mistakes((Mistake(where=FILE, what=what),)) from error


def _names() -> list[str]:
    return [one.name for one in fields(DrillWords)]
