"""A place on the map, or a picture: no words, but what a desk can take up."""

import pytest

from data.civic.shapes import Point
from data.civic.talk.messages import MessageKind
from tests import builders


def test_a_place_has_a_point_and_the_words_of_the_map() -> None:
    one = builders.message("120.26,30.18 萧山区临浦镇", kind=MessageKind.PLACE)
    assert one.point == Point(120.26, 30.18)
    assert one.words == "萧山区临浦镇"
    assert one.masked == ""


@pytest.mark.parametrize("text", ["", "120.26", "200,30 x", "a,b c", "nan,1"])
def test_a_place_that_is_nowhere_has_no_point(text: str) -> None:
    assert builders.message(text, kind=MessageKind.PLACE).point is None


def test_a_picture_says_nothing_and_a_text_has_no_point() -> None:
    assert builders.message("media-1", kind=MessageKind.PICTURE).words == ""
    assert builders.message("120.26,30.18").point is None
    assert builders.message("你好").words == "你好"
