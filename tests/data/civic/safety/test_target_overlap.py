"""Where two lists of areas overlap."""

import pytest

from data.civic.ids import AreaCode
from data.civic.safety.targets import overlap


@pytest.mark.parametrize(
    ("some", "others", "both"),
    [
        pytest.param(["330109"], ["330109105201"], ["330109105201"], id="the narrower"),
        pytest.param(["330109105201"], ["330109"], ["330109105201"], id="either way round"),
        pytest.param(["330109105"], ["330109103"], [], id="apart"),
        pytest.param(["330109", "330109105"], ["330109"], ["330109"], id="none lies in another"),
        pytest.param([], ["330109"], [], id="nowhere"),
    ],
)
def test_what_lies_in_both_is_told(some: list[str], others: list[str], both: list[str]) -> None:
    found = overlap(map(AreaCode, some), list(map(AreaCode, others)))
    assert list(found) == both
