"""Read how clerks head the columns of a file of grid workers."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from data.civic.errors import Mistakes
from data.civic.safety.worker_rows import WorkerColumn, WorkerWords
from data.content.files import shipped
from data.content.parsing import Desk
from data.content.shapes.shape import Shape, Text

WORDS = "rosters/workers.toml"


class WorkerWordsFile(Shape):
    """The words of every column; of each the first is our own."""

    columns: dict[WorkerColumn, Annotated[tuple[Text, ...], Field(min_length=1)]]


def worker_words(files: Mapping[str, bytes] | None = None) -> WorkerWords:
    """Read the words that this code is shipped with.

    Raises:
        Mistakes: the file is missing or wrong.
    """
    desk = Desk(shipped() if files is None else files)
    shape = desk.one(WORDS, WorkerWordsFile)
    for one in WorkerColumn:
        if shape is not None and one not in shape.columns:
            desk.wrong(WORDS, f"no word for {one}", ("columns",))
    if shape is None or desk.mistakes:
        raise Mistakes(tuple(desk.mistakes))
    return shape.columns
