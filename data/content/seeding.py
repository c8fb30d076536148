"""Read the seeds of the demo: sample applications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from data.civic.errors import Mistakes
from data.civic.knowing.cases import CaseState
from data.content.parsing import Desk
from data.content.shapes.shape import Shape, Text

CASES = "seeds/cases.toml"


class CaseShape(Shape):
    """One sample application; its days are counted from the day it is loaded."""

    number: Text
    title: Text
    state: CaseState
    department: Text
    phone: Text
    days_ago: Annotated[int, Field(ge=0)]
    due_in_days: Annotated[int, Field(ge=0)] | None = None
    note: str = ""
    last_four: Annotated[tuple[Text, ...], Field(min_length=1)]


class CasesFile(Shape):
    """`seeds/cases.toml`."""

    case: tuple[CaseShape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCase:
    """A sample application, its second factors in the open: nobody's."""

    number: str
    title: str
    state: CaseState
    department: str
    phone: str
    days_ago: int
    due_in_days: int | None
    note: str
    last_four: tuple[str, ...] = field(repr=False)


def sample_cases(files: Mapping[str, bytes]) -> tuple[SampleCase, ...]:
    """Read the sample applications.

    Raises:
        Mistakes: the file is wrong; every mistake with its line.
    """
    desk = Desk(files)
    shape = desk.one(CASES, CasesFile)
    if shape is None:
        raise Mistakes(tuple(desk.mistakes))
    return tuple(SampleCase(**one.model_dump()) for one in shape.case)
