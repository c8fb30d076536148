import pytest

from data.content.locate import line_of, lines_of

TEXT = """\
# a comment
id = "one"

[elements.fee]
text = '''free'''
[[items]]
name = "first"
[items.when]
where = ["x"]
  [[items]]   # indented, with a comment
  name = "second"
[[items.parts]]
size = 1
[[items.parts]]
size = 2
[[items]]
[[items.parts]]
size = 3
["quoted key"]
"also quoted" = 1
"long-key" = 2
words = \"""
id = "not a key"
[not.a.table]
\"""
after = 3
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("id",), 2, id="a key at the top"),
        pytest.param(("elements", "fee"), 4, id="a table in a table"),
        pytest.param(("elements", "fee", "text"), 5, id="a key in it"),
        pytest.param(("items", 0, "name"), 7, id="the first of an array"),
        pytest.param(("items", 0, "when", "where"), 9, id="a table of the first"),
        pytest.param(("items", 1), 10, id="the second, indented"),
        pytest.param(("items", 1, "name"), 11, id="a key of the second"),
        pytest.param(("items", 1, "parts", 0, "size"), 13, id="an array in an array"),
        pytest.param(("items", 1, "parts", 1, "size"), 15, id="its second"),
        pytest.param(("items", 2, "parts", 0, "size"), 18, id="counted anew in the next"),
        pytest.param(("quoted key", "long-key"), 21, id="quoted"),
        pytest.param(("quoted key", "words"), 22, id="a text of many lines"),
        pytest.param(("quoted key", "after"), 26, id="behind it"),
    ],
)
def test_the_line_of_a_key_is_found(path: tuple[str | int, ...], line: int) -> None:
    assert lines_of(TEXT)[path] == line


def test_words_in_a_long_text_are_no_keys() -> None:
    found = lines_of(TEXT)
    assert ("not", "a", "table") not in found
    assert ("quoted key", "id") not in found


def test_what_has_no_line_of_its_own_is_found_in_the_table_around_it() -> None:
    lines = lines_of(TEXT)
    assert line_of(lines, ("elements", "fee", "status")) == 4
    assert line_of(lines, ("items", 0, "name", 3)) == 7
    assert line_of(lines, ("missing",)) is None
    assert line_of({}, ()) is None
