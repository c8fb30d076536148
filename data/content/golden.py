"""Read `golden/*.tsv`: the questions that every release must answer rightly."""

from collections.abc import Container

from data.civic.ids import IntentId
from data.civic.knowing.releases import GoldenQuestion
from data.civic.labels import Aspect
from data.content.parsing import Desk

FORM = "write question<TAB>intent<TAB>aspect<TAB>phrase; the aspect may be empty"


def read_golden(desk: Desk) -> tuple[GoldenQuestion, ...]:
    """Read all golden questions; what is wrong is noted with its line."""
    intents = desk.ids("intents/")
    found = [
        question
        for path in desk.named("golden/", ".tsv")
        for number, line in desk.lines(path)
        if (question := _question(desk, path, number, line, intents)) is not None
    ]
    return tuple(found)


def _question(
    desk: Desk, path: str, number: int, line: str, intents: Container[str]
) -> GoldenQuestion | None:
    fields = line.split("\t")
    if len(fields) != 4 or not (fields[0] and fields[3]):
        desk.wrong_line(path, number, FORM)
        return None
    text, intent, aspect, phrase = fields
    if intent not in intents or aspect not in {"", *Aspect}:
        desk.wrong_line(path, number, f"no intent {intent!r} or no aspect {aspect!r}")
        return None
    wanted = Aspect(aspect) if aspect else None
    return GoldenQuestion(text=text, intent=IntentId(intent), aspect=wanted, phrase=phrase)
