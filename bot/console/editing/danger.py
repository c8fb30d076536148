"""The words by which danger is heard, and those that only look like it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from bot.console.editing.bench import Bench, bench_of, shown
from bot.console.editing.sheet import Filling, Sheet, opened, sent
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from data.civic.errors import NotFound
from data.content.faults import Fault
from data.content.forms.form import Form
from data.content.forms.words import DANGER, LOOK_ALIKE
from data.content.shapes.rules import DangerFile, DangerShape, LookAlikeShape
from data.content.writing import Table
from handlers.acts import drafts
from handlers.acts.try_danger import fires_wrongly, unheard

PATH = "rules/danger.toml"
ARRAYS: Mapping[str, tuple[Form, type[BaseModel]]] = {
    "danger": (DANGER, DangerShape),
    "look_alike": (LOOK_ALIKE, LookAlikeShape),
}
SHOWN = 20
"""So many questions of citizens that a word would take for danger are shown."""

pages = Pages()


@pages.on("GET /drafts/{draft}/danger", *drafts.READ)
async def danger(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the dangers, and what only looks like one."""
    bench = await bench_of(request, visitor)
    _, whole, _ = await bench.file(PATH)
    return shown(request, bench, "dangers.html", arrays={name: whole[name] for name in ARRAYS})


@pages.on("GET /drafts/{draft}/danger/{array}/{rule}", *drafts.READ)
async def rule(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form of one danger."""
    bench = await bench_of(request, visitor)
    filling = await opened(bench, await _sheet(request, bench))
    return await _page(request, bench, filling)


@pages.on("POST /drafts/{draft}/danger/{array}/{rule}", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save one danger; its examples must be heard."""
    bench = await bench_of(request, visitor)
    filling = await sent(bench, await _sheet(request, bench), await joined(request))
    if filling is not None:
        return await _page(request, bench, filling)
    return see_other(f"{bench.place}/danger/{_array(request)}/{_rule(request)}?notice=saved")


async def _sheet(request: web.Request, bench: Bench) -> Sheet:
    array, name = _array(request), _rule(request)
    form, shape = ARRAYS[array]
    _, whole, _ = await bench.file(PATH)
    if _one(whole, array, name) is None:
        raise NotFound("there is no such danger: see the list of danger words")
    return Sheet(
        path=PATH,
        form=form,
        shape=shape,
        take=lambda whole: _one(whole, array, name),
        put=lambda whole, part: _with(whole, array, part),
        also=partial(_heard, whole, array),
    )


async def _heard(whole: Table, array: str, part: Table) -> Sequence[Fault]:
    """Find examples of dangers that would be heard no more."""
    now = _with(whole, array, part)
    try:
        deaf = unheard(DangerFile.model_validate(now))
    except ValueError:  # the shape has said so
        return ()
    if not deaf:
        return ()
    field = "patterns" if array == "look_alike" else "examples"
    return [Fault(field=field, code="unheard", what=field, limit="、".join(deaf[:SHOWN]))]


def _one(whole: Table, array: str, name: str) -> dict[str, Any] | None:
    return next((one for one in whole.get(array, ()) if one["id"] == name), None)


def _with(whole: Table, array: str, part: Table) -> Mapping[str, Any]:
    rules = [part if one["id"] == part["id"] else one for one in whole.get(array, ())]
    return {**whole, array: rules}


def _array(request: web.Request) -> str:
    name = request.match_info["array"]
    if name not in ARRAYS:
        raise NotFound("there is no such list: see the list of danger words")
    return name


def _rule(request: web.Request) -> str:
    return request.match_info["rule"]


async def _page(request: web.Request, bench: Bench, filling: Filling) -> web.Response:
    _, whole, _ = await bench.file(PATH)
    fired = await fires_wrongly(bench.office, DangerFile.model_validate(whole), bench.says)
    return shown(
        request,
        bench,
        "danger.html",
        array=_array(request),
        rule=_rule(request),
        filling=filling,
        fired=fired[:SHOWN],
        fired_count=len(fired),
    )
