"""Try it: a phone beside the editor, on the very same walk as a citizen's, where nothing counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from bot.console.drafts import draft_named
from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE, REHEARSALS, WORKSHOP
from bot.rehearsal import Said
from bot.workshop import Progress, Stage
from data.civic.ids import AreaCode
from data.civic.knowing.drafts import Draft
from data.civic.talk.messages import Understanding
from data.store.messages import Line
from handlers.acts import drafts
from handlers.acts.drafts import READ
from handlers.office import Office

SHOWN = 40
"""Lines of the talk that are shown, the newest."""
LONGEST = 500

_RUN = re.compile(r"[0-9a-z]{8}")

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How somebody tries: in which talk, from where, in large print or not."""

    run: str
    area: AreaCode
    care: bool

    @property
    def query(self) -> str:
        """Write it as the query of an address."""
        return urlencode({"run": self.run, "area": self.area, "care": "1" if self.care else ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One line of the talk, with what the ear makes of it now."""

    line: Line
    heard: Understanding


@pages.on("GET /try", *READ)
async def current(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try what citizens are served now."""
    return await _phone(request, visitor, request.app[HOUSE].office(), None)


@pages.on("POST /try", *READ)
async def say_to_current(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say something to what citizens are served now."""
    return await _say(request, visitor, request.app[HOUSE].office(), "/try")


@pages.on("GET /drafts/{draft}/try", *READ)
async def drafted(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try a draft; while it is being made, show how far it is."""
    draft, making = await _begun(request, visitor)
    if making.state is not Stage.READY:
        return page(request, "trying/making.html", draft=draft, making=making)
    ready = await request.app[WORKSHOP].prepared(draft)
    return await _phone(request, visitor, ready.office, draft)


@pages.on("POST /drafts/{draft}/try", *READ)
async def say_to_draft(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say something to a draft."""
    draft, making = await _begun(request, visitor)
    place = f"/drafts/{draft.id}/try"
    if making.state is not Stage.READY:
        return see_other(place)
    ready = await request.app[WORKSHOP].prepared(draft)
    return await _say(request, visitor, ready.office, place)


async def _begun(request: web.Request, visitor: Visitor) -> tuple[Draft, Progress]:
    office, workshop = request.app[HOUSE].office(), request.app[WORKSHOP]
    draft = await drafts.find(office, visitor.staff, draft_named(request))
    workshop.begin(draft)
    return draft, workshop.progress(draft)


async def _phone(
    request: web.Request, visitor: Visitor, office: Office, draft: Draft | None
) -> web.Response:
    setting = _setting(office, request.query)
    rehearsal = await request.app[REHEARSALS].open()
    told = await rehearsal.told(_by(visitor, setting), SHOWN)
    return page(
        request,
        "trying/phone.html",
        draft=draft,
        setting=setting,
        fresh_run=office.ids.new()[:8],
        talk=[Shown(line=line, heard=office.ear.understand(line.text)) for line in told],
        release=office.release,
        areas=office.release.places.areas.values(),
        longest=LONGEST,
    )


async def _say(request: web.Request, visitor: Visitor, office: Office, place: str) -> web.Response:
    form = await fields(request)
    setting, text = _setting(office, form), form.get("text", "").strip()[:LONGEST]
    if text:
        rehearsal = await request.app[REHEARSALS].open()
        said = Said(text=text, by=_by(visitor, setting), area=setting.area, care=setting.care)
        await rehearsal.say(office, said)
    return see_other(f"{place}?{setting.query}#newest")


def _setting(office: Office, given: Mapping[str, str]) -> Setting:
    """Read a setting; what is odd in it is as at the beginning."""
    run, area = given.get("run", ""), AreaCode(given.get("area", ""))
    places = office.release.places
    return Setting(
        run=run if _RUN.fullmatch(run) else office.ids.new()[:8],
        area=area if area in places.areas else places.county,
        care=given.get("care") == "1",
    )


def _by(visitor: Visitor, setting: Setting) -> str:
    return f"{visitor.staff.id}-{setting.run}"
