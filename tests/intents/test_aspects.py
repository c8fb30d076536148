import pytest

from data.civic.labels import Aspect
from intents.aspects import AspectEar
from intents.understand import Ear


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("护照多少钱", Aspect.FEE),
        ("多久？", Aspect.DURATION),
        ("護照要幾天", Aspect.DURATION),
        ("手机app能办吗", Aspect.ONLINE),
        ("啥地方办护照", Aspect.PLACE),
        ("护照怎么办", None),
        ("", None),
    ],
)
def test_an_aspect_is_heard_with_and_without_the_service(
    deaf: Ear, text: str, aspect: Aspect | None
) -> None:
    assert deaf.understand(text).aspect == aspect


def test_of_two_aspects_the_earlier_rule_wins(deaf: Ear) -> None:
    assert deaf.understand("代办多少钱").aspect is Aspect.PROXY


def test_no_rules_hear_no_aspect() -> None:
    assert AspectEar(()).hear("多少钱") is None
