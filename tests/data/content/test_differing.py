"""Differences in words: what came, what went, and where, as a clerk reads it."""

from hypothesis import given
from hypothesis import strategies as st

from data.content.differing import Sort, difference, pieces
from data.content.files import shipped

PATH = "guides/passport.toml"
TEXTS = st.text("护照办理丢了怎么，。abc 012", max_size=40)


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_hold_both_texts_whole(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.sort is not Sort.ADDED) == before
    assert "".join(one.text for one in found if one.sort is not Sort.REMOVED) == after


def test_a_number_changes_as_a_whole() -> None:
    found = pieces("每本120元。", "每本100元。")
    assert [(one.sort.value, one.text) for one in found] == [
        ("same", "每本"),
        ("removed", "120"),
        ("added", "100"),
        ("same", "元。"),
    ]


def test_a_changed_element_is_named_by_its_place() -> None:
    before = shipped()[PATH]
    after = before.replace("本地户口一般7个工作日".encode(), "本地户口一般5个工作日".encode())
    found = difference(PATH, before, after)
    assert (found.sort, found.title) == (Sort.CHANGED, "普通护照签发")
    assert {one.at for one in found.changes} == {("elements", "duration", "plain")}


def test_examples_that_came_and_went_are_listed() -> None:
    before = b'id = "a"\nexamples = ["x", "y"]\n'
    after = b'id = "a"\nexamples = ["y", "z"]\n'
    (change,) = difference("intents/a.toml", before, after).changes
    assert (change.at, change.added, change.removed) == (("examples",), ("z",), ("x",))


def test_a_material_is_named_not_numbered() -> None:
    before = shipped()[PATH]
    after = before.replace('form = "1份"'.encode(), 'form = "2份"'.encode(), 1)
    (change, *_) = difference(PATH, before, after).changes
    assert change.at == ("elements", "materials", "items", "中国公民出入境证件申请表", "form")


def test_a_threshold_is_shown_by_its_number() -> None:
    found = difference("rules/thresholds.toml", b"answer_score = 0.1\n", b"answer_score = 0.25\n")
    assert [one.text for one in found.changes[0].pieces] == ["0.1", "0.25"]


def test_a_new_and_a_removed_file_say_so_with_all_their_words() -> None:
    text = 'title = "养犬"\nplain = "养狗要登记。"\n'.encode()
    assert difference(PATH, None, text).sort is Sort.ADDED
    gone = difference(PATH, text, None)
    assert (gone.sort, gone.title) == (Sort.REMOVED, "养犬")
    assert {one.at[0] for one in gone.changes} == {"title", "plain"}


def test_lines_of_a_list_and_of_what_is_no_toml_are_compared_as_lines() -> None:
    (change,) = difference("other/x.txt", b"a\nb\n", b"b\nc\n").changes
    assert (change.added, change.removed) == (("c",), ("a",))
    (change,) = difference(PATH, b"a = 1\n", b"a = \n").changes
    assert (change.added, change.removed) == (("a = ",), ("a = 1",))


def test_only_an_order_or_a_comment_changes_no_words() -> None:
    before, after = b'choices = ["a", "b"]\n', b'# why\nchoices = ["b", "a"]\n'
    assert difference("intents/a.toml", before, after).changes == ()


def test_a_very_long_text_is_compared_in_a_moment() -> None:
    before = "".join(f"第{n}条，办理护照要带身份证。" for n in range(3_000))
    found = pieces(before, before.replace("第1500条", "第1500款"))
    assert [one.sort for one in found] == [Sort.SAME, Sort.REMOVED, Sort.ADDED, Sort.SAME]
