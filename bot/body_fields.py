"""Fields of bodies: the shapes that many share, and which fields of one are wrong."""

from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

PurposeText = Annotated[str, StringConstraints(min_length=2, max_length=100)]
"""Why people are looked at: kept in the log that the person may read."""
Village = Annotated[str, StringConstraints(pattern=r"^\d{12}$")]
Handle = Annotated[int, Field(gt=0, lt=1 << 40)]
"""A person of the roster."""
MOST_WRONG = 20
"""Wrong fields that are named; who has more has one cause."""


def in_words(error: ValidationError) -> str:
    """Say which fields are wrong and how, without repeating what was sent."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    named = (".".join(str(key) for key in one["loc"]) or "body" for one in found)
    wrong = [f"{name}: {one['msg']}" for name, one in zip(named, found, strict=True)]
    more = len(wrong) - MOST_WRONG
    return "; ".join([*wrong[:MOST_WRONG], *([f"and {more} more"] if more > 0 else [])])
