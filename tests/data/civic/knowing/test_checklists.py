"""A small life event: which question comes next, and what the list then holds."""

from collections.abc import Mapping
from datetime import date

import pytest

from data.civic.ids import BundleId
from data.civic.knowing.bundles import Answer, Bundle, Item, Question, checklist
from data.civic.knowing.guides import Material, Standing
from data.civic.knowing.sentences import Sentence

SAID = Sentence(full="", plain="", spoken="")
CARD, DEED, PHOTO = Material(name="身份证"), Material(name="房产证"), Material(name="照片")


def question(name: str) -> Question:
    return Question(id=name, ask=SAID, options=(Answer(id="yes", label="是"),))


def item(
    name: str,
    *,
    step: int,
    materials: tuple[str, ...],
    days: int | None = 1,
    when: Mapping[str, set[str]] | None = None,
) -> Item:
    return Item(
        id=name,
        title=name,
        department="公安",
        step=step,
        materials=materials,
        standing=Standing.FACT,
        days=days,
        when=tuple((key, frozenset(wanted)) for key, wanted in (when or {}).items()),
    )


MOVE = Bundle(
    id=BundleId("move"),
    title="搬家",
    department="公安",
    checked_on=date(2026, 11, 21),
    valid_until=date(2027, 11, 30),
    summary=SAID,
    questions=(question("owns"), question("mortgage"), question("pets")),
    items=(
        item("register", step=2, materials=("photo", "card"), days=3),
        item("deed", step=1, materials=("card", "deed"), days=5, when={"owns": {"yes"}}),
        item("rent", step=1, materials=("card",), days=2, when={"owns": {"no"}}),
        item(
            "bank",
            step=1,
            materials=("deed",),
            days=None,
            when={"owns": {"yes"}, "mortgage": {"yes"}},
        ),
    ),
    materials={"card": CARD, "deed": DEED, "photo": PHOTO},
)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        pytest.param({}, "owns", id="the first"),
        pytest.param({"owns": "yes"}, "mortgage", id="the next that matters"),
        pytest.param({"owns": "no"}, None, id="a mortgage matters to no tenant"),
        pytest.param({"owns": "yes", "mortgage": "no"}, None, id="pets change nothing"),
        pytest.param({"mortgage": "no"}, "owns", id="answered out of turn"),
    ],
)
def test_only_what_still_changes_something_is_asked(
    answers: dict[str, str], asked: str | None
) -> None:
    found = MOVE.next_question(answers)
    assert (found.id if found else None) == asked


@pytest.mark.parametrize(
    ("answers", "steps"),
    [
        pytest.param({}, [["deed", "rent", "bank"], ["register"]], id="nothing answered yet"),
        pytest.param({"owns": "no"}, [["rent"], ["register"]], id="a tenant"),
        pytest.param(
            {"owns": "yes", "mortgage": "yes"}, [["deed", "bank"], ["register"]], id="both"
        ),
    ],
)
def test_what_is_done_side_by_side_stands_in_one_step(
    answers: dict[str, str], steps: list[list[str]]
) -> None:
    found = checklist(MOVE, answers)
    assert [[one.id for one in step] for step in found.steps] == steps


def test_each_material_is_brought_once_in_the_order_of_need() -> None:
    owner = checklist(MOVE, {"owns": "yes", "mortgage": "yes"})
    tenant = checklist(MOVE, {"owns": "no"})
    assert owner.materials == (CARD, DEED, PHOTO)
    assert tenant.materials == (CARD, PHOTO)


def test_the_time_is_that_of_the_longest_way() -> None:
    assert checklist(MOVE, {"owns": "yes", "mortgage": "no"}).days == 5 + 3
    assert checklist(MOVE, {"owns": "no"}).days == 2 + 3
    assert checklist(MOVE, {"owns": "yes", "mortgage": "yes"}).days is None
