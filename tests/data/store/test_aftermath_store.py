"""Files of events, records of deletion, personal papers, and the note of a restore."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.errors import Conflict, NotFound
from data.civic.ids import EventId, HouseholdId, MarkId, MarkListId, PersonId, StaffId
from data.civic.safety import aftermath
from data.civic.safety.aftermath import Deletion, FileState, Hold, Numbers, Stood
from data.civic.safety.identity import named
from data.civic.safety.marks import Mark, MarkKind, MarkList
from data.civic.safety.relief import Extra, Per, Recipient, Sum
from data.civic.safety.whereabouts import Stage
from data.store.restores import RestoreState
from data.store.stores import Stores
from tests import builders
from tests.bulletins import VILLAGE
from tests.data.civic.safety.test_relief_books import item
from tests.data.store.test_relief_store import issue, page
from tests.safety import AT, EVENT, WANG, step

OTHER = EventId("flood")


async def filled(stores: Stores) -> None:
    """One paper of each kind."""
    await stores.whereabouts.add_all([step(person=1), step(person=2, minute=20, key="two")])
    mark = Mark(
        id=MarkId("m"),
        event=EVENT,
        person=PersonId(3),
        village=VILLAGE,
        kind=MarkKind.NEEDS_HAND,
        by=(WANG,),
        at=AT,
    )
    await stores.marks.add(mark)
    listed = MarkList(
        id=MarkListId("l"),
        event=EVENT,
        area=VILLAGE,
        kind=MarkKind.NEEDS_TRANSFER,
        people=(PersonId(4), PersonId(5)),
        author=WANG,
        at=AT,
    )
    await stores.mark_lists.add(listed)
    await stores.relief_issues.hand_out(issue("s1"), item(), page(item()))


async def test_papers_are_counted_named_and_destroyed(stores: Stores) -> None:
    await filled(stores)
    counts = await stores.papers.counts(EVENT, [7])
    assert {name: count for name, count in counts.items() if count} == {
        "whereabouts": 2,
        "marks": 1,
        "mark_lists": 1,
        "relief_issues": 1,
    }
    assert await stores.papers.people(EVENT, [7]) == set(map(PersonId, (1, 2, 3, 4, 5)))
    assert await stores.papers.people(OTHER, []) == set()
    gone = await stores.papers.destroy(EVENT, [7])
    assert sum(gone.values()) == 5
    assert sum((await stores.papers.destroy(EVENT, [7])).values()) == 0
    assert await stores.papers.people(EVENT, [7]) == set()


async def test_a_household_that_was_given_something_is_named_as_such(stores: Stores) -> None:
    stove, door = item(per=Per.HOUSEHOLD), Recipient(household=HouseholdId(9))
    await stores.relief_issues.hand_out(issue("s1", to=door), stove, page(stove, door))
    await stores.relief_issues.hand_out(issue("s2"), item(), page(item()))
    assert await stores.papers.households(EVENT) == {HouseholdId(9)}
    assert await stores.papers.households(OTHER) == set()
    assert await stores.papers.people(EVENT, []) == {PersonId(1)}


async def test_a_file_is_read_as_it_was_written_and_listed_by_its_day(stores: Stores) -> None:
    hold = Hold(reason="法院调查", asked_by=WANG, asked_at=AT, approved_by=StaffId("li"))
    whole = replace(
        aftermath.begin(EVENT, AT, days=90),
        holds=(hold,),
        state=FileState.PURGING,
        kept=Numbers(
            papers={"whereabouts": 2},
            stood=(Stood(village=VILLAGE, stage=Stage.SHELTER, people=2),),
            relief=(Sum(shelter="一中", item="x", quantity=1),),
            extra=(Extra(shelter="一中", item="x", quantity=1, reason="湿了", by=WANG, at=AT),),
        ),
    )
    await stores.event_files.add(whole)
    await stores.event_files.add(aftermath.begin(OTHER, AT + timedelta(days=1), days=0))
    assert await stores.event_files.get(EVENT) == whole
    assert [one.id for one in await stores.event_files.newest(9)] == [OTHER, EVENT]
    assert {one.id for one in await stores.event_files.unfinished()} == {OTHER, EVENT}
    await stores.event_files.change(EVENT, lambda one: aftermath.end_purge(one, AT))
    assert [one.id for one in await stores.event_files.unfinished()] == [OTHER]


async def test_records_are_listed_oldest_first_and_stay_genuine(stores: Stores) -> None:
    seal = builders.seal()
    assert await stores.deletions.newest() is None
    for number in (2, 1, 3):
        record = Deletion(
            id=f"d{number}",
            people=(PersonId(number),),
            at=AT + timedelta(minutes=number, microseconds=1234),
            counts={"residents": 1},
            why="on wish",
        )
        await stores.deletions.add(aftermath.signed(record, seal.sign))
    found = await stores.deletions.all()
    assert [one.id for one in found] == ["d1", "d2", "d3"]
    assert all(aftermath.genuine(one, seal.verify) for one in found)
    assert await stores.deletions.newest() == found[-1]


async def test_a_restore_is_noted_until_it_is_done(stores: Stores) -> None:
    assert await stores.restores.state() is None
    for state in RestoreState:
        await stores.restores.note(state)
        assert await stores.restores.state() is state
    await stores.restores.done()
    assert await stores.restores.state() is None


async def test_a_text_is_hidden_and_known_again(stores: Stores) -> None:
    text = f"typhoon/{named(PersonId(1))}"
    assert await stores.handles.known(text) == text
    hidden = await stores.handles.hidden(text)
    assert hidden != text
    assert await stores.handles.known(text) == hidden
    assert await stores.handles.hidden("no handle") == "no handle"


async def test_a_hold_that_another_has_asked_for_is_not_written_over(stores: Stores) -> None:
    frozen = aftermath.begin(EVENT, AT, days=90)
    await stores.event_files.add(frozen)
    held = aftermath.ask_hold(frozen, "法院调查", WANG, AT)
    await stores.event_files.save(held)
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.event_files.save(aftermath.start_purge(frozen, Numbers(papers={}), AT))
    assert await stores.event_files.get(EVENT) == held
    with pytest.raises(Conflict, match="held already"):
        await stores.event_files.change(
            EVENT, lambda one: aftermath.ask_hold(one, "审计", WANG, AT)
        )
    with pytest.raises(NotFound):
        await stores.event_files.change(OTHER, lambda one: one)


async def test_files_whose_data_stands_are_listed_by_the_day_of_its_end(stores: Stores) -> None:
    for name, days in (("c", 90), ("a", 3), ("b", 30)):
        await stores.event_files.add(aftermath.begin(EventId(name), AT, days=days))
    assert [one.id for one in await stores.event_files.unfinished()] == ["a", "b", "c"]


async def test_a_record_of_deletion_that_somebody_has_changed_is_known_as_false(
    stores: Stores,
) -> None:
    seal = builders.seal()
    bare = Deletion(id="d", people=(PersonId(1),), at=AT, counts={"residents": 1}, why="on wish")
    whole = aftermath.signed(bare, seal.sign)
    assert await stores.deletions.add(whole) == await stores.deletions.add(bare) == whole
    kept = await stores.deletions.get("d")
    assert kept == whole
    assert aftermath.genuine(kept, seal.verify)
    forged = await stores.deletions.change("d", lambda one: replace(one, people=(), version=1))
    assert await stores.deletions.all() == [forged]
    assert not aftermath.genuine(forged, seal.verify)
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.deletions.save(replace(whole, why="x", version=1))
