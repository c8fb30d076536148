"""Teach from the inbox: a group of questions becomes examples, a new intent, or not ours."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from aiohttp import web

from bot.console.editing.naming import name_for
from bot.console.forms import once
from bot.console.inbox import group_in, intents_called, moment_in, shown, stamp
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.ids import GroupId, GuideId, IntentId
from data.civic.knowing.drafts import Draft
from data.civic.knowing.releases import Release
from data.civic.people import Staff
from data.civic.talk.groups import QuestionGroup
from data.content.teaching import NewIntent
from handlers.acts import drafts, read_inbox, teach
from handlers.acts.decided_meanwhile import DecidedMeanwhile
from handlers.acts.teach import TEACH, Lesson, Unfit

LONGEST_TITLE = 40
NEVER = datetime.fromtimestamp(0, UTC)

pages = Pages()


@pages.on("POST /inbox/{group}/teach", *TEACH)
async def teach_intent(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Add the sentences to an intent: one that was suggested, or one that was looked for."""
    form, office = await joined(request), request.app[HOUSE].office()
    found = intents_called(office, form.get("intent") or form.get("title", ""))
    if len(found) != 1:
        return await shown(request, visitor, typed=form, several=found or ("",))
    intent = IntentId(found[0])
    try:
        return await _taught(
            request, visitor, lambda lesson: teach.teach(office, visitor.staff, lesson, intent)
        )
    except Unfit as unfit:
        return await shown(request, visitor, typed=form, unfit=unfit)
    except DecidedMeanwhile as late:
        return await shown(request, visitor, typed=form, meanwhile=late.group)


@pages.on("POST /inbox/{group}/not-ours", *TEACH)
async def not_ours(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let the assistant learn that this is not our matter."""
    form, office = await joined(request), request.app[HOUSE].office()
    try:
        return await _taught(
            request, visitor, lambda lesson: teach.not_ours(office, visitor.staff, lesson)
        )
    except Unfit as unfit:
        return await shown(request, visitor, typed=form, unfit=unfit)
    except DecidedMeanwhile as late:
        return await shown(request, visitor, typed=form, meanwhile=late.group)


@pages.on("POST /inbox/{group}/new", *TEACH)
async def new_intent(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form of a new intent with the sentences in it; make it when the form is filled."""
    form, office = await joined(request), request.app[HOUSE].office()
    if "new_title" not in form:
        lesson = await _lesson(request, visitor, form)
        return _form(request, {**form, "examples": "\n".join(lesson.texts)})
    new = _new(office.release, form)
    try:
        return await _taught(
            request, visitor, lambda lesson: teach.teach_new(office, visitor.staff, lesson, new)
        )
    except Unfit as unfit:
        return _form(request, form, unfit)
    except DecidedMeanwhile as late:
        theirs = await read_inbox.decider(office, late.group)
        fresh = {**form, "seen": str(stamp(office.clock.now()))}
        return _form(request, fresh, meanwhile=late.group, theirs=theirs)


@pages.on("POST /inbox/{group}/dismiss", *TEACH)
async def dismiss(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Put the group away: there is nothing in it to be taught."""
    office, form = request.app[HOUSE].office(), await joined(request)
    groups = await _groups(request, visitor, form)
    try:
        await teach.dismiss(office, visitor.staff, groups, seen=_seen(form))
    except DecidedMeanwhile as late:
        return await shown(request, visitor, typed=form, meanwhile=late.group)
    return see_other("/inbox?notice=dismissed")


@pages.on("POST /inbox/{group}/reopen", *TEACH)
async def reopen(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Put the group back into the inbox."""
    office, form = request.app[HOUSE].office(), await joined(request)
    groups = await _groups(request, visitor, form)
    await teach.reopen(office, visitor.staff, groups)
    return see_other(f"/inbox/{groups[0]}?notice=reopened")


async def _taught(
    request: web.Request, visitor: Visitor, act: Callable[[Lesson], Awaitable[Draft]]
) -> web.Response:
    """Teach what was typed, once however often it was sent, and lead to what it changes."""
    form, office = await joined(request), request.app[HOUSE].office()
    lesson = await _lesson(request, visitor, form)
    async with once(request, visitor, form) as first:
        if first:
            draft = await act(lesson)
        else:
            draft = await drafts.mine_or_new(office, visitor.staff)
    return see_other(f"/drafts/{draft.id}/impact?notice=taught")


async def _lesson(request: web.Request, visitor: Visitor, form: Mapping[str, str]) -> Lesson:
    """Read the sentences that were typed, with the samples of the other groups that were ticked."""
    office, groups = request.app[HOUSE].office(), await _groups(request, visitor, form)
    others = [await read_inbox.find(office, visitor.staff, one) for one in groups[1:]]
    samples = [
        teach.as_example(one.text)
        for group in others
        for one in group.samples_in(visitor.staff.area)
    ]
    typed = "\n".join([form.get("examples", ""), *samples])
    return Lesson.of(groups, typed, seen=_seen(form))


def _seen(form: Mapping[str, str]) -> datetime:
    """Read when the groups were shown; a form that does not say has seen nothing."""
    return moment_in(form.get("seen", "")) or NEVER


async def _groups(request: web.Request, visitor: Visitor, form: Mapping[str, str]) -> list[GroupId]:
    """Name the group of the address, and those that were ticked; all must be of the own area."""
    mine = group_in(request)
    await read_inbox.find(request.app[HOUSE].office(), visitor.staff, mine)
    ticked = [GroupId(one) for one in form.get("also", "").split()[: read_inbox.NEAR]]
    return [mine, *(one for one in dict.fromkeys(ticked) if one != mine)]


def _new(release: Release, form: Mapping[str, str]) -> NewIntent:
    title = " ".join(form.get("new_title", "").split())[:LONGEST_TITLE]
    said = {key: form.get(key, "").replace("\r\n", "\n").strip() for key in ("full", "plain")}
    guide = form.get("guide", "").strip()
    called = [one.id for one in release.guides.values() if guide and guide in (one.title, one.id)]
    # What is no guide is given on as it was typed: the act refuses it by its name.
    return NewIntent(
        id=IntentId(name_for(title, release.intents, kind="intent")),
        title=title,
        department=form.get("department", "").strip(),
        guide=called[0] if called else GuideId(guide) if guide else None,
        full=said["full"],
        plain=said["plain"],
        spoken=form.get("spoken", "").strip(),
    )


def _form(
    request: web.Request,
    form: Mapping[str, str],
    unfit: Unfit | None = None,
    *,
    meanwhile: QuestionGroup | None = None,
    theirs: Staff | None = None,
) -> web.Response:
    release = request.app[HOUSE].office().release
    return page(
        request,
        "new_intent.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if unfit or meanwhile else HTTPStatus.OK,
        meanwhile=meanwhile,
        theirs=theirs,
        group=group_in(request),
        form=form,
        also=form.get("also", "").split(),
        wrong=unfit.wrong if unfit else (),
        faulty={one.field: one for one in unfit.faulty} if unfit else {},
        intents=release.intents,
        guides=release.guides,
        departments=sorted({one.department for one in release.intents.values()}),
        needed=teach.NEEDED,
        longest_title=LONGEST_TITLE,
    )
