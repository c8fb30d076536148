"""The made-up county: labelled, nobody's, the same for a seed."""

from collections import Counter
from datetime import UTC, datetime

from data.civic.ids import AreaCode
from data.civic.safety.grids import worker_of
from data.civic.safety.rosters import MOST_IDS, Rung
from data.civic.safety.synthetic import division_tree, synthetic_grids, synthetic_residents
from data.civic.telephones import telephone
from tests import builders

PEOPLE = 6_000
VILLAGES = division_tree(counties=2, towns=3, villages=5)


def test_the_same_seed_makes_the_same_people() -> None:
    one, same, other = (list(synthetic_residents(300, seed)) for seed in (7, 7, 8))
    assert one == same
    assert one != other


def test_everybody_is_labelled_and_no_telephone_can_ring() -> None:
    people = list(synthetic_residents(PEOPLE, 1, villages=VILLAGES))
    assert all(one.synthetic and one.name.startswith("演练") for one in people)
    assert not [one for one in people if one.phone and telephone(one.phone)]


def test_handles_differ_and_are_handles() -> None:
    ids = {one.id for one in synthetic_residents(PEOPLE, 1, villages=VILLAGES)}
    assert len(ids) == PEOPLE
    assert all(0 < one < MOST_IDS for one in ids)


def test_six_of_a_hundred_have_a_smartphone_and_some_no_telephone() -> None:
    people = list(synthetic_residents(PEOPLE, 1, villages=VILLAGES))
    shares = {rung: count / PEOPLE for rung, count in Counter(p.reach for p in people).items()}
    assert 0.05 < shares[Rung.CHAT] < 0.07
    assert 0.17 < shares[Rung.DOOR] < 0.23
    assert 0 < sum(one.grid is None for one in people) < 0.03 * PEOPLE


def test_people_are_spread_evenly_and_households_stay_in_one_village() -> None:
    people = list(synthetic_residents(PEOPLE, 1, villages=VILLAGES))
    assert set(Counter(one.village for one in people).values()) == {PEOPLE // len(VILLAGES)}
    homes: dict[int, set[AreaCode]] = {}
    for one in people:
        homes.setdefault(one.household, set()).add(one.village)
    assert all(len(villages) == 1 for villages in homes.values())


def test_telephones_are_hashed_where_there_is_a_seal() -> None:
    people = list(synthetic_residents(50, 1, seal=builders.seal()))
    assert all(bool(one.phone_hash) is bool(one.phone) for one in people)


def test_every_grid_has_a_worker_and_a_deputy() -> None:
    grids = list(synthetic_grids(VILLAGES))
    assert [one.village for one in grids] == list(VILLAGES)
    assert all(worker_of(one, datetime(2026, 1, 1, tzinfo=UTC)) for one in grids)
    assert all(len(one.workers) == 2 for one in grids)


def test_the_tree_has_forty_counties_of_twenty_five_towns_of_twenty_villages() -> None:
    assert len(division_tree()) == len(set(division_tree())) == 20_000
