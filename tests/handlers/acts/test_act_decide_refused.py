"""What the county decides: who may not is refused, and what could not be issued, too."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, DecisionId, EventId, NoticeId, OrderId
from data.civic.people import Role, Staff
from data.civic.warning.decisions import Body, EndNotice, LiftOrder, SetResponse
from data.civic.warning.responses import Level
from handlers.acts import decide
from handlers.acts.open_event import open_event
from tests.bulletins import COUNTY, LINPU
from tests.headquarters import START_IV, TEXT, Headquarters, staffed_headquarters
from tests.staffed import hired


@pytest.fixture
async def hq(house: House) -> Headquarters:
    return await staffed_headquarters(house)


Deed = Callable[[Headquarters, Staff], Coroutine[Any, Any, object]]


async def _approved(hq: Headquarters, staff: Staff) -> object:
    one = await hq.drafted(START_IV)
    return await decide.approve(hq.office, staff, one.id, digest=one.digest)


async def _opened(hq: Headquarters, staff: Staff) -> object:
    return await open_event(hq.office, staff, name="洪水", areas=[COUNTY])


@pytest.mark.parametrize(
    ("deed", "roles", "area"),
    [
        (_approved, (Role.DUTY,), COUNTY),
        (_approved, (Role.CHIEF,), LINPU),
        (_opened, (Role.DUTY,), COUNTY),
        (_opened, (Role.CHIEF,), LINPU),
        (lambda hq, who: hq.drafted(START_IV, by=who), (Role.AGENT, Role.EDITOR), COUNTY),
        (lambda hq, who: hq.drafted(START_IV, by=who), (Role.DUTY,), LINPU),
    ],
)
async def test_who_may_not_is_refused(
    hq: Headquarters, deed: Deed, roles: tuple[Role, ...], area: AreaCode
) -> None:
    with pytest.raises(Refused):
        await deed(hq, await hired(hq.house, "other", *roles, area=area))


@pytest.mark.parametrize(
    ("body", "text", "error"),
    [
        (START_IV, "  ", BadInput),
        (START_IV, "长" * 2_001, BadInput),
        (SetResponse(areas=(AreaCode("330110"),), level=Level.IV), TEXT, BadInput),
        (SetResponse(areas=(LINPU, AreaCode("330109105999")), level=Level.IV), TEXT, BadInput),
        (SetResponse(areas=(COUNTY,), level=None), TEXT, Conflict),
        (LiftOrder(order=OrderId("none"), areas=(LINPU,)), TEXT, NotFound),
        (EndNotice(notice=NoticeId("none")), TEXT, NotFound),
    ],
)
async def test_a_draft_that_could_not_be_issued_is_refused_at_once(
    hq: Headquarters, body: Body, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await hq.drafted(body, text)
    assert await decide.unsigned(hq.office, hq.wang) == []


async def test_what_is_not_there_is_not_found(hq: Headquarters) -> None:
    with pytest.raises(NotFound):
        await decide.approve(hq.office, hq.li, DecisionId("none"), digest="")
    with pytest.raises(NotFound):
        await decide.draft(hq.office, hq.wang, event=EventId("none"), body=START_IV, text=TEXT)
