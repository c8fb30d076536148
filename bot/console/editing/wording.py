"""The sentences of the assistant in their three versions, each with its placeholders."""

from collections.abc import Sequence
from functools import partial

from aiohttp import web

from bot.console.editing.bench import A_PAGE, Bench, bench_of, page_number, shown
from bot.console.editing.sheet import Filling, Sheet, opened, sent
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from bot.doors import HOUSE
from data.civic.errors import NotFound
from data.civic.knowing.reading import of_sentence
from data.civic.knowing.sentences import Sentence, placeholders
from data.content.faults import Fault
from data.content.forms.form import Filled
from data.content.forms.words import SENTENCE
from data.content.shapes.shape import SentenceShape
from data.content.writing import Table
from handlers.acts import drafts

OF_THE_CODE = "workbook_"
"""What begins so is read from the program's own files: editing it would change nothing."""

pages = Pages()


@pages.on("GET /drafts/{draft}/wording", *drafts.READ)
async def wording(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the sentences, by words that stand in them."""
    bench, wanted = await bench_of(request, visitor), request.query
    kept = [(key, one) for key, one in bench.says.words.items() if _fits(key, one, wanted)]
    number, last = page_number(request, len(kept))
    return shown(
        request,
        bench,
        "wording.html",
        sentences=kept[(number - 1) * A_PAGE : number * A_PAGE],
        served=bench.office.release.words,
        found=len(kept),
        number=number,
        last=last,
        wanted=wanted,
    )


@pages.on("GET /drafts/{draft}/wording/{key}", *drafts.READ)
async def sentence(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form of a sentence."""
    bench, key = await bench_of(request, visitor), request.match_info["key"]
    sheet = await _sheet(bench, key, _allowed(request, key))
    return _page(request, bench, key, await opened(bench, sheet))


@pages.on("POST /drafts/{draft}/wording/{key}", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save a sentence."""
    bench, key = await bench_of(request, visitor), request.match_info["key"]
    sheet = await _sheet(bench, key, _allowed(request, key))
    filling = await sent(bench, sheet, await joined(request))
    if filling is not None:
        return _page(request, bench, key, filling)
    return see_other(f"{bench.place}/wording/{key}?notice=saved")


def _allowed(request: web.Request, key: str) -> Sequence[str]:
    """Tell which placeholders the desk fills."""
    return request.app[HOUSE].directory.words.get(key, ())


async def _sheet(bench: Bench, key: str, allowed: Sequence[str]) -> Sheet:
    if key in bench.says.words and not key.startswith(OF_THE_CODE):
        for path in sorted(await drafts.files_of(bench.office, bench.draft)):
            if path.startswith("wording/") and key in (await bench.file(path))[1]:
                return _at(path, key, allowed)
    raise NotFound(f"no sentence {key} in this draft: see the list of wording")


def _at(path: str, key: str, allowed: Sequence[str]) -> Sheet:
    return Sheet(
        path=path,
        form=SENTENCE,
        shape=SentenceShape,
        take=lambda whole: whole.get(key),
        put=lambda whole, part: {**whole, key: part},
        also=partial(_fillable, allowed),
    )


async def _fillable(allowed: Sequence[str], table: Table) -> Sequence[Fault]:
    """Find placeholders that no desk fills; a citizen would read the brace."""
    try:
        named = {field: placeholders(str(text)) - set(allowed) for field, text in table.items()}
    except ValueError:  # a brace alone: the shape has said so
        return ()
    return [
        Fault(field=field, code="unknown_placeholder", what=field, limit="、".join(sorted(names)))
        for field, names in named.items()
        if names
    ]


def _page(request: web.Request, bench: Bench, key: str, filling: Filling) -> web.Response:
    rules = bench.office.release.rules.reading
    hints = of_sentence(bench.says.words[key], rules, telephone=False)
    return shown(
        request,
        bench,
        "sentence.html",
        key=key,
        filling=filling,
        hints=hints,
        allowed=_allowed(request, key),
        served=bench.office.release.words.get(key),
    )


def _fits(key: str, one: Sentence, wanted: Filled) -> bool:
    words = wanted.get("q", "").strip()
    return not key.startswith(OF_THE_CODE) and words in f"{key} {one.full} {one.plain}"
