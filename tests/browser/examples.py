"""A county at work, and what stands for each `{…}` in the addresses of the console's pages.

Who adds a page with a new `{name}` in its address adds a line to `NAMED`; who adds a list fills it
in `busy`; a page that needs more than its parameters has a line in `WHOLE`.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from bot.console.handles import handle_of
from bot.console.routes import PREFIX
from bot.first_release import Shipped
from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.ids import EventId
from data.civic.people import Role, Staff
from data.civic.safety.scans import Way
from data.civic.safety.shelters import ShelterState
from data.civic.sending import ringing
from data.civic.talk.gist import gist_of, group_of
from handlers.acts import shelters
from handlers.acts.check_in import Visit, check
from handlers.acts.second_factor import begin
from handlers.acts.serve_citizen import claim
from tests import builders, drafting
from tests.bot.console.test_tryouts import ASKED, done, upload
from tests.browser.helped import marked, supplied
from tests.browser.warned import held, warned
from tests.carrying import walked
from tests.sheltering import HALL, shelter
from tests.staffed import LINPU, PASSWORD, Seat, hired, in_danger, said, unanswered
from tests.townsfolk import all_ways

WAITING, HELD = builders.citizen("waits"), builders.citizen("held")
IN_DANGER = builders.citizen("in-danger")
QUESTION = "量子纠缠有什么用"
LONG = "一句" + "很长的话" * 40


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """What the examples are taken from."""

    house: House
    staff: Staff
    """Holds every role."""
    seat: Seat
    """Where that one sits, signed in."""
    kept: dict[str, str] = field(default_factory=dict)
    """Examples that were made before: the same draft serves all its pages."""


Example = Callable[[County], Awaitable[str]]


async def busy(house: House, shipped: Shipped, seat: Seat) -> County:
    """Fill a county, so that every list has something to show."""
    office = await drafting.served(house, shipped)
    everything = await hired(house, "wang", *Role)
    staff = await begin(office, everything, PASSWORD)
    await hired(house, "lilei", Role.AGENT, Role.EDITOR, area=LINPU, name="李雷")
    await said(house, "临浦镇", "护照怎么办", "护照丢了要带什么材料", LONG, "转人工", by=WAITING)
    await said(house, "医保怎么交", "转人工", by=HELD)
    await claim(office, staff, HELD.id)
    await in_danger(house, IN_DANGER)
    await unanswered(house, QUESTION)
    await unanswered(house, LONG)
    await seat.sign_in()
    return County(house=house, staff=await _current(house), seat=seat)


async def address_of(county: County, page: str) -> str:
    """Tell an address of a page in this county.

    Raises:
        KeyError: a parameter has no example here: add one.
    """
    if page in WHOLE:
        return await WHOLE[page](county)
    path = page
    for name in parameters(page):
        if name not in county.kept:
            county.kept[name] = await NAMED[name](county)
        path = path.replace(f"{{{name}}}", quote(county.kept[name], safe=""))
    return path


def parameters(page: str) -> list[str]:
    """Name the parameters of a page."""
    return re.findall(r"\{(\w+)\}", page)


def _always(value: str) -> Example:
    async def named(_: County) -> str:
        return value

    return named


async def _current(house: House) -> Staff:
    found = await house.stores.staff.by_login("wang")
    assert found is not None
    return found


async def _conversation(county: County) -> str:
    return handle_of(county.house.office(), HELD.id)


async def _ticket(county: County) -> str:
    found = await county.house.stores.tickets.latest_of(IN_DANGER.id)
    assert found is not None
    return found.number


async def _call(county: County) -> str:
    """Name the call that the danger has set off."""
    (call, *_) = await county.house.stores.duty_calls.unseen(1)
    return ringing.handle_of(call.id)


async def _draft(county: County) -> str:
    office = county.house.office()
    return (await drafting.opening_hours(office, await _current(county.house))).id


async def _report(county: County, page: str) -> str:
    """Try a file on a page that takes one, and wait for what comes of it."""
    await done(county.seat, page)
    _, path = await upload(county.seat, page, ASKED.encode())
    await done(county.seat, path)
    return path.removeprefix(PREFIX)


async def _tryout(county: County) -> str:
    return await _report(county, f"{PREFIX}/tryouts")


async def _test(county: County) -> str:
    page = f"{PREFIX}/drafts/{await _draft(county)}/tests"
    sheet = "问题,期望事项\n护照怎么办,护照办理\n水进来了我妈被困,护照办理\n"
    await done(county.seat, page)
    await county.seat.get(page)
    _, path = await upload(county.seat, page, sheet.encode())
    await done(county.seat, path)
    return path.removeprefix(PREFIX)


def _then(page: Example, more: str) -> Example:
    async def named(county: County) -> str:
        return f"{await page(county)}{more}"

    return named


async def _compared(county: County) -> str:
    current = county.house.office().release.id
    return f"/releases/compare?before={current}&after={current}"


async def _event(county: County) -> str:
    hq = await warned(county.house)
    return hq.event.id


async def _decision(county: County) -> str:
    event = await county.house.stores.events.newest(1) or [(await warned(county.house)).event]
    (one, *_) = await county.house.stores.decisions.of(event[0].id, 5)
    return one.id


async def _informing(county: County) -> str:
    await warned(county.house)
    await take_up_next(county.house.office())
    await walked(county.house, all_ways())
    (one, *_) = await county.house.stores.informings.newest(1)
    return str(one.id)


async def _message(county: County) -> str:
    (one, *_) = await held(county.house)
    return f"/warnings/messages/{quote(one.id)}"


async def _shelter(county: County) -> str:
    """Have a shelter that is open in an event, with somebody inside."""
    if not await county.house.stores.shelters.within(LINPU):
        event, office = await NAMED["event"](county), county.house.office()
        await shelters.enter(office, county.staff, shelter())
        await shelters.turn(office, county.staff, HALL, ShelterState.OPEN)
        visit = Visit(event=EventId(event), shelter=HALL, way=Way.IN, strangers=3, looks=LONG)
        await check(office, county.staff, visit)
    return HALL


async def _hazard(county: County) -> str:
    if not await county.house.stores.hazards.open():
        talker = builders.citizen("reports-a-hazard")
        await said(county.house, "江堤上有个洞在往外冒浑水，你们快来看看", by=talker)
    (one, *_) = await county.house.stores.hazards.open()
    return one.id


NAMED: Mapping[str, Example] = {
    "hazard": _hazard,
    "event": _event,
    "decision": _decision,
    "informing": _informing,
    "handle": _conversation,
    "number": _ticket,
    "call": _call,
    "draft": _draft,
    "group": _always(group_of(gist_of(QUESTION))),
    "login": _always("lilei"),
    "step": _always("1"),
    "intent": _always("passport"),
    "guide": _always("passport"),
    "element": _always("materials"),
    "situation": _always("child"),
    "source": _always("passport-guide"),
    "key": _always("unknown"),
    "array": _always("danger"),
    "rule": _always("trapped"),
    "sheet": _always("examples.csv"),
    "shelter": _shelter,
}
"""The name of a parameter → what stands in its place in this county."""


async def _adoption(county: County) -> str:
    return f"/drafts/{await _draft(county)}/adopt?department={quote(drafting.POLICE)}"


async def _draft_of_order(county: County) -> str:
    return f"/events/{await NAMED['event'](county)}/draft?what=order"


def _once(path: str, fill: Callable[[County], Awaitable[object]]) -> Example:
    """Give an address of a list once there is something to show."""

    async def named(county: County) -> str:
        await fill(county)
        return path

    return named


async def _marked(county: County) -> None:
    await marked(county.house)


async def _report_of_shelter(county: County) -> str:
    shelter_id = await NAMED["shelter"](county)
    (event, *_) = await county.house.stores.events.newest(1)
    return f"/shelters/{shelter_id}/report?event={event.id}"


async def _relief(county: County) -> str:
    return f"/relief/{await supplied(county.house, county.staff)}"


WARNED = ("/warnings", "/events", "/informings", "/grids", "/rosters", "/whereabouts", "/colours")
SHELTERED = ("/shelters", "/conflicts", "/kin")
MARKED = ("/marks", "/appeals", "/manual-changes")

WHOLE: Mapping[str, Example] = {
    **{one: _once(one, _informing) for one in WARNED},
    **{one: _once(one, _shelter) for one in SHELTERED},
    **{one: _once(one, _marked) for one in MARKED},
    "/hazards": _once("/hazards", _hazard),
    "/relief/{event}": _relief,
    "/shelters/{shelter}/report": _report_of_shelter,
    "/uninformed": _once("/uninformed?level=grid&area=330109105201", _informing),
    "/events/{event}/draft": _draft_of_order,
    "/warnings/messages/{feed}/{digest}": _message,
    "/drafts/{draft}/adopt": _adoption,
    "/releases/compare": _compared,
    "/tryouts/{trial}": _tryout,
    "/tryouts/{trial}/table.csv": _then(_tryout, "/table.csv"),
    "/drafts/{draft}/tests/{trial}": _test,
    "/drafts/{draft}/tests/{trial}/table.csv": _then(_test, "/table.csv"),
}
"""A page as it stands in `bot.console.door.PAGES` → a whole address of it."""
