"""Tell what is wrong with one table, field by field, by codes that a page puts into words."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from data.content.writing import Table

FIELD_OF: Mapping[str, str] = {
    "needs_plain": "plain",
    "braces": "full",
    "nothing_said": "text",
    "said_though_not_stated": "status",
    "needs_basis": "basis",
    "ends_too_early": "valid_until",
    "needs_answer": "answer.full",
    "answer_of_guide": "answer.full",
}
"""The rules that look at a whole table: at which of its fields what they refuse is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: in which field, by which rule."""

    field: str
    code: str
    what: str
    """In English, where no page has words for the code."""
    limit: str = ""
    """What the rule allows, as it is shown."""


def faults(shape: type[BaseModel], table: Table, *, within: str = "") -> tuple[Fault, ...]:
    """List what keeps a table from its shape; `within` is a field before whose name `.` stands."""
    try:
        shape.model_validate(table)
    except ValidationError as error:
        found = error.errors(include_url=False)
        return tuple(_fault(dict(one), within) for one in found)
    return ()


def _fault(one: Mapping[str, object], within: str) -> Fault:
    code, place = str(one["type"]), one["loc"]
    names = [str(key) for key in place if key != "[key]"] if isinstance(place, tuple) else []
    if code in FIELD_OF:
        names.append(FIELD_OF[code])
    context = one.get("ctx")
    known = context if isinstance(context, Mapping) else {}
    limit = next((str(known[key]) for key in _LIMITS if key in known), "")
    named = ".".join([*([within] if within else []), *names])
    return Fault(field=named, code=code, what=str(one["msg"]), limit=limit)


_LIMITS = ("min_length", "max_length", "ge", "gt", "le", "lt", "expected", "pattern")
