"""Comments of a file stay with what they are about when it is written anew."""

import tomllib

from data.content.writing import toml_of

BEFORE = '''\
# Head of the file.

# About a.
a = 1  # beside a
text = """
# no comment, but words
"""

# About the second.
[[rules]]
id = "one"  # beside one
# About its words.
words = ["x"]

# About the third.
[[rules]]
id = "two"

# The end.
'''


def written(table: dict[str, object]) -> str:
    return toml_of(table, before=BEFORE.encode()).decode()


def test_each_stays_where_it_stood() -> None:
    text = written(tomllib.loads(BEFORE))
    assert text.index("# Head") < text.index("# About a.") < text.index("a = 1  # beside a")
    assert text.index("# About the second.") < text.index('id = "one"  # beside one')
    assert text.index("# About its words.") < text.index("words =")
    assert text.count("# no comment, but words") == 1
    assert text.endswith("# The end.\n")


def test_one_follows_its_table_when_another_is_put_before_it() -> None:
    table = tomllib.loads(BEFORE)
    table["rules"] = [{"id": "new", "words": ["y"] * 40}, *table["rules"]]
    lines = written(table).splitlines()
    assert lines[lines.index("# About the third.") + 2] == 'id = "two"'


def test_one_goes_with_what_it_was_about_but_the_head_stays() -> None:
    text = written({"rules": [{"id": "two", "words": ["y"] * 40}]})
    assert "# Head of the file." in text
    assert "# About the second." not in text
    assert "# About the third." in text


def test_a_file_that_was_no_toml_gives_no_comments() -> None:
    assert toml_of({"a": 1}, before=b"# broken\na = [") == b"a = 1\n# broken\n"
