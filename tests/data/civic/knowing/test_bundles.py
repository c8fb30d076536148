"""A life event, for every way through its questions."""

from collections.abc import Iterator

import pytest

from bot.first_release import Shipped
from data.civic.knowing.bundles import Bundle, checklist


@pytest.fixture(scope="module")
def bundles(shipped: Shipped) -> list[Bundle]:
    return list(shipped.release.bundles.values())


def ways(bundle: Bundle) -> Iterator[dict[str, str]]:
    """Go through the questions in every way one can."""
    open_ways: list[dict[str, str]] = [{}]
    while open_ways:
        answers = open_ways.pop()
        question = bundle.next_question(answers)
        if question is None:
            yield answers
            continue
        open_ways += [{**answers, question.id: option.id} for option in question.options]


def test_no_way_takes_more_than_four_questions(bundles: list[Bundle]) -> None:
    for bundle in bundles:
        assert all(len(answers) <= 4 for answers in ways(bundle)), bundle.id


def test_every_way_leads_to_a_list_without_anything_twice(bundles: list[Bundle]) -> None:
    for bundle in bundles:
        for answers in ways(bundle):
            found = checklist(bundle, answers)
            assert found.steps, (bundle.id, answers)
            names = [one.name for one in found.materials]
            titles = [item.title for item in found.items]
            assert len(set(names)) == len(names), (bundle.id, answers)
            assert len(set(titles)) == len(titles), (bundle.id, answers)


def test_the_list_is_in_order_and_names_all_that_is_needed(bundles: list[Bundle]) -> None:
    for bundle in bundles:
        for answers in ways(bundle):
            found = checklist(bundle, answers)
            steps = [{item.step for item in step} for step in found.steps]
            assert all(len(one) == 1 for one in steps)
            assert steps == sorted(steps, key=min)
            needed = {key for item in found.items for key in item.materials}
            assert {bundle.materials[key] for key in needed} == set(found.materials)


def test_every_item_and_every_answer_matters_on_some_way(bundles: list[Bundle]) -> None:
    for bundle in bundles:
        lists = {tuple(i.id for i in checklist(bundle, a).items) for a in ways(bundle)}
        assert {i.id for i in bundle.items} == {one for items in lists for one in items}, bundle.id


def test_the_time_is_told_only_if_every_item_of_it_is_stated(bundles: list[Bundle]) -> None:
    for bundle in bundles:
        for answers in ways(bundle):
            found = checklist(bundle, answers)
            stated = all(item.days is not None for item in found.items)
            assert (found.days is not None) == stated
