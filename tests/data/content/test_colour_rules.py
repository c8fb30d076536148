"""The rules of colours: content of a release; what cannot be is refused with its place."""

import pytest

from data.civic.knowing.colour_rules import CodeColour, ColourRules
from data.content.files import manifest_of
from data.content.reader import COLOURS, read
from tests.data.content import tiny
from tests.data.content.breaking import mistakes_in


def shipped() -> str:
    return tiny.release()[COLOURS].decode()


def test_without_the_file_the_rules_of_the_house_hold() -> None:
    files = {path: text for path, text in tiny.release().items() if path != COLOURS}
    assert read(files, manifest=manifest_of(files)).rules.colours == ColourRules()


def test_what_an_office_changes_is_read() -> None:
    text = shipped().replace('needs_hand = "yellow"', 'needs_hand = "orange"')
    files = {**tiny.release(), COLOURS: text.encode()}
    rules = read(files, manifest=manifest_of(files)).rules.colours
    assert rules.needs_hand is CodeColour.ORANGE
    assert rules.signals == ColourRules().signals
    assert "高温" in rules.passes_over


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param('gives = "orange"', 'gives = "red"', "transfer order", id="red by a warning"),
        pytest.param('moved = "orange"', 'moved = "green"', "nothing", id="moved is green"),
        pytest.param('needs_hand = "yellow"', 'needs_hand = "red"', "order", id="red by a mark"),
        pytest.param('since = "IV"', 'since = "III"', "IV", id="green at response IV"),
        pytest.param('since = "IV"', 'since = "V"', "", id="no such level"),
        pytest.param("moved", "moving", "", id="no such rule"),
    ],
)
def test_an_impossible_rule_is_refused_with_its_place(before: str, after: str, told: str) -> None:
    assert before in shipped()
    files = {**tiny.release(), COLOURS: shipped().replace(before, after).encode()}
    found = mistakes_in(files)
    assert {where for where, _, _ in found} == {COLOURS}
    assert told in " ".join(str(one) for one in found)
