"""Mates: an answer of a household counts for rows that are made after it."""

from dataclasses import replace

import pytest

from data.civic.ids import PersonId
from data.civic.sending.rows import By, Confirmation, Manner, RowState, Said
from data.store.stores import Stores
from tests.informed import NUMBER, SLICE, TOWN, answer, made, part, row, states
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, person, settled

HOME = 7
LATE = part(SLICE + 1)


async def after(stores: Stores, given: Confirmation | None) -> None:
    """Let somebody of a household answer or not, then make the rows of two mates and another."""
    await made(stores, person(1, household=HOME))
    if given:
        await stores.rows.confirm(NUMBER, {PersonId(1): given})
    mates = (person(2, household=HOME), person(3, household=HOME, village=NEXT_VILLAGE))
    await settled(stores, *mates, person(4))
    await stores.rows.make(LATE, TOWN, again=True)


async def test_an_answer_counts_for_who_lives_there_and_a_first_one_stands(stores: Stores) -> None:
    await after(stores, answer(Said.SAFE))
    mates = await stores.mates.of(LATE)
    assert [(one.person, one.village) for one in mates] == [(2, VILLAGE)]
    for _ in range(2):
        await stores.mates.confirm(NUMBER, mates)
    assert await states(stores, place=LATE.number) == {2: RowState.CONFIRMED, 4: RowState.CREATED}
    assert (await row(stores, 2)).confirmation == answer(by=By.HOUSEHOLD)
    assert (await row(stores, 1)).confirmation == answer(Said.SAFE)
    assert await stores.mates.of(LATE) == []


@pytest.mark.parametrize(
    ("given", "informed"),
    [
        pytest.param(None, [], id="nobody has answered"),
        pytest.param(replace(answer(by=By.STAFF), manner=Manner.PHONE), [2], id="on the phone"),
        pytest.param(replace(answer(by=By.STAFF), manner=Manner.DOOR), [], id="at a shelter"),
        pytest.param(replace(answer(by=By.HOUSEHOLD), manner=Manner.DOOR), [2], id="at home"),
    ],
)
async def test_an_answer_counts_only_where_it_was_given_for_the_household(
    stores: Stores, given: Confirmation | None, informed: list[int]
) -> None:
    await after(stores, given)
    assert [one.person for one in await stores.mates.of(LATE)] == informed
