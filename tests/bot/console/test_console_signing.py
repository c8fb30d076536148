"""Before a draft is signed: it was looked at, and whoever may sign it is told on the first page."""

import re

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.knowing.drafts import DraftState
from data.civic.people import Role, Staff
from handlers.office import Office
from tests.drafting import POLICE, clerk, opening_hours, served, submitted
from tests.staffed import Seat


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


@pytest.fixture
async def wang(house: House, office: Office) -> Staff:
    return await clerk(house, "wang", Role.EDITOR)


async def test_nobody_hands_in_the_ordinary_way_without_having_looked(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    draft = await opening_hours(office, wang)
    await seat.sign_in()
    for lane in ({}, {"lane": "ordinary"}):
        sent = await seat.post(
            f"/console/drafts/{draft.id}/submit", version=str(draft.version), **lane
        )
        assert sent.url.path == f"/console/drafts/{draft.id}/impact"
    assert [one.id for one in await office.stores.drafts.list([DraftState.OPEN], 5)] == [draft.id]


async def test_the_first_page_counts_what_waits_for_ones_own_signature(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    for login, department in (("li", POLICE), ("qian", "民政"), ("sun", "")):
        await clerk(house, login, Role.REVIEWER, department=department)
    draft = await submitted(house, wang, await opening_hours(office, wang))
    seen = {}
    for login in ("li", "qian", "sun"):
        await seat.sign_in(login)
        page = await (await seat.get("/console/")).text()
        found = re.search(
            r'id="card-sign" href="([^"]+)"><strong>(\d)</strong> 份草稿等您签字', page
        )
        assert found
        seen[login] = found[2]
        assert draft.id in await (await seat.get(found[1])).text()
    assert seen == {"li": "1", "qian": "0", "sun": "1"}
    await seat.sign_in()
    assert "card-sign" not in await (await seat.get("/console/")).text()
