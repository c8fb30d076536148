"""Merging: what two people changed in different places is kept, what both changed is named."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.content.files import shipped
from data.content.keyed import Side
from data.content.merging import MergeConflict, merged, rebased
from data.content.writing import toml_of

TOML, TEXT, ROWS = "wording/x.toml", "other/x.txt", "golden/x.tsv"

WORDS = st.text("护照办理丢了怎么abc0", min_size=1, max_size=6)
LINES = st.lists(WORDS, max_size=8, unique=True)
TABLES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.one_of(WORDS, st.integers(0, 9), st.lists(WORDS, max_size=4, unique=True)),
    max_size=6,
)


def lines(*many: str) -> bytes:
    return "".join(f"{one}\n" for one in many).encode()


def table(text: bytes | None) -> dict[str, object]:
    assert text is not None
    return tomllib.loads(text.decode())


@given(base=LINES, ours=LINES, theirs=LINES)
def test_no_line_that_either_side_added_or_took_out_is_lost(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    text = merged(TEXT, base=lines(*base), ours=lines(*ours), theirs=lines(*theirs))
    assert text is not None
    found = text.decode().splitlines()
    wanted = ((set(ours) & set(theirs)) | (set(ours) - set(base))) | (set(theirs) - set(base))
    assert sorted(found) == sorted(wanted)


@given(base=TABLES, ours=TABLES, theirs=TABLES)
def test_what_one_side_alone_changed_is_kept(
    base: dict[str, object], ours: dict[str, object], theirs: dict[str, object]
) -> None:
    sides = [toml_of(one) for one in (base, ours, theirs)]
    try:
        now = table(merged(TOML, base=sides[0], ours=sides[1], theirs=sides[2]))
    except MergeConflict as error:
        assert_both_changed(error, base, ours, theirs)
        return
    for key in {*base, *ours, *theirs}:
        if ours.get(key) == base.get(key):
            assert now.get(key) == theirs.get(key)
        elif theirs.get(key) == base.get(key):
            assert now.get(key) == ours.get(key)


def assert_both_changed(
    error: MergeConflict,
    base: dict[str, object],
    ours: dict[str, object],
    theirs: dict[str, object],
) -> None:
    (clash,) = error.clashes
    assert clash.path == TOML
    for named in clash.keys:
        key = named.partition(".")[0]
        assert base.get(key) not in (ours.get(key), theirs.get(key))


@given(base=TABLES, ours=TABLES, theirs=TABLES, side=st.sampled_from(Side))
def test_once_decided_nothing_clashes(
    base: dict[str, object], ours: dict[str, object], theirs: dict[str, object], side: Side
) -> None:
    sides = [toml_of(one) for one in (base, ours, theirs)]
    now = table(merged(TOML, base=sides[0], ours=sides[1], theirs=sides[2], prefer=side))
    mine, other = (ours, theirs) if side is Side.OURS else (theirs, ours)
    for key, value in mine.items():
        if not isinstance(value, list) and value != base.get(key) and key in other:
            assert now[key] == value


@given(base=TABLES, ours=TABLES)
def test_where_one_side_alone_changed_the_file_it_stays_byte_for_byte(
    base: dict[str, object], ours: dict[str, object]
) -> None:
    before, after = toml_of(base), toml_of(ours)
    assert merged(TOML, base=before, ours=after, theirs=before) == after
    assert merged(TOML, base=before, ours=before, theirs=after) == after


def test_two_elements_of_a_guide_are_two_places_and_one_is_one() -> None:
    base = shipped()["guides/passport.toml"]
    path = "guides/passport.toml"
    in_fee = base.replace(b"[elements.fee]", b"[elements.fee]\ncount = 1")
    in_days = base.replace(b"[elements.duration]", b"[elements.duration]\ncount = 2")
    both = table(merged(path, base=base, ours=in_fee, theirs=in_days))
    elements = both["elements"]
    assert isinstance(elements, dict)
    assert (elements["fee"]["count"], elements["duration"]["count"]) == (1, 2)
    with pytest.raises(MergeConflict, match=r"guides/passport\.toml: .*elements\.fee"):
        merged(path, base=base, ours=in_fee, theirs=in_fee.replace(b"count = 1", b"count = 3"))


def test_full_and_plain_words_of_one_answer_are_never_mixed() -> None:
    base = toml_of({"hello": {"full": "您好。", "plain": "好。"}})
    ours = toml_of({"hello": {"full": "您好呀。", "plain": "好。"}})
    theirs = toml_of({"hello": {"full": "您好。", "plain": "您好。"}})
    with pytest.raises(MergeConflict, match=r"wording/x\.toml: hello\.full"):
        merged(TOML, base=base, ours=ours, theirs=theirs)


def test_situations_are_told_apart_by_their_ids() -> None:
    base = toml_of({"situations": [{"id": "a", "label": "甲"}, {"id": "b", "label": "乙"}]})
    ours = toml_of({"situations": [{"id": "a", "label": "甲一"}, {"id": "b", "label": "乙"}]})
    theirs = toml_of({"situations": [{"id": "b", "label": "乙二"}, {"id": "c", "label": "丙"}]})
    with pytest.raises(MergeConflict, match=r"situations\.a"):
        merged(TOML, base=base, ours=ours, theirs=theirs)
    theirs = toml_of({"situations": [{"id": "a", "label": "甲"}, {"id": "b", "label": "乙二"}]})
    now = table(merged(TOML, base=base, ours=ours, theirs=theirs))
    assert now["situations"] == [{"id": "a", "label": "甲一"}, {"id": "b", "label": "乙二"}]


def test_a_row_is_one_place_and_its_first_column_names_it() -> None:
    base = lines("护照多少钱\tpassport", "你好\tgreeting")
    ours = lines("护照多少钱\tpassport", "你好\tthanks")
    theirs = lines("护照多少钱\tpassport\tfee", "你好\tgreeting")
    both = merged(ROWS, base=base, ours=ours, theirs=theirs)
    assert both == lines("护照多少钱\tpassport\tfee", "你好\tthanks")
    with pytest.raises(MergeConflict, match=r"golden/x\.tsv: 你好"):
        merged(ROWS, base=base, ours=ours, theirs=lines("你好\tgoodbye"))


def test_a_file_that_one_removed_and_the_other_changed_is_named_whole() -> None:
    with pytest.raises(MergeConflict) as caught:
        merged(TEXT, base=lines("a"), ours=None, theirs=lines("b"))
    assert caught.value.clashes[0].keys == ()
    assert merged(TEXT, base=lines("a"), ours=None, theirs=lines("a")) is None
    decided = merged(TEXT, base=lines("a"), ours=None, theirs=lines("b"), prefer=Side.THEIRS)
    assert decided == lines("b")


def test_what_cannot_be_read_is_named_whole_and_not_guessed() -> None:
    with pytest.raises(MergeConflict):
        merged(TOML, base=b"a = 1", ours=b"a = ", theirs=b"a = 2")


def test_all_clashes_of_a_draft_are_named_at_once() -> None:
    before = {"other/a.txt": lines("x"), TOML: b"a = 1\n", "wording/y.toml": b"a = 1\n"}
    after = {"other/a.txt": lines("x", "y"), TOML: b"a = 2\n", "wording/y.toml": b"a = 2\n"}
    edits = {"other/a.txt": lines("x", "z"), TOML: b"a = 3\n", "wording/y.toml": b"a = 4\n"}
    with pytest.raises(MergeConflict) as caught:
        rebased(edits, before=before, after=after)
    assert [one.path for one in caught.value.clashes] == [TOML, "wording/y.toml"]
    prefer = {TOML: Side.OURS, "wording/y.toml": Side.THEIRS}
    now = rebased(edits, before=before, after=after, prefer=prefer)
    assert now[TOML] == b"a = 3\n"
    assert now["wording/y.toml"] == b"a = 2\n"
    assert set((now["other/a.txt"] or b"").split()) == {b"x", b"y", b"z"}
