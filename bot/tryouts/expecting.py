"""Read a batch test: questions, each with what it is expected to be answered with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.tryouts.questions import LONGEST, MOST
from bot.workbooks.sheets import Row, Table, table_in
from data.civic.errors import Mistake, Mistakes
from data.civic.ids import NOT_OURS, IntentId
from data.civic.knowing.releases import Release
from data.civic.knowing.trials import Expected
from data.civic.knowing.tryouts import Question
from data.civic.labels import Aspect


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What a file asks, and what it expects."""

    questions: tuple[Question, ...]
    expected: Mapping[str, Expected]
    faults: tuple[Mistake, ...]


def test_in(name: str, content: bytes, release: Release) -> Test:
    """Read a test; its columns are found by their titles.

    Raises:
        Mistakes: it cannot be read, a column is missing, or nothing is asked.
    """
    titles = release.words["test_columns"].full.split()
    table = table_in(name, content, most_rows=MOST)
    places = _places(table, titles)
    questions: dict[str, Question] = {}
    expected: dict[str, Expected] = {}
    faults: list[Mistake] = []
    for row in table.rows:
        found, wrong = _read(row, places, release)
        if wrong or row.faults:
            faults += [*wrong, *row.faults]
        elif found is not None and found[0].text not in questions:
            questions[found[0].text], expected[found[0].text] = found
    if not questions:
        what = "; ".join(map(str, faults[:3])) or f"no question under {titles[0]}"
        raise Mistakes((Mistake(where=name, what=what),))
    return Test(questions=tuple(questions.values()), expected=expected, faults=tuple(faults))


def _places(table: Table, titles: Sequence[str]) -> tuple[int | None, ...]:
    heads = [one.replace(" ", "") for one in table.head.cells]
    if titles[0] not in heads:
        raise Mistakes((table.head.wrong(0, f"no column {titles[0]}: see the template"),))
    return tuple(heads.index(one) if one in heads else None for one in titles)


def _read(
    row: Row, places: Sequence[int | None], release: Release
) -> tuple[tuple[Question, Expected] | None, list[Mistake]]:
    asked, intent, aspect, phrase = (
        "" if place is None else row.text(place).strip() for place in places
    )
    column = dict(zip(("asked", "intent", "aspect"), places, strict=False))
    wrong: list[Mistake] = []
    if not asked:
        return None, [row.wrong(places[0] or 0, "no question")] if intent or phrase else []
    if len(asked) > LONGEST:
        wrong.append(row.wrong(places[0] or 0, f"a question has at most {LONGEST} characters"))
    wanted_intent = _intent(intent, release)
    if intent and wanted_intent is None:
        wrong.append(row.wrong(column["intent"] or 0, f"no intent is called {intent[:40]!r}"))
    wanted_aspect = _aspect(aspect, release)
    if aspect and wanted_aspect is None:
        wrong.append(row.wrong(column["aspect"] or 0, f"no aspect is called {aspect[:40]!r}"))
    where = row.wrong(places[0] or 0, "").where
    expected = Expected(intent=wanted_intent, aspect=wanted_aspect, phrase=phrase)
    return (Question(text=asked, where=where), expected), wrong


def _intent(named: str, release: Release) -> IntentId | None:
    if named in release.intents or named == NOT_OURS:
        return IntentId(named)
    return next((one.id for one in release.intents.values() if one.title == named), None)


def _aspect(named: str, release: Release) -> Aspect | None:
    titled = {rule.title: rule.aspect for rule in release.rules.aspects}
    if named in titled:
        return titled[named]
    return Aspect(named) if named in set(Aspect) else None
