"""XML that means harm, and XML that is broken: refused before anything is done with it."""

import pytest

from bot.feeds.tree import DEEPEST, LARGEST, MOST_ELEMENTS, parse
from data.civic.warning.verdicts import Unfit

BOMB = b"""<!DOCTYPE alert [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><alert>&b;</alert>"""
OUTSIDE = b"""<!DOCTYPE alert [<!ENTITY f SYSTEM "file:///etc/passwd">]><alert>&f;</alert>"""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (b"<!DOCTYPE alert><alert/>", "document type"),
        (b"<alert>" * (DEEPEST + 1), "deeper"),
        (b"<alert>" + b"<a/>" * MOST_ELEMENTS + b"</alert>", "more than"),
        (b"<alert>" + b" " * LARGEST + b"</alert>", "bytes"),
        (b"", "well-formed"),
        (b"{}", "well-formed"),
        (b"<alert>", "well-formed"),
        (b"<alert/><alert/>", "well-formed"),
        (b"<alert>&unknown;</alert>", "well-formed"),
        ("<alert>台风</alert>".encode("gb18030"), "well-formed XML in UTF-8"),
        (b"<report/>", "outermost"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(Unfit, match=words):
        parse(body, root="alert")


def test_what_stands_inside_is_found_by_name_and_only_once() -> None:
    top = parse("<alert xmlns='urn:x'><a> 台风 </a><b/><b/></alert>".encode(), root="alert")
    assert (top.namespace, top.say("a"), top.say("c")) == ("urn:x", "台风", "")
    with pytest.raises(Unfit, match="<b> stands 2 times"):
        top.one("b")
    with pytest.raises(Unfit, match="<c> is missing"):
        top.must("c")


def test_markup_inside_a_text_is_refused_before_any_word_of_it_is_cut() -> None:
    top = parse(
        "<alert><a>风力<b>12级</b></a><c><d>全文</d></c><e>x<!-- y -->z</e></alert>".encode(),
        root="alert",
    )
    for name in ("a", "c"):
        with pytest.raises(Unfit, match="must be plain text"):
            top.say(name)
        with pytest.raises(Unfit, match="must be plain text"):
            top.texts(name)
    assert top.say("e") == "xz"


@pytest.mark.parametrize("body", ["<alert>临浦镇<a/></alert>", "<alert>临浦镇</alert>"])
def test_words_outside_of_the_elements_are_refused_and_not_passed_over(body: str) -> None:
    with pytest.raises(Unfit, match="outside of its elements"):
        parse(body.encode(), root="alert").say("a")
