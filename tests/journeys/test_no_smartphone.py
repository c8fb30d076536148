"""Journey 16: 940 printed codes verified without a network; a lost one re-issued, then refused."""

from datetime import timedelta

import pytest

from bot.house import House
from bot.signing import code_check
from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.safety.codes import CodeKind
from data.civic.safety.verifying import Keys, Standing, verify
from handlers.acts.check_code import check_code
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.issuing import MOST
from handlers.acts.revoke_code import reissue
from handlers.acts.village_codes import Kit, kit
from tests.staffed import LINPU, hired
from tests.townsfolk import person, settled

PEOPLE = 940
WHY = "台风前发挂牌"


def unplugged(text: str, synced: Kit, *, days: float = 0) -> Standing:
    """Verify with what a device holds, and nothing else."""
    dated = synced.revocations.dated
    keys = Keys(dated=dated, fits={one.id: code_check(one.public) for one in synced.keys})
    at = dated + timedelta(days=days)
    return verify(text, at, keys, synced.revocations, clock_set=dated).standing


@pytest.mark.timeout(300)
async def test_without_a_telephone_and_without_a_network(house: House) -> None:
    office = house.office()
    duty = await hired(house, "duty", Role.DUTY, area=LINPU)
    await settled(house.stores, *(person(one, phone=None) for one in range(1, PEOPLE + 1)))
    issued = [
        one
        for first in range(1, PEOPLE + 1, MOST)
        for one in await issue_codes(
            office,
            duty,
            Wish(
                people=tuple(map(PersonId, range(first, min(first + MOST, PEOPLE + 1)))),
                kind=CodeKind.PENDANT,
            ),
            purpose=WHY,
        )
    ]
    synced = await kit(office, duty)
    assert len({one.text for one in issued}) == PEOPLE
    assert {unplugged(one.text, synced, days=3) for one in issued} == {Standing.VALID}

    lost = issued[17]
    new = await reissue(office, duty, lost.credential.id, purpose="丢了")
    assert unplugged(lost.text, synced) is Standing.VALID  # this device has not heard of it
    assert unplugged(new.text, synced) is Standing.VALID
    after = await kit(office, duty)
    assert after.revocations.version > synced.revocations.version
    assert unplugged(lost.text, after) is Standing.REVOKED
    marked = await check_code(office, duty, lost.text)
    assert (marked.standing, marked.state) == (Standing.REVOKED, "replaced")
