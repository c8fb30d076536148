"""Forms: rows in their order, what a form does not know stays, any text survives."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from data.content.forms.form import Form, Sort, filled, row_count, table_of, unreadable
from data.content.writing import lines_as_file, toml_of

ROW = Form(fields={"name": Sort.TEXT, "note": Sort.TEXT})
FORM = Form(
    fields={
        "id": Sort.KEPT,
        "title": Sort.TEXT,
        "inner.words": Sort.LINES,
        "days": Sort.NUMBER,
        "on": Sort.DAY,
    },
    rows={"inner.items": ROW},
)
TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(
    st.fixed_dictionaries(
        {"title": TEXTS, "days": st.integers(-9, 9**9), "on": st.dates()},
        optional={
            "inner": st.fixed_dictionaries(
                {
                    "words": st.lists(TEXTS, min_size=1),
                    "items": st.lists(st.fixed_dictionaries({"name": TEXTS}), min_size=1),
                }
            )
        },
    )
)
def test_what_is_filled_in_unchanged_is_the_same_table(table: dict[str, object]) -> None:
    assert table_of(FORM, filled(FORM, table)) == table


@given(st.text())
def test_any_text_that_is_written_is_read_again(text: str) -> None:
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = "".join(one for one in whole if not 0xD800 <= ord(one) <= 0xDFFF)
    table = {"a": whole, "b": [whole, "x"], "c": [{"id": "y", "d": whole}]}
    assert tomllib.loads(toml_of(table).decode()) == table


def test_what_a_form_does_not_know_stays() -> None:
    before = {"id": "a", "title": "旧", "later": 1}
    assert table_of(FORM, {"title": "新"}, onto=before) == {"id": "a", "title": "新", "later": 1}


def test_a_row_that_is_emptied_is_gone_and_a_number_moves_one() -> None:
    given = {"inner.items.0.name": "甲", "inner.items.1.name": " ", "inner.items.2.name": "丙"}
    given |= {"inner.items.3.name": "丁", "inner.items.3.at": "1"}
    items = table_of(FORM, given)["inner"]["items"]
    assert [one["name"] for one in items] == ["丁", "甲", "丙"]
    assert row_count("inner.items", given) == 4


def test_what_is_no_number_or_day_is_named() -> None:
    made = table_of(FORM, {"days": "1e5", "on": "昨天"})
    assert dict(unreadable(FORM, made)) == {"days": Sort.NUMBER, "on": Sort.DAY}


def test_lines_end_without_blanks() -> None:
    assert lines_as_file(["甲 ", "", "乙", "", ""]) == "甲\n\n乙\n".encode()
