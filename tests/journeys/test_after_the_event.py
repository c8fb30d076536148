"""Journey 25: the event is over; what is personal goes, numbers and the chain of deeds stay."""

from dataclasses import dataclass, replace
from datetime import timedelta
from os import scandir
from pathlib import Path

import pytest

from bot.backups.restoring import NOTHING, check, fill, read_keyring
from bot.backups.writing import KEYRING, write_backup
from bot.clock import SystemClock
from bot.house import House
from bot.workers.housekeeping import keep_house
from data.civic.errors import BadInput, Conflict, Refused
from data.civic.ids import PersonId
from data.civic.safety.aftermath import FileState, genuine
from data.civic.safety.identity import named
from data.civic.safety.whereabouts import Stage
from data.store.archive import Archive
from data.store.restores import RestoreState
from handlers.acts import hold_event, mark_person, move_person, open_event, relief, shelters
from handlers.acts.forget_people import Leaving, forget
from handlers.acts.purge_events import standing
from handlers.acts.relief import Hand, ItemWish, SupplyWish
from handlers.acts.relief_codes import Shown
from handlers.acts.replay_deletions import replay
from handlers.acts.verify_audit import verify
from handlers.office import Office
from tests.evacuation import AWAY, ME, NEIGHBOUR, PURPOSE, Evacuation, evacuation
from tests.sheltering import HALL, shelter
from tests.townsfolk import NEXT_VILLAGE, VILLAGE

KEY = b"k" * 32


@pytest.fixture
async def scene(house: House) -> Evacuation:
    """An event in which people moved, were marked, and were given things; the chief closed it."""
    scene = await evacuation(house)
    office, event = scene.office, scene.event
    order = await scene.ordered()
    await scene.scanned(ME, NEIGHBOUR)
    await mark_person.mark(
        office, scene.worker, ME, event=event, kind=mark_person.MarkKind.NEEDS_HAND, purpose=PURPOSE
    )
    await shelters.enter(office, scene.hq.li, shelter())
    water = await relief.set_item(office, scene.desk, event, ItemWish(name="水", unit="瓶"))
    booked = SupplyWish(shelter=HALL, item=water.id, kind=relief.Booked.BROUGHT_IN, quantity=10)
    await relief.book(office, scene.desk, event, booked)
    hand = Hand(shelter=HALL, item=water.id, to=Shown(person=AWAY))
    await relief.hand_out(office, scene.desk, event, hand)
    await relief.hand_out(
        office,
        scene.desk,
        event,
        Hand(shelter=HALL, item=water.id, to=Shown(person=AWAY), reason="发烧"),
    )
    await scene.lifted(order)
    await scene.checked(order)
    await scene.released(order)
    for one in await office.stores.to_inform.waiting(50):
        await office.stores.to_inform.planned(one.id, office.clock.now())
    await open_event.close_event(office, scene.hq.li, event)
    return scene


def later(house: House, days: float) -> None:
    assert isinstance(house.clock, SystemClock)
    house.clock.shift += timedelta(days=days)


async def of_event(office: Office, scene: Evacuation) -> dict[str, int]:
    counts = await office.stores.papers.counts(scene.event, [])
    return {name: count for name, count in counts.items() if count}


async def test_purge_destroys_what_is_personal_and_keeps_counts_and_the_chain(
    house: House, scene: Evacuation
) -> None:
    office, stores = scene.office, house.stores
    looked = f"{scene.event}/{named(ME)}"
    await keep_house(office)
    before = await of_event(office, scene)
    assert before == {"whereabouts": 2, "marks": 1, "relief_issues": 2, "scans": 2, "stays": 2}
    assert await stores.audit.of_subject(looked, 9)

    later(house, 88)
    await keep_house(office)
    assert await of_event(office, scene) == before

    later(house, 3)
    await keep_house(office)
    assert await of_event(office, scene) == {}
    assert await stores.audit.of_subject(looked, 9) == []
    assert await stores.audit.of_person(named(ME), 9) == []
    assert (await verify(stores.audit))[1] is None
    assert await stores.residents.get(ME) is not None  # the roster has a day of its own

    (record,) = await stores.deletions.all()
    assert genuine(record, office.seal.verify)
    assert record.counts["whereabouts"] == 2
    assert record.counts["keys"] >= 3
    file = await stores.event_files.get(scene.event)
    assert file is not None
    assert file.state is FileState.PURGED
    assert file.kept is not None
    stood = {(one.village, one.stage): one.people for one in file.kept.stood}
    assert stood == {(VILLAGE, Stage.SHELTER): 2}
    books = await relief.books(office, scene.desk, scene.event)
    assert [(one.brought_in, one.issued, one.left) for one in books.lines] == [(10, 2, 8)]
    assert [one.reason for one in books.extra] == ["发烧"]
    await keep_house(office)
    assert len(await stores.deletions.all()) == 1


async def test_what_arrives_late_is_destroyed_with_the_next_round(
    house: House, scene: Evacuation
) -> None:
    late = scene.report(
        Stage.SHELTER, village=NEXT_VILLAGE, at=house.clock.now() - timedelta(seconds=1)
    )
    later(house, 91)
    await keep_house(scene.office)
    await keep_house(scene.office)
    await move_person.by_staff(scene.office, scene.desk, late, purpose=PURPOSE)
    assert await of_event(scene.office, scene) == {"whereabouts": 1}
    await keep_house(scene.office)
    assert await of_event(scene.office, scene) == {}


async def test_a_hold_with_a_named_approver_keeps_everything(
    house: House, scene: Evacuation
) -> None:
    office, hq = scene.office, scene.hq
    await keep_house(office)
    with pytest.raises(Refused):
        await hold_event.ask(office, scene.desk, scene.event, "法院调查")
    await hold_event.ask(office, hq.li, scene.event, "法院调查")
    with pytest.raises(Conflict):
        await hold_event.approve(office, hq.li, scene.event)
    held = await hold_event.approve(office, hq.zhao, scene.event)
    assert held.holds[-1].approved_by == hq.zhao.id
    later(house, 400)
    await keep_house(office)
    (due,) = await standing(office)
    assert due.papers["whereabouts"] == 2
    await hold_event.end(office, hq.zhao, scene.event)
    await keep_house(office)
    assert await of_event(office, scene) == {}
    ((shown, event),) = await hold_event.files(office, hq.li)
    assert (shown.state, event is not None) == (FileState.PURGED, True)
    (record,) = await hold_event.records(office, hq.li)
    assert record.event == scene.event


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """Where the backups of a house lie."""

    house: House
    folder: Path

    async def backup(self) -> Path:
        stores = self.house.stores
        made = await write_backup(
            Archive(stores.database),
            stores.handles,
            self.folder,
            key=KEY,
            at=self.house.clock.now(),
            tell=lambda _: None,
        )
        return made.file

    async def restore(self, file: Path, *, keyring: bool = True, replace: bool = True) -> int:
        keys = read_keyring(self.folder / KEYRING, KEY) if keyring else NOTHING
        filled = await fill(
            self.house.stores, file, keys, key=KEY, replace=replace, tell=lambda _: None
        )
        return filled.left_out


async def test_a_restored_backup_forgets_again_before_it_serves(
    house: House, scene: Evacuation, tmp_path: Path
) -> None:
    office, stores, vault = scene.office, house.stores, Vault(house=house, folder=tmp_path)
    await keep_house(office)
    old = await vault.backup()
    entries = (await verify(stores.audit))[0]
    later(house, 91)
    await keep_house(office)
    await forget(office, Leaving(people=[NEIGHBOUR], why="on wish"))
    later(house, 1)
    await vault.backup()

    left_out = await vault.restore(old)
    assert left_out == 9 + 2  # the event's papers; who has left the roster, and their code
    assert await of_event(office, scene) == {}
    assert await stores.restores.state() is RestoreState.TO_REPLAY
    assert await replay(office) == 2
    assert await stores.restores.state() is None
    assert await stores.residents.get(ME) is not None
    assert await stores.residents.get(NEIGHBOUR) is None
    assert await stores.audit.of_person(named(ME), 9) == []
    count, broken = await verify(stores.audit)
    assert (count, broken) == (entries + 1, None)
    file = await stores.event_files.get(scene.event)
    assert file is not None
    assert file.state is FileState.PURGED


async def test_with_its_own_keyring_a_backup_brings_everything_back(
    house: House, scene: Evacuation, tmp_path: Path
) -> None:
    office, stores, vault = scene.office, house.stores, Vault(house=house, folder=tmp_path)
    file = await vault.backup()
    before = await of_event(office, scene)
    looked = await stores.audit.of_person(named(ME), 9)
    assert await vault.restore(file) == 0
    await replay(office)
    assert await of_event(office, scene) == before
    assert await stores.audit.of_person(named(ME), 9) == looked
    assert (await stores.residents.get(ME)) == (await stores.residents.some([ME]))[0]


async def test_no_name_and_no_handle_stands_in_a_backup(
    house: House, scene: Evacuation, tmp_path: Path
) -> None:
    file = await Vault(house=house, folder=tmp_path).backup()
    content = file.read_bytes() + (tmp_path / KEYRING).read_bytes()
    for canary in ("居民1", "openid", named(ME), "whereabouts"):
        assert canary.encode() not in content
    assert file.stat().st_mode & 0o077 == 0
    assert {one.name for one in scandir(tmp_path)} == {file.name, KEYRING}


@pytest.mark.parametrize("place", [0, 20, 500, -1])
async def test_a_changed_backup_is_refused_before_anything_is_lost(
    house: House, scene: Evacuation, tmp_path: Path, place: int
) -> None:
    vault = Vault(house=house, folder=tmp_path)
    file = await vault.backup()
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(bytes(content))
    with pytest.raises(BadInput):
        await vault.restore(file)
    assert await house.stores.residents.get(ME) is not None


async def test_a_backup_that_ends_early_or_is_anothers_is_refused(
    house: House, scene: Evacuation, tmp_path: Path
) -> None:
    file = await Vault(house=house, folder=tmp_path).backup()
    with pytest.raises(BadInput, match="another house"):
        check(file, b"x" * 32)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(BadInput):
        check(file, KEY)
    file.write_bytes(b"")
    with pytest.raises(BadInput, match="no backup"):
        check(file, KEY)
    with pytest.raises(BadInput, match="cannot read"):
        check(tmp_path / "none", KEY)


async def test_a_database_in_which_something_stands_is_not_overwritten(
    house: House, scene: Evacuation, tmp_path: Path
) -> None:
    vault = Vault(house=house, folder=tmp_path)
    file = await vault.backup()
    with pytest.raises(Conflict, match="not empty"):
        await vault.restore(file, replace=False)


async def test_a_forged_record_of_deletion_lets_nothing_serve(
    house: House, scene: Evacuation
) -> None:
    made = await forget(scene.office, Leaving(people=[PersonId(3)], why="on wish"))
    forged = replace(made, id="forged", people=(ME,))
    await house.stores.deletions.add(forged)
    with pytest.raises(Conflict, match="forged"):
        await replay(scene.office)
    assert await house.stores.residents.get(ME) is not None
