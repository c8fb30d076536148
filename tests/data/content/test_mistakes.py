"""Every mistake in every sort of file: which file, which line, and nothing but that."""

import pytest

from tests.data.content import tiny
from tests.data.content.breaking import (
    BUNDLE,
    DANGER,
    GOLDEN,
    GUIDE,
    HELD_OUT,
    INTENT,
    LIMITS,
    PLACES,
    SOURCES,
    TALK,
    VARIANTS,
    WORDING,
    Files,
    blames,
    changed,
    mistakes_in,
)


@pytest.fixture(scope="module")
def files() -> Files:
    return tiny.release()


def test_the_smallest_release_is_right(files: Files) -> None:
    assert mistakes_in(files) == []


@pytest.mark.parametrize(
    ("path", "before", "after", "at", "said"),
    [
        pytest.param(INTENT, '"guide"', '"gide"', "kind =", "'guide', 'bundle'", id="no kind"),
        pytest.param(
            INTENT, '"狗证怎么办", ', "", "examples =", "at least 10", id="too few examples"
        ),
        pytest.param(
            INTENT,
            '"狗证怎么办"',
            '"小狗办证"',
            "examples =",
            "stands twice",
            id="an example twice",
        ),
        pytest.param(
            TALK,
            '"你好"',
            '"小狗办证"',
            "examples =",
            "an example of dog too",
            id="an example of two",
        ),
        pytest.param(
            TALK, "您好。", "您好{name。", "[answer]", "braces stand around", id="half a brace"
        ),
        pytest.param(WORDING, "{phone}", "{}", "[bye]", "braces stand around", id="empty braces"),
        pytest.param(
            PLACES,
            '[[area]]\ncode = "3301"\nname = "杭州市"\n',
            "",
            '[[area]]\ncode = "330109"',
            "the area 3301 around it is missing",
            id="an area in nothing",
        ),
        pytest.param(
            PLACES,
            'county = "330109"',
            'county = "330110"',
            "county",
            "not among the areas",
            id="a county that is nowhere",
        ),
        pytest.param(PLACES, '"3301"', '"33011"', 'code = "33011"', "pattern", id="five digits"),
        pytest.param(GOLDEN, "\tfee\t", "\t", "狗证", "write question<TAB>", id="a column less"),
        pytest.param(GOLDEN, "\tfee\t", "\tprice\t", "狗证", "'price'", id="no such aspect"),
        pytest.param(GOLDEN, "\tdog\t", "\tcat\t", "狗证", "no intent 'cat'", id="no intent"),
        pytest.param(
            HELD_OUT, "\tdog", "\tcat", "狗狗", "no intent 'cat'", id="a label that is nowhere"
        ),
        pytest.param(
            HELD_OUT, "\tdog", " dog", "狗狗", "sentence<TAB>intent", id="a gap for a tab"
        ),
        pytest.param(
            VARIANTS, "\t养犬登记证", "", "狗证", "variant<TAB>standard", id="a variant of nothing"
        ),
        pytest.param(
            LIMITS, "text_chars = 500", "text_chars = 5", "text_chars", "greater than", id="a limit"
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    files: Files, path: str, before: str, after: str, at: str, said: str
) -> None:
    assert blames(changed(files, path, before, after), path, at=at, what=said)


@pytest.mark.parametrize(
    ("path", "said"),
    [(DANGER, "the file is missing"), (LIMITS, "the file is missing"), (PLACES, "which county")],
)
def test_a_file_that_must_be_there_is_missed(files: Files, path: str, said: str) -> None:
    without = {name: text for name, text in files.items() if name != path}
    ((where, _, what),) = mistakes_in(without)
    assert path.startswith(where)
    assert said in what


def test_an_element_that_is_missing_is_named(files: Files) -> None:
    without = changed(files, GUIDE, '[elements.fee]\nstatus = "not_stated"\n', "")
    ((where, _, what),) = mistakes_in(without)
    assert (where, what.endswith("elements missing (write not_stated if so): fee")) == (GUIDE, True)


@pytest.mark.parametrize(
    ("after", "line", "said"), [("", 1, "issuer"), ("read_on = 2026-13-01", 3, "not TOML")]
)
def test_a_broken_source_is_named_before_what_rests_on_it(
    files: Files, after: str, line: int, said: str
) -> None:
    first, *rest = mistakes_in(changed(files, SOURCES, 'issuer = "市人大"', after))
    assert (first[0], first[1], said in first[2]) == (SOURCES, line, True)
    assert {where for where, _, _ in rest} == {GUIDE, BUNDLE}


def test_a_text_that_never_ends_is_named_at_the_end(files: Files) -> None:
    broken = {**files, TALK: files[TALK] + b'title = "'}
    last = broken[TALK].count(b"\n") + 1
    assert [(where, line) for where, line, _ in mistakes_in(broken)] == [(TALK, last)]


def test_a_key_in_two_files_is_named_in_the_second(files: Files) -> None:
    broken = {**files, "sources/more.toml": files[SOURCES], "wording/more.toml": files[WORDING]}
    assert [(where, line) for where, line, _ in mistakes_in(broken)] == [
        ("sources/more.toml", 1),
        ("wording/more.toml", 1),
        ("wording/more.toml", 4),
    ]


@pytest.mark.parametrize("path", [GUIDE, TALK, GOLDEN, HELD_OUT, VARIANTS, "other/chat.txt"])
def test_bytes_that_are_no_text_are_named_with_their_line(files: Files, path: str) -> None:
    broken = {**files, path: b"# one\n# two\n\xb9\xb7\n"}
    assert (path, 3, "not UTF-8") in mistakes_in(broken)


def test_what_is_broken_in_one_file_is_not_blamed_on_another(files: Files) -> None:
    """The intent and the bundle name the guide: it is there, though it cannot be read."""
    broken = {**files, GUIDE: b"?"}
    assert [where for where, _, _ in mistakes_in(broken)] == [GUIDE]


def test_all_mistakes_of_all_files_are_told_at_once(files: Files) -> None:
    broken = {**files, LIMITS: b"", "sources/more.toml": files[SOURCES]}
    for path in (GUIDE, BUNDLE, INTENT, PLACES):
        broken[path] = b'no_such_key = "x"\n'
    told = {where for where, _, _ in mistakes_in(broken)}
    assert told >= {GUIDE, BUNDLE, INTENT, PLACES, LIMITS, "sources/more.toml"}


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_files_saved_by_an_office_program_are_read(files: Files, ending: bytes) -> None:
    saved = {
        path: b"\xef\xbb\xbf" + text.replace(b"\n", ending)
        for path, text in files.items()
        if path.endswith(".toml")
    }
    assert mistakes_in({**files, **saved}) == []
