"""The lexicon of a draft: words, how they are also said or mistyped, fillers."""

import re
from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.console.editing.bench import Bench, bench_of, shown
from bot.console.editing.sheet import Filling
from bot.console.editing.texts import TEXT, CheckLines, opened_text, sent_text
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from data.civic.errors import NotFound
from data.content.faults import Fault
from data.content.lexicon import FILLERS, VARIANTS, WORDS
from handlers.acts import drafts

FILES: Mapping[str, str] = {"variants": VARIANTS, "fillers": FILLERS, "words": WORDS}

_ARROW = re.compile(r"[^\S\n]*(?:→|->|=>|＝|=)[^\S\n]*")
"""A tab is hard to type: an arrow or an equals sign will do."""

pages = Pages()


@pages.on("GET /drafts/{draft}/lexicon", *drafts.READ)
async def lexicon(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the three files, each in a form of its own."""
    return await _page(request, await bench_of(request, visitor), {})


@pages.on("POST /drafts/{draft}/lexicon/{file}", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save one of them."""
    bench, name = await bench_of(request, visitor), request.match_info["file"]
    if name not in FILES:
        raise NotFound("there is no such list: see the lexicon")
    given = dict(await joined(request))
    if name == "variants":
        given[TEXT] = _ARROW.sub("\t", given.get(TEXT, ""))
    filling = await sent_text(bench, FILES[name], given, CHECKS[name])
    if filling is not None:
        return await _page(request, bench, {name: filling})
    return see_other(f"{bench.place}/lexicon?notice=saved#{name}")


def variants_wrong(lines: Sequence[str]) -> Sequence[Fault]:
    """Find lines that are no pair, or say otherwise what stands already."""
    known: dict[str, str] = {}
    for number, line in _said(lines):
        variant, _, standard = (one.strip() for one in line.partition("\t"))
        if not standard or variant == standard:
            return [_fault("no_pair", number, line)]
        if known.setdefault(variant, standard) != standard:
            return [_fault("two_meanings", number, line)]
    return ()


def _nothing_wrong(_: Sequence[str]) -> Sequence[Fault]:
    return ()


CHECKS: Mapping[str, CheckLines] = {
    "variants": variants_wrong,
    "fillers": _nothing_wrong,
    "words": _nothing_wrong,
}


def _said(lines: Sequence[str]) -> list[tuple[int, str]]:
    numbered = ((number, line.strip()) for number, line in enumerate(lines, start=1))
    return [(number, line) for number, line in numbered if line and not line.startswith("#")]


def _fault(code: str, number: int, line: str) -> Fault:
    return Fault(field="text", code=code, what=line, limit=f"{number}: {line}")


async def _page(
    request: web.Request, bench: Bench, sent_back: Mapping[str, Filling]
) -> web.Response:
    fillings = {
        name: sent_back.get(name) or await opened_text(bench, path) for name, path in FILES.items()
    }
    return shown(request, bench, "lexicon.html", fillings=fillings)
