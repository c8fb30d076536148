"""Seeds: samples of every kind, which hold together, and whose mistakes have a line."""

from collections.abc import Mapping

import pytest

from data.civic.errors import Mistakes
from data.civic.ids import AreaCode
from data.civic.knowing.cases import CaseState
from data.civic.knowing.releases import Release
from data.civic.people import Role
from data.civic.talk.tickets import TicketKind
from data.content.files import seeds
from data.content.seeding import GRID, RELIEF, ROSTER, SHELTERS, STAFF, TICKETS, Seeds, read_seeds


@pytest.fixture(scope="module")
def samples(release: Release) -> Seeds:
    return read_seeds(seeds(), release)


def test_there_is_a_case_of_every_state_and_somebody_for_each_role(
    samples: Seeds,
) -> None:
    assert {one.state for one in samples.cases} == set(CaseState)
    assert {one.role for one in samples.staff} == set(Role)


def test_there_are_tickets_of_every_standing_but_no_danger(samples: Seeds) -> None:
    standing = {(one.kind, bool(one.seen_by), bool(one.result)) for one in samples.tickets}
    assert standing == {
        (TicketKind.COMPLAINT, False, False),
        (TicketKind.COMPLAINT, True, False),
        (TicketKind.COMPLAINT, True, True),
        (TicketKind.HAZARD, False, False),
    }


def test_there_are_households_with_and_without_a_telephone_in_sample_villages(
    samples: Seeds, release: Release
) -> None:
    assert {one.phone for one in samples.households} == {None, "12345"}
    assert all(release.places.areas[AreaCode(one.village)].sample for one in samples.workers)


def test_every_shelter_has_stock_and_every_level_a_shelter(samples: Seeds) -> None:
    assert {one.level for one in samples.shelters} == {"county", "town", "village"}
    assert {one.status for one in samples.shelters} == {"open", "standby"}
    assert {one.id for one in samples.shelters} == {one.shelter for one in samples.stock}


@pytest.mark.parametrize(
    ("path", "right", "wrong", "said"),
    [
        pytest.param(STAFF, "330109105", "330109999", "no area", id="unknown area"),
        pytest.param(STAFF, '"样例甲"', '"王芳"', "name", id="name of a real person"),
        pytest.param(TICKETS, '"hazard_report"', '"nothing"', "no intent", id="unknown intent"),
        pytest.param(TICKETS, '"hazard"', '"danger"', "red box", id="danger"),
        pytest.param(TICKETS, "seen_by", "# seen_by", "give seen_by", id="result of nobody"),
        pytest.param(ROSTER, '"12345"', '"13800000000"', "12345", id="telephone"),
        pytest.param(ROSTER, '"zhuluo_1"', '"tonger_1"', "of this village", id="worker elsewhere"),
        pytest.param(
            GRID, '= "zhuluo_2"\n\n', '= "zhuluo_1"\n\n', "other grid worker", id="own deputy"
        ),
        pytest.param(SHELTERS, '"330109105"', '"330109999"', "no area", id="shelter nowhere"),
        pytest.param(RELIEF, '"linpu_hall"', '"lost_hall"', "no shelter", id="stock nowhere"),
        pytest.param(RELIEF, "瓶装饮用水", "毛毯", "stands twice", id="stock twice"),
        pytest.param(RELIEF, "[[stock]]", "[[stocks]]", "[[stock]]", id="misspelt table"),
    ],
)
def test_what_cannot_be_is_named_with_its_line(
    release: Release, path: str, right: str, wrong: str, said: str
) -> None:
    files: Mapping[str, bytes] = seeds()
    changed = files[path].decode().replace(right, wrong)
    with pytest.raises(Mistakes) as caught:
        read_seeds({**files, path: changed.encode()}, release)
    first = caught.value.mistakes[0]
    assert (first.where, said in first.what, bool(first.line)) == (path, True, True)
