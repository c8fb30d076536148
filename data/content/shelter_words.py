"""Read how clerks head the columns of a file of shelters and what they write in them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from data.civic.errors import Mistakes
from data.civic.safety.shelter_rows import ShelterColumn, ShelterWords
from data.civic.safety.shelters import ShelterLevel
from data.content.files import shipped
from data.content.parsing import Desk
from data.content.shapes.shape import Shape, Text

WORDS = "rosters/shelters.toml"

Many = Annotated[tuple[Text, ...], Field(min_length=1)]


class _Answers(Shape):
    yes: Many
    no: Many


class ShelterWordsFile(Shape):
    """The words of every column and cell."""

    columns: dict[ShelterColumn, Many]
    levels: dict[ShelterLevel, Many]
    answers: _Answers


def shelter_words(files: Mapping[str, bytes] | None = None) -> ShelterWords:
    """Read the words that this code is shipped with.

    Raises:
        Mistakes: the file is missing or wrong.
    """
    desk = Desk(shipped() if files is None else files)
    shape = desk.one(WORDS, ShelterWordsFile)
    for one in ShelterColumn:
        if shape is not None and one not in shape.columns:
            desk.wrong(WORDS, f"no word for {one}", ("columns",))
    for level in ShelterLevel:
        if shape is not None and level not in shape.levels:
            desk.wrong(WORDS, f"no word for {level}", ("levels",))
    if shape is None or desk.mistakes:
        raise Mistakes(tuple(desk.mistakes))
    return ShelterWords(
        columns=shape.columns,
        levels={str(level): said for level, said in shape.levels.items()},
        yes=shape.answers.yes,
        no=shape.answers.no,
    )
