"""The numbers of a draft: when the ear is sure, how much is taken; each with its safe range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

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
from data.content.forms.words import LIMITS, THRESHOLDS
from data.content.shapes.rules import LimitsFile, ThresholdsFile
from data.content.writing import Table
from handlers.acts import drafts

Range = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """One file of numbers, and between which bounds each is safe."""

    path: str
    form: Form
    shape: type[BaseModel]
    safe: Mapping[str, Range]


FILES: Mapping[str, Numbers] = {
    "thresholds": Numbers(
        path="rules/thresholds.toml",
        form=THRESHOLDS,
        shape=ThresholdsFile,
        safe={
            "answer_score": (-0.7, 0.3),
            "answer_margin": (0.1, 1.0),
            "clarify_score": (-1.1, 0.0),
            "narrow": (1.0, 3.0),
            "temperature": (0.05, 1.0),
        },
    ),
    "limits": Numbers(
        path="rules/limits.toml",
        form=LIMITS,
        shape=LimitsFile,
        safe={
            "text_chars": (100, 2000),
            "messages_a_minute": (5, 120),
            "status_guesses": (3, 20),
            "status_window_minutes": (10, 1440),
            "human_returns_after_minutes": (5, 240),
            "called_again_after_minutes": (1, 30),
        },
    ),
}

pages = Pages()


@pages.on("GET /drafts/{draft}/rules", *drafts.READ)
async def rules(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the numbers, and the way to danger words and golden questions."""
    return await _page(request, await bench_of(request, visitor), {})


@pages.on("POST /drafts/{draft}/rules/{file}", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save one file of numbers."""
    bench, name = await bench_of(request, visitor), request.match_info["file"]
    if name not in FILES:
        raise NotFound("there are no such rules: see the page of rules")
    filling = await sent(bench, _sheet(FILES[name]), await joined(request))
    if filling is not None:
        return await _page(request, bench, {name: filling})
    return see_other(f"{bench.place}/rules?notice=saved#{name}")


def _sheet(numbers: Numbers) -> Sheet:
    return Sheet(
        path=numbers.path,
        form=numbers.form,
        shape=numbers.shape,
        also=partial(_unsafe, numbers.safe),
    )


async def _unsafe(safe: Mapping[str, Range], table: Table) -> Sequence[Fault]:
    """Find numbers outside of what was ever measured, and thresholds in the wrong order."""
    wrong = [
        Fault(field=name, code="unsafe", what=name, limit=f"{low:g}~{high:g}")
        for name, (low, high) in safe.items()
        if isinstance(table.get(name), int | float) and not low <= table[name] <= high
    ]
    score, clarify = table.get("answer_score"), table.get("clarify_score")
    if isinstance(score, int | float) and isinstance(clarify, int | float) and clarify >= score:
        wrong.append(Fault(field="clarify_score", code="clarify_above", what="clarify_score"))
    return wrong


async def _page(
    request: web.Request, bench: Bench, sent_back: Mapping[str, Filling]
) -> web.Response:
    fillings = {
        name: sent_back.get(name) or await opened(bench, _sheet(numbers))
        for name, numbers in FILES.items()
    }
    served = bench.office.release.rules
    return shown(
        request,
        bench,
        "rules.html",
        fillings=fillings,
        safe={name: numbers.safe for name, numbers in FILES.items()},
        served=served,
    )
