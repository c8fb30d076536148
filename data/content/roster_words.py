"""Read how clerks head the columns of a roster and what they write in them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from data.civic.errors import Mistakes
from data.civic.risks import RiskTag
from data.civic.safety.rosters import Mobility
from data.civic.safety.rows import Column, RosterWords
from data.content.files import shipped
from data.content.parsing import Desk
from data.content.shapes.shape import Shape, Text

WORDS = "rosters/words.toml"

Many = Annotated[tuple[Text, ...], Field(min_length=1)]


class _Ignored(Shape):
    words: tuple[Text, ...] = ()


class _Answers(Shape):
    yes: Many
    no: Many


class _Template(Shape):
    sheet: Text
    how_sheet: Text
    how: Many
    example: tuple[str, ...]
    nothing: Text


class WordsFile(Shape):
    """All the words of rosters; of every list the first is the one of the template."""

    columns: dict[Column, Many]
    ignored: _Ignored
    risks: dict[RiskTag, Many]
    mobility: dict[Mobility, Many]
    answers: _Answers
    template: _Template


def roster_words(files: Mapping[str, bytes] | None = None) -> RosterWords:
    """Read the words that this code is shipped with.

    Raises:
        Mistakes: the file is missing or wrong.
    """
    desk = Desk(shipped() if files is None else files)
    shape = desk.one(WORDS, WordsFile)
    if shape is None:
        raise Mistakes(tuple(desk.mistakes))
    for what, known in (("columns", Column), ("risks", RiskTag), ("mobility", Mobility)):
        for one in known:
            if one not in getattr(shape, what):
                desk.wrong(WORDS, f"no word for {one}", (what,))
    if desk.mistakes:
        raise Mistakes(tuple(desk.mistakes))
    return RosterWords(
        columns=shape.columns,
        ignored=frozenset(shape.ignored.words),
        risks=shape.risks,
        mobility=shape.mobility,
        yes=shape.answers.yes,
        no=shape.answers.no,
        sheet=shape.template.sheet,
        how_sheet=shape.template.how_sheet,
        how=shape.template.how,
        example=shape.template.example,
        nothing=shape.template.nothing,
    )
