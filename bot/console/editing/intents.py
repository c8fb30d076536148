"""Intents of a draft: the list, one with its examples and its answer, a new one."""

import re
from collections.abc import Sequence
from functools import partial

from aiohttp import web

from bot.console.editing.bench import A_PAGE, Bench, bench_of, page_number, shown
from bot.console.editing.naming import name_for
from bot.console.editing.sheet import SEEN, Filling, Sheet, opened, removed, sent
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from data.civic.errors import BadInput, NotFound
from data.civic.ids import GuideId, IntentId
from data.civic.knowing.reading import Hint, of_sentence
from data.civic.knowing.releases import Intent
from data.civic.labels import Kind, Traffic
from data.content.faults import Fault
from data.content.forms.form import Filled
from data.content.forms.intents import INTENT, intent_table, path_of
from data.content.shapes.intents import IntentShape
from data.content.writing import Table
from handlers.acts import drafts
from handlers.acts.check_examples import checked
from handlers.acts.departments import departments

NEW_KINDS = (Kind.TALK, Kind.GUIDE)
"""What staff may make without a programmer."""

_TOPIC = re.compile(r"answer\.topics\.\d+\.id")

pages = Pages()


@pages.on("GET /drafts/{draft}/intents", *drafts.READ)
async def intents(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List intents by title, example, department and kind."""
    bench, wanted = await bench_of(request, visitor), request.query
    kept = [one for one in bench.says.intents.values() if _fits(one, wanted)]
    number, last = page_number(request, len(kept))
    return shown(
        request,
        bench,
        "intents.html",
        intents=kept[(number - 1) * A_PAGE : number * A_PAGE],
        found=len(kept),
        number=number,
        last=last,
        wanted=wanted,
        kinds=tuple(Kind),
        departments=await departments(bench.office, bench.says),
        edited={path.removeprefix("intents/")[:-5] for path in bench.draft.edits},
    )


@pages.on("GET /drafts/{draft}/intents/new", *drafts.WRITE)
async def new(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the empty form of a new intent; a question that waits may be its first example."""
    bench = await bench_of(request, visitor)
    filling = Filling(values=_beginning(request.query), seen="", new=True)
    return await _page(request, bench, IntentId(""), filling)


@pages.on("POST /drafts/{draft}/intents/new", *drafts.WRITE)
async def make(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Make a new intent; one of kind guide goes on to its guide, a new one if there is none."""
    bench, given = await bench_of(request, visitor), _with_ids(await joined(request))
    _must_be_ours(given, NEW_KINDS)
    taken = {*bench.says.intents, *bench.says.guides}
    name = IntentId(name_for(given.get("title", ""), taken, kind="intent"))
    if (twin := _twin(bench, given)) is not None:
        return see_other(f"{bench.place}/intents/{twin}?notice=saved")
    filling = await sent(bench, _sheet(bench, name, fresh=True), given)
    if filling is not None:
        return await _page(request, bench, IntentId(""), filling)
    guide = given.get("guide", "").strip() or name
    if given.get("kind") == Kind.GUIDE and guide not in bench.says.guides:
        return see_other(f"{bench.place}/guides/new?id={guide}&notice=intent")
    return see_other(f"{bench.place}/intents/{name}?notice=saved")


@pages.on("GET /drafts/{draft}/intents/{intent}", *drafts.READ)
async def intent(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show an intent's form, and which of its examples are near to another's."""
    bench = await bench_of(request, visitor)
    name = _named(request)
    filling = await opened(bench, _sheet(bench, name))
    if filling.new:
        raise NotFound(f"no intent {name} in this draft: see the list of intents")
    return await _page(request, bench, name, filling)


@pages.on("POST /drafts/{draft}/intents/{intent}", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save an intent; its kind stays."""
    bench, name = await bench_of(request, visitor), _named(request)
    given, known = _with_ids(await joined(request)), bench.says.intents.get(name)
    _must_be_ours(given, (known.kind,) if known else tuple(Kind), seen=known is not None)
    filling = await sent(bench, _sheet(bench, name), given)
    if filling is not None:
        return await _page(request, bench, name, filling)
    return see_other(f"{bench.place}/intents/{name}?notice=saved")


@pages.on("POST /drafts/{draft}/intents/{intent}/remove", *drafts.WRITE)
async def remove(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take an intent out; its guide stays."""
    bench = await bench_of(request, visitor)
    await removed(bench, path_of(_named(request)))
    return see_other(f"{bench.place}/intents?notice=removed")


def _must_be_ours(given: Filled, kinds: Sequence[Kind], *, seen: bool = False) -> None:
    """Refuse what no page of ours sends: another kind, or without what was `seen`.

    Raises:
        BadInput: it is such.
    """
    if given.get("kind") not in kinds or (seen and not given.get(SEEN)):
        raise BadInput("no page sends this form: open the intent again")


def _named(request: web.Request) -> IntentId:
    return IntentId(request.match_info["intent"])


def _sheet(bench: Bench, name: IntentId, *, fresh: bool = False) -> Sheet:
    return Sheet(
        path=path_of(name),
        form=INTENT,
        shape=IntentShape,
        onto={"id": name},
        also=partial(_crossed, bench, name, fresh=fresh),
    )


async def _crossed(bench: Bench, name: IntentId, table: Table, *, fresh: bool) -> Sequence[Fault]:
    """Find what other files say against it: examples measured or another's, guides not there."""
    found = await checked(bench.office, bench.says, table.get("examples", ()), of=name)
    wrong = []
    if (owner := table["department"]) not in await departments(bench.office, bench.says):
        wrong.append(_fault("department", "unknown_department", str(owner)))
    if found.held_out:
        wrong.append(_fault("examples", "held_out", "、".join(found.held_out)))
    if found.others:
        titles = bench.says.intents
        said = "、".join(
            f"{one.text}（{titles[IntentId(one.whose)].title}）" for one in found.others
        )
        wrong.append(_fault("examples", "example_of_another", said))
    guide = table.get("guide", name if table.get("kind") == Kind.GUIDE else "")
    if guide and guide not in bench.says.guides and not (fresh and guide == name):
        wrong.append(_fault("guide", "unknown_guide", str(guide)))
    return wrong


def _fault(field: str, code: str, limit: str) -> Fault:
    return Fault(field=field, code=code, what=code, limit=limit)


def _twin(bench: Bench, given: Filled) -> IntentId | None:
    """Find the intent that this very form has made before: it was sent twice."""
    made = intent_table(given, onto={})
    same = (made.get("title"), tuple(made.get("examples", ())))
    intents = bench.says.intents.values()
    return next((one.id for one in intents if (one.title, one.examples) == same), None)


def _with_ids(given: Filled) -> Filled:
    """Name the topics that were given no id."""
    made: dict[str, str] = {}
    taken = {said for key, said in given.items() if _TOPIC.fullmatch(key) and said.strip()}
    for key, said in given.items():
        if _TOPIC.fullmatch(key) and not said.strip() and given.get(f"{key[:-2]}label", "").strip():
            made[key] = name_for(given[f"{key[:-2]}label"], {*taken, *made.values()}, kind="topic")
    return {**given, **made}


async def _page(
    request: web.Request, bench: Bench, name: IntentId, filling: Filling
) -> web.Response:
    examples = [line.strip() for line in filling.lines("examples") if line.strip()]
    found = await checked(bench.office, bench.says, examples, of=name)
    return shown(
        request,
        bench,
        "intent.html",
        name=name,
        intent=bench.says.intents.get(name),
        filling=filling,
        near=found.near,
        count=len(examples),
        hints=_hints(bench, name),
        intents=bench.says.intents,
        guide=bench.says.guides.get(GuideId(filling.get("guide"))),
        guides=_guides_of(bench, filling.get("department")),
        departments=await departments(bench.office, bench.says),
        new_kinds=NEW_KINDS,
        traffics=tuple(Traffic),
    )


def _hints(bench: Bench, name: IntentId) -> dict[str, tuple[Hint, ...]]:
    """Tell what is hard to read in an answer as it was saved last, by the field."""
    known, rules = bench.says.intents.get(name), bench.office.release.rules.reading
    if known is None or known.answer is None:
        return {}
    telephone = known.kind in (Kind.EMERGENCY, Kind.ACCOUNT)
    found = {"answer.full": of_sentence(known.answer.words, rules, telephone=telephone)}
    for number, topic in enumerate(known.answer.topics):
        hints = of_sentence(topic.words, rules, telephone=telephone)
        found[f"answer.topics.{number}.full"] = hints
    return {field: hints for field, hints in found.items() if hints}


def _beginning(query: Filled) -> dict[str, str]:
    kind = query.get("kind", "")
    return {
        "kind": kind if kind in NEW_KINDS else Kind.TALK.value,
        "traffic": Traffic.MID.value,
        "title": query.get("title", ""),
        "examples": query.get("example", ""),
    }


def _fits(one: Intent, wanted: Filled) -> bool:
    if wanted.get("kind") not in (None, "", one.kind):
        return False
    if wanted.get("department") not in (None, "", one.department):
        return False
    words = wanted.get("q", "").strip().lower()
    said = (one.id, one.title, *one.examples)
    return not words or any(words in text.lower() for text in said)


def _guides_of(bench: Bench, department: str) -> Sequence[tuple[str, str]]:
    """List the guides of a department, to choose from."""
    guides = bench.says.guides.values()
    return [(one.id, one.title) for one in guides if one.department == department][:200]
