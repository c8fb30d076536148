"""What the loudspeakers of villages have to say, and who has read it out when."""

from datetime import datetime
from typing import Any

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.informings import number_in
from bot.api.wire import Wire
from bot.body_fields import Village
from data.civic.ids import AreaCode
from data.civic.sending.announcements import Announcement
from handlers.acts import announce
from handlers.acts.grid_duty import REPORT

routes = Routes(key=STAFF_TOKEN)


class ReadingOut(Wire):
    """It was read out once."""

    by: str
    """The staff id."""
    at: datetime


class AnnouncementOut(Wire):
    """What one village reads out; whoever hears it counts as informed no more than before."""

    village: str
    text: str
    asked_at: datetime
    readings: list[ReadingOut]
    """The first, and each repetition."""


class ToReadOut(AnnouncementOut):
    """One of the list."""

    over: bool
    """It must not be read out there any more: stopped, lifted, or replaced by newer words."""


class AnnouncementsOut(Wire):
    """In the order of the villages' codes."""

    drill: bool
    announcements: list[ToReadOut]


class ReadOutIn(Wire):
    """Which village has read it out."""

    village: Village


@routes.on(
    "GET /staff/informings/{informing}/announcements",
    summary="List what loudspeakers have to say",
    answer=AnnouncementsOut,
)
async def announcements(request: web.Request) -> web.Response:
    """List what the villages of the own area have to read out."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    found = await announce.listed(office, staff, number_in(request))
    return answer(
        AnnouncementsOut(
            drill=found.informing.drill,
            announcements=[
                ToReadOut(**_said(one), over=found.over(one.village)) for one in found.announcements
            ],
        )
    )


@routes.on(
    "POST /staff/informings/{informing}/announcements",
    summary="Say that it was read out",
    body=ReadOutIn,
    answer=AnnouncementOut,
)
async def read_out(request: web.Request) -> web.Response:
    """Note that a village has read it out, the first time or again."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    number, said = number_in(request), await read_json(request, ReadOutIn)
    village = AreaCode(said.village)
    one = await announce.read_out(office, staff, number, village)
    return answer(AnnouncementOut(**_said(one)))


def _said(one: Announcement) -> dict[str, Any]:
    readings = [ReadingOut(by=reading.by, at=reading.at) for reading in one.readings]
    return {
        "village": one.village,
        "text": one.text,
        "asked_at": one.asked_at,
        "readings": readings,
    }
