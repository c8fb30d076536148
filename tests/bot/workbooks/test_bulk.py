"""Bulk sheets: out and in again with the same columns, nothing lost, nothing computed."""

import csv
import time
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from bot.first_release import Shipped
from bot.workbooks.bulk import MOST_ROWS, BulkWords, as_csv, as_xlsx, lines_in
from data.civic.errors import Mistake, Mistakes
from data.content.bulk.lines import Cells, Kind, Taken
from data.content.bulk.sheets import SHEETS, good_lines, taken_in
from data.content.files import manifest_of
from data.content.reader import read


@pytest.fixture
def words(shipped: Shipped) -> BulkWords:
    return BulkWords(words=shipped.release.words)


def whole(files: dict[str, bytes]) -> tuple[Mistake, ...]:
    try:
        read(files, manifest=manifest_of(files))
    except Mistakes as error:
        return error.mistakes
    return ()


def taken(
    shipped: Shipped, words: BulkWords, kind: Kind, content: bytes, *, good: bool = False
) -> Taken:
    lines, faults = lines_in(kind, "表.csv", content, words)
    assert not faults
    take = good_lines if good else taken_in
    return take(kind, shipped.files, lines, check=lambda files: whole(dict(files)))


def sheet(words: BulkWords, kind: Kind, *rows: Cells) -> bytes:
    return as_csv(kind, rows, words)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_what_goes_out_comes_in_as_nothing_changed(
    shipped: Shipped, words: BulkWords, kind: Kind, write: type
) -> None:
    content = write(kind, SHEETS[kind].out(shipped.files), words)
    back = taken(shipped, words, kind, content)
    assert (back.texts, back.mistakes) == ({}, [])
    assert back.same > 40


def test_no_cell_that_goes_out_is_a_formula(words: BulkWords) -> None:
    risky = {"id": "x", "title": "=1+1", "sentence": "@SUM(A1)"}
    (_, row) = csv.reader(StringIO(as_csv(Kind.EXAMPLES, [risky], words).decode("utf-8-sig")))
    assert row == ["x", "'=1+1", "'@SUM(A1)"]
    page = load_workbook(BytesIO(as_xlsx(Kind.EXAMPLES, [risky], words))).worksheets[0]
    assert {cell.data_type for cell in page[2]} == {"s"}


def test_sentences_of_an_intent_are_those_of_the_sheet(shipped: Shipped, words: BulkWords) -> None:
    before = shipped.release.intents["passport"].examples
    rows = [{"id": "passport", "sentence": one} for one in (*before[1:], "护照本本咋整呀")]
    made = taken(shipped, words, Kind.EXAMPLES, sheet(words, Kind.EXAMPLES, *rows))
    assert list(made.texts) == ["intents/passport.toml"]
    assert (made.new, made.removed, made.same) == (1, 1, len(before) - 1)


def test_an_answer_keeps_its_topics_and_choices(shipped: Shipped, words: BulkWords) -> None:
    out = {one["id"]: one for one in SHEETS[Kind.ANSWERS].out(shipped.files)}
    changed = {**out["typhoon"], "answer.plain": "台风来了。请打12345。"}
    made = taken(shipped, words, Kind.ANSWERS, sheet(words, Kind.ANSWERS, changed))
    files = dict(shipped.files) | {
        "intents/typhoon.toml": made.texts["intents/typhoon.toml"] or b""
    }
    now = read(files, manifest=manifest_of(files)).intents["typhoon"].answer
    before = shipped.release.intents["typhoon"].answer
    assert now
    assert before
    assert now.words.plain == "台风来了。请打12345。"
    assert (now.topics, now.choices) == (before.topics, before.choices)


def test_a_new_guide_is_made_with_nothing_stated(shipped: Shipped, words: BulkWords) -> None:
    out = next(one for one in SHEETS[Kind.GUIDES].out(shipped.files) if one["id"] == "passport")
    made = taken(shipped, words, Kind.GUIDES, sheet(words, Kind.GUIDES, {**out, "id": "new_guide"}))
    assert (made.new, made.mistakes) == (1, [])
    text = (made.texts["guides/new_guide.toml"] or b"").decode()
    assert text.count("not_stated") == 14


def test_an_element_with_materials_is_rebuilt_whole(shipped: Shipped, words: BulkWords) -> None:
    rows = [
        one | {"items": "身份证｜原件1份\n照片｜2张｜近期"}
        for one in SHEETS[Kind.ELEMENTS].out(shipped.files)
        if (one["guide"], one["element"], one["situation"]) == ("passport", "materials", "")
    ]
    made = taken(shipped, words, Kind.ELEMENTS, sheet(words, Kind.ELEMENTS, *rows))
    files = dict(shipped.files) | {
        "guides/passport.toml": made.texts["guides/passport.toml"] or b""
    }
    guide = read(files, manifest=manifest_of(files)).guides["passport"]
    items = next(e for n, e in guide.elements.items() if n == "materials").items
    assert [(one.name, one.form, one.note) for one in items] == [
        ("身份证", "原件1份", ""),
        ("照片", "2张", "近期"),
    ]


@pytest.mark.parametrize(
    ("kind", "row", "where", "what"),
    [
        (Kind.EXAMPLES, {"id": "nothing", "sentence": "啊"}, "A2", "no intent"),
        (Kind.EXAMPLES, {"id": "passport"}, "C2", "no sentence"),
        (Kind.ANSWERS, {"id": "passport"}, "A2", "answered by its desk"),
        (Kind.GUIDES, {"id": "Ä"}, "A2", "small letters"),
        (Kind.ELEMENTS, {"guide": "nothing"}, "A2", "no guide"),
        (Kind.ELEMENTS, {"guide": "passport", "element": "颜色"}, "E2", "no element"),
        (Kind.VARIANTS, {"said": "护本"}, "B2", "give both"),
        (Kind.GOLDEN, {"text": "护照"}, "B2", "question, intent and words"),
    ],
)
def test_a_mistake_is_named_by_its_cell(
    shipped: Shipped, words: BulkWords, kind: Kind, row: Cells, where: str, what: str
) -> None:
    made = taken(shipped, words, kind, sheet(words, kind, row))
    assert [(one.where.rpartition("!")[2]) for one in made.mistakes][:1] == [where]
    assert what in str(made.mistakes[0])


def test_what_the_release_would_be_refused_for_is_a_mistake_of_its_line(
    shipped: Shipped, words: BulkWords
) -> None:
    out = {one["id"]: one for one in SHEETS[Kind.ANSWERS].out(shipped.files)}
    bad = {**out["typhoon"], "answer.plain": "长" * 300}
    good = {**out["flood"], "answer.plain": "水来了。请打12345。"}
    content = sheet(words, Kind.ANSWERS, good, bad)
    assert [one.where for one in taken(shipped, words, Kind.ANSWERS, content).mistakes] == [
        "表.csv!A3"
    ]
    kept = taken(shipped, words, Kind.ANSWERS, content, good=True)
    assert list(kept.texts) == ["intents/flood.toml"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("名称,说法\n", "编号", id="column missing"),
        pytest.param("编号,名称,说法,备注\n", "备注", id="column not known"),
    ],
)
def test_columns_that_do_not_fit_are_named(words: BulkWords, content: str, why: str) -> None:
    with pytest.raises(Mistakes, match=why):
        lines_in(Kind.EXAMPLES, "表.csv", content.encode(), words)


def test_fifty_thousand_lines_are_read_in_seconds(shipped: Shipped, words: BulkWords) -> None:
    rows = [{"id": "passport", "sentence": f"护照第{n}种问法"} for n in range(MOST_ROWS)]
    content = as_xlsx(Kind.EXAMPLES, rows, words)
    begun = time.process_time()
    lines, faults = lines_in(Kind.EXAMPLES, "表.xlsx", content, words)
    made = taken_in(Kind.EXAMPLES, shipped.files, lines, check=lambda _: ())
    assert (len(lines), faults, made.new) == (MOST_ROWS, [], MOST_ROWS)
    assert time.process_time() - begun < 30


def test_one_line_too_many_is_refused_and_not_cut(words: BulkWords) -> None:
    rows = [{"id": "passport", "sentence": str(n)} for n in range(MOST_ROWS + 1)]
    with pytest.raises(Mistakes, match="more than 50000 rows"):
        lines_in(Kind.EXAMPLES, "表.csv", as_csv(Kind.EXAMPLES, rows, words), words)
