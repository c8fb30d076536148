"""The duty roster: who is on duty now, this week's plan, and where nobody is."""

from datetime import datetime, time

from aiohttp import web

from bot.console.forms import Form, fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.console.warnings.forms import moment_in
from bot.doors import ACCOUNTS, HOUSE
from data.civic.calendar import BEIJING, day_in, local
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, ShiftId
from data.civic.warning.shifts import Post
from handlers.acts import duty_roster
from handlers.acts.duty_roster import EDIT, MOST_TIMES, SEE, WEEK, Every, NewHolder, NewShift

pages = Pages()


@pages.on("GET /duty", *SEE)
async def roster(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show a week of the roster, from the day that is asked for."""
    return await _roster(request, visitor, notice=request.query.get("notice", ""))


@pages.on("POST /duty", *EDIT)
async def add(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Put a shift on the roster; what is refused is shown again as it was written."""
    office, form = request.app[HOUSE].office(), await fields(request)
    try:
        async with once(request, visitor, form) as first:
            if first:
                await duty_roster.add(office, visitor.staff, _new(form))
    except (BadInput, ValueError):
        return await _roster(request, visitor, notice="unfit", form=form)
    except NotFound:
        return await _roster(request, visitor, notice="login", form=form)
    return see_other("/duty?notice=added")


@pages.on("POST /duty/off", *EDIT)
async def take_off(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take a shift off the roster."""
    form = await fields(request)
    shift = ShiftId(form.get("shift", ""))
    try:
        await duty_roster.take_off(request.app[HOUSE].office(), visitor.staff, shift)
    except Conflict:
        return see_other("/duty?notice=over")
    return see_other("/duty?notice=off")


async def _roster(
    request: web.Request, visitor: Visitor, *, notice: str, form: Form | None = None
) -> web.Response:
    office, staff = request.app[HOUSE].office(), visitor.staff
    since = _day(request.query.get("since", ""), office.clock.now())
    accounts = request.app[ACCOUNTS]
    return page(
        request,
        "warnings/duty.html",
        plan=await duty_roster.plan(office, staff, since=since),
        before=since - WEEK,
        after=since + WEEK,
        posts=tuple(Post),
        most=MOST_TIMES,
        may_edit=staff.may(*EDIT),
        lines=bool(accounts.voice or accounts.workapp),
        notice=notice,
        form=form or {},
    )


def _new(form: Form) -> NewShift:
    begins = moment_in(form.get("day", ""), form.get("hour", ""))
    ends = moment_in(form.get("last_day", ""), form.get("last_hour", ""))
    if begins is None or ends is None:
        raise BadInput("give the day and the hour at which the shift begins and ends")
    return NewShift(
        area=AreaCode(form.get("area", "").strip()),
        begins=begins,
        ends=ends,
        holders=tuple(_holder(form, post) for post in Post if _named(form, post)),
        every=Every(form.get("every", Every.DAY)),
        times=int(form.get("times", "1")),
    )


def _holder(form: Form, post: Post) -> NewHolder:
    return NewHolder(
        post=post,
        name=form.get(f"{post}_name", ""),
        phone=form.get(f"{post}_phone", ""),
        login=form.get(f"{post}_login", ""),
        workapp=form.get(f"{post}_workapp", ""),
    )


def _named(form: Form, post: Post) -> bool:
    return any(form.get(f"{post}_{one}", "").strip() for one in ("name", "phone"))


def _day(said: str, now: datetime) -> datetime:
    """Read a day, at whose midnight the week begins; today, if none is said."""
    try:
        day = day_in(said) if said else local(now).date()
    except ValueError:
        day = local(now).date()
    return datetime.combine(day, time(), tzinfo=BEIJING)
