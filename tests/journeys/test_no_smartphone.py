"""Journey 16: 940 printed codes verified without a network; a lost one re-issued, then refused.

The desk of a shelter has synced once and has no network: it judges every code by itself, keeps the
scans, and sends them in batches when the network is back.
"""

from datetime import timedelta

import pytest

from bot.house import House
from bot.signing import code_check
from data.civic.ids import PersonId
from data.civic.people import Staff
from data.civic.safety.codes import CodeKind
from data.civic.safety.scans import OutTo, Way
from data.civic.safety.verifying import Keys, Standing, verify
from data.civic.safety.whereabouts import Stage
from handlers.acts.check_code import check_code
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.issuing import MOST, Issued
from handlers.acts.move_person import standing_of
from handlers.acts.revoke_code import reissue
from handlers.acts.shelter_board import doubts, report
from handlers.acts.take_scans import MOST as BATCH
from handlers.acts.take_scans import Queued, Result, Taken
from handlers.acts.village_codes import Kit, kit
from handlers.office import Office
from tests import builders
from tests.sheltering import HALL, Desks, Phone, desks, shelter

PEOPLE = 940
WHY = "台风前发挂牌"


def unplugged(text: str, synced: Kit, *, days: float = 0) -> Standing:
    """Verify with what a device holds, and nothing else."""
    dated = synced.revocations.dated
    keys = Keys(dated=dated, fits={one.id: code_check(one.public) for one in synced.keys})
    at = dated + timedelta(days=days)
    return verify(text, at, keys, synced.revocations, clock_set=dated).standing


async def printed(office: Office, duty: Staff) -> list[Issued]:
    """Print a pendant for everybody."""
    issued: list[Issued] = []
    for first in range(1, PEOPLE + 1, MOST):
        people = tuple(map(PersonId, range(first, min(first + MOST, PEOPLE + 1))))
        wish = Wish(people=people, kind=CodeKind.PENDANT)
        issued += await issue_codes(office, duty, wish, purpose=WHY)
    return issued


async def sent(one: Desks, phone: Phone, scans: list[Queued]) -> list[Result]:
    """Send what a telephone has kept, in batches, as its page does."""
    return [
        result
        for at in range(0, len(scans), BATCH)
        for result in (await one.merged(phone, scans[at : at + BATCH])).results
    ]


@pytest.mark.timeout(300)
async def test_without_a_telephone_and_without_a_network(house: House) -> None:
    one = await desks(house, shelter(HALL, PEOPLE + 10), people=PEOPLE)
    office, duty = one.office, one.hq.wang
    issued = await printed(office, duty)
    assert len({each.text for each in issued}) == PEOPLE
    synced = await kit(office, one.desk)
    assert {unplugged(each.text, synced, days=3) for each in issued} == {Standing.VALID}

    lost = issued[17]
    new = await reissue(office, duty, lost.credential.id, purpose="丢了")
    phone, begun = Phone(name="phone-1"), builders.now()
    for place, each in enumerate(issued):
        assert unplugged(each.text, synced) is Standing.VALID  # the lost one: not heard of yet
        phone.scans(one.event, each.text, begun + timedelta(milliseconds=place))
    results = await sent(one, phone, phone.queued)
    marked = [each for each in results if each.taken is not Taken.TAKEN]
    assert [(each.taken, each.standing) for each in marked] == [
        (Taken.STRANGER, Standing.REVOKED)  # somebody is there: counted, and named by nobody's code
    ]
    assert marked[0].id == phone.queued[17].id
    assert await one.inside() == PEOPLE

    after = await kit(office, one.desk)
    assert after.revocations.version > synced.revocations.version
    assert unplugged(lost.text, after) is Standing.REVOKED
    assert unplugged(new.text, after) is Standing.VALID
    told = await check_code(office, one.desk, lost.text)
    assert (told.standing, told.state) == (Standing.REVOKED, "replaced")

    owner = one.people[17]
    assert (await standing_of(office, owner, one.event)).stage is not Stage.SHELTER
    leaves = phone.scans(
        one.event,
        "",
        builders.now(),
        way=Way.OUT,
        out_to=OutTo.HOME,
        strangers=1,
        party=marked[0].id,
    )
    comes = phone.scans(one.event, new.text, builders.now() + timedelta(milliseconds=1))
    again = await sent(one, phone, [leaves, comes])
    assert {each.taken for each in again} == {Taken.TAKEN}
    assert await one.inside() == PEOPLE
    assert (await standing_of(office, owner, one.event)).stage is Stage.SHELTER
    assert {each.taken for each in await sent(one, phone, phone.queued[:PEOPLE])} == {Taken.KNOWN}
    assert (await report(office, one.desk, HALL, one.event)).inside == PEOPLE
    assert await doubts(office, one.desk, one.event) == []
