"""Every mistake that a guide or a life event can have is named with file and line."""

import pytest

from tests.data.content import tiny
from tests.data.content.breaking import BUNDLE, GUIDE, Files, blames, changed

LONG = "很长。" * 41


@pytest.fixture(scope="module")
def files() -> Files:
    return tiny.release()


def again(table: str) -> str:
    return table.replace("]]\n", "]]  # again\n", 1)


@pytest.mark.parametrize(
    ("path", "before", "after", "at", "said"),
    [
        pytest.param(GUIDE, "level =", "level ==", "level", "not TOML", id="no TOML"),
        pytest.param(GUIDE, "level =", "title =", 'title = "县级', "not TOML", id="a key twice"),
        pytest.param(GUIDE, "level =", "levle =", "levle", "Extra inputs", id="a mistyped key"),
        pytest.param(GUIDE, '"dog"', '"cat"', 'id = "cat"', "file's name", id="another id"),
        pytest.param(GUIDE, '"dog"', '"Dog"', 'id = "Dog"', "pattern", id="an id in capitals"),
        pytest.param(GUIDE, "2027-11-30", '"soon"', "valid_until", "valid date", id="no day"),
        pytest.param(
            GUIDE,
            'basis = ["dog-rules"]\n',
            "",
            "[elements.materials]",
            "needs its basis",
            id="a fact without basis",
        ),
        pytest.param(
            GUIDE,
            '["dog-rules"]',
            '["dog-rule"]',
            '["dog-rule"]',
            "no basis 'dog-rule'",
            id="a basis that is nowhere",
        ),
        pytest.param(
            GUIDE,
            'plain = "养狗要登记。"',
            f'plain = "{LONG}"',
            "plain = ",
            "120 characters",
            id="a plain version that is too long",
        ),
        pytest.param(
            GUIDE,
            "带上狗的免疫证明。",
            LONG,
            "[elements.materials]",
            "give a plain version",
            id="a long text without a plain version",
        ),
        pytest.param(
            GUIDE,
            'status = "not_stated"',
            'status = "not_stated"\ntext = "x"',
            "[elements.conditions]",
            "none for not_stated",
            id="not stated, but said",
        ),
        pytest.param(
            GUIDE,
            'status = "fact"\nbasis = ["dog-rules"]\ntext = "带上狗的免疫证明。"',
            'status = "sample"',
            "[elements.materials]",
            "text or items",
            id="a sample of nothing",
        ),
        pytest.param(
            GUIDE,
            tiny.SITUATION,
            tiny.SITUATION + again(tiny.SITUATION),
            "[[situations]]  # again",
            "moved stands twice",
            id="a situation twice",
        ),
        pytest.param(
            GUIDE,
            'area = "330109"',
            'area = "330110"',
            'area = "330110"',
            "no area '330110'",
            id="a variant for nowhere",
        ),
        pytest.param(
            GUIDE,
            tiny.VARIANT,
            tiny.VARIANT + again(tiny.VARIANT),
            "[[variants]]  # again",
            "330109 stands twice",
            id="a variant twice",
        ),
        pytest.param(
            BUNDLE,
            'status = "fact"\nbasis = ["dog-rules"]',
            'status = "fact"',
            "[[items]]",
            "needs its basis",
            id="an item without basis",
        ),
        pytest.param(
            BUNDLE,
            '["dog-rules"]',
            '["cat-rules"]',
            '["cat-rules"]',
            "no basis 'cat-rules'",
            id="an item's basis that is nowhere",
        ),
        pytest.param(
            BUNDLE,
            'guide = "dog"',
            'guide = "cat"',
            'guide = "cat"',
            "no guide 'cat'",
            id="an item's guide that is nowhere",
        ),
        pytest.param(
            BUNDLE,
            'id = "contract"',
            'id = "licence"',
            '[[items]]\nid = "licence"\ntitle = "合同',
            "licence stands twice",
            id="an item twice",
        ),
        pytest.param(
            BUNDLE,
            '{ id = "no", label = "不是" }',
            "",
            "options =",
            "at least 2",
            id="a question with one answer",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    files: Files, path: str, before: str, after: str, at: str, said: str
) -> None:
    assert blames(changed(files, path, before, after), path, at=at, what=said)
