"""Golden questions: what every release must answer rightly before it is served."""

from collections.abc import Sequence

from aiohttp import web

from bot.console.editing.bench import Bench, bench_of, shown
from bot.console.editing.texts import with_lines
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from data.civic.ids import IntentId
from data.civic.labels import Aspect
from data.content.forms.form import Filled
from handlers.acts import drafts

PATH = "golden/golden.tsv"

pages = Pages()


@pages.on("GET /drafts/{draft}/golden", *drafts.READ)
async def golden(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the golden questions, and the form for one more."""
    return await _page(request, await bench_of(request, visitor), {}, "")


@pages.on("POST /drafts/{draft}/golden", *drafts.WRITE)
async def add(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Add a question."""
    bench, given = await bench_of(request, visitor), await joined(request)
    wrong, line = _wrong(bench, given), _line(given)
    if wrong:
        return await _page(request, bench, given, wrong)
    await with_lines(bench, PATH, lambda lines: lines if line in lines else [*lines, line])
    return see_other(f"{bench.place}/golden?notice=saved")


@pages.on("POST /drafts/{draft}/golden/remove", *drafts.WRITE)
async def remove(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take a question out."""
    bench, gone = await bench_of(request, visitor), (await joined(request)).get("line", "")
    await with_lines(bench, PATH, lambda lines: [one for one in lines if one.strip() != gone])
    return see_other(f"{bench.place}/golden?notice=removed")


def _wrong(bench: Bench, given: Filled) -> str:
    """Tell which field is wrong; empty: none."""
    if not _tidy(given, "question"):
        return "question"
    if given.get("intent", "") not in bench.says.intents:
        return "intent"
    if given.get("aspect", "") not in {"", *Aspect}:
        return "aspect"
    return "" if _tidy(given, "phrase") else "phrase"


def _line(given: Filled) -> str:
    fields = ("question", "intent", "aspect", "phrase")
    return "\t".join(_tidy(given, name) for name in fields)


def _tidy(given: Filled, name: str) -> str:
    return " ".join(given.get(name, "").split())


async def _page(request: web.Request, bench: Bench, given: Filled, wrong: str) -> web.Response:
    text, _ = await drafts.file_of(bench.office, bench.draft, PATH)
    lines = (text or b"").decode("utf-8-sig", errors="replace").splitlines()
    rows = [_row(line) for line in lines if line.strip() and not line.startswith("#")]
    words = request.query.get("q", "").strip()
    return shown(
        request,
        bench,
        "golden.html",
        rows=[row for row in rows if words in row[0]],
        found=len(rows),
        wanted=request.query,
        given=given,
        wrong=wrong,
        intents=bench.says.intents,
        aspects=bench.office.release.rules.aspects,
    )


def _row(line: str) -> tuple[str, Sequence[str], IntentId]:
    fields = [*line.strip().split("\t"), "", "", ""][:4]
    return line.strip(), fields, IntentId(fields[1])
