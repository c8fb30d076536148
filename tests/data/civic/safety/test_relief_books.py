"""Relief: periods, whose limit counts, what is due, and shelves that add up."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput
from data.civic.ids import EventId, HouseholdId, PersonId, StaffId
from data.civic.safety import relief
from data.civic.safety.relief import Booked, Item, Per, Recipient, Sum, Supply
from tests import builders

AT = builders.now()
EVENT, WANG = EventId("typhoon"), StaffId("wang")
ME, DOOR = Recipient(person=PersonId(1)), HouseholdId(9)


def item(**more: object) -> Item:
    given_ = {
        "id": "typhoon/blanket",
        "event": EVENT,
        "name": "毛毯",
        "unit": "条",
        "per": Per.PERSON,
        "limit": 1,
        "by": WANG,
        "at": AT,
    }
    return Item(**(given_ | more))  # type: ignore[arg-type]


def supply(quantity: int, kind: Booked = Booked.BROUGHT_IN, reason: str = "") -> Supply:
    return Supply(
        id="1",
        event=EVENT,
        shelter="一中",
        item="typhoon/blanket",
        kind=kind,
        quantity=quantity,
        reason=reason,
        by=WANG,
        at=AT,
    )


def test_a_day_begins_at_midnight_in_china_and_an_event_has_one_period() -> None:
    meal = item(days=1)
    before_midnight = AT.replace(hour=15, minute=59)
    assert meal.period(before_midnight) + 1 == meal.period(before_midnight + timedelta(minutes=1))
    assert item().period(AT) == item().period(AT + timedelta(days=400)) == 0


def test_a_households_limit_is_the_same_for_everybody_behind_the_door() -> None:
    stove = item(per=Per.HOUSEHOLD)
    both = {
        relief.holder(stove, ME, DOOR),
        relief.holder(stove, Recipient(person=PersonId(2)), DOOR),
        relief.holder(stove, Recipient(household=DOOR)),
    }
    assert both == {"household-0000000009"}
    assert relief.holder(stove, Recipient(guest="G7", shelter="hall")) == "guest-G7@hall"
    with pytest.raises(BadInput, match="person's code"):
        relief.holder(item(), Recipient(household=DOOR))


@given(limit=st.integers(1, 50), asked=st.lists(st.integers(1, 50), max_size=12))
def test_never_more_than_the_limit_is_due(limit: int, asked: list[int]) -> None:
    one, taken = item(limit=limit), set[str]()
    for quantity in asked:
        slots = relief.free_slots(one, "page", taken, quantity)
        assert len(slots) == min(quantity, limit - len(taken))
        assert not taken & set(slots)
        taken |= set(slots)
    assert len(taken) <= limit


@given(id_=st.text("ab/0123456789", min_size=1), quantity=st.integers(1, 5))
def test_every_piece_names_its_page_due_or_beyond(id_: str, quantity: int) -> None:
    page = relief.book(item(limit=5), str(ME), AT)
    slots = relief.free_slots(item(limit=5), page, (), quantity)
    over = relief.extra_slots(page, id_, quantity)
    assert {relief.page_of(slot, id_) for slot in (*slots, *over)} == {page}


@pytest.mark.parametrize("quantity", [0, -1, 51])
def test_a_quantity_that_is_none_is_refused(quantity: int) -> None:
    with pytest.raises(BadInput, match="quantity"):
        relief.free_slots(item(), "page", (), quantity)
    with pytest.raises(BadInput, match="quantity"):
        relief.extra_slots("page", "1", quantity)


@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"limit": 51}, {"days": -1}, {"name": ""}, {"unit": "x" * 21}]
)
def test_an_item_that_cannot_be_handed_out_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        item(**wrong)


def test_what_is_written_off_has_a_reason() -> None:
    with pytest.raises(BadInput, match="why"):
        supply(1, Booked.WRITTEN_OFF)


@given(brought=st.lists(st.integers(1, 99)), issued=st.integers(0, 99), lost=st.integers(0, 9))
def test_brought_in_is_issued_and_left_and_written_off(
    brought: list[int], issued: int, lost: int
) -> None:
    supplies = [supply(one) for one in brought]
    supplies += [supply(lost, Booked.WRITTEN_OFF, "受潮")] if lost else []
    given_out = [Sum(shelter="一中", item="typhoon/blanket", quantity=issued)] if issued else []
    for line in relief.lines(supplies, given_out):
        assert line.brought_in == line.issued + line.left + line.written_off == sum(brought)
