"""Read what a form of the county decides: a response, an order, its lift, a return, a notice."""

from collections.abc import Mapping, Sequence
from typing import Literal, assert_never, get_args

from bot.console.warnings.forms import codes_of, moment_in
from data.civic.errors import BadInput
from data.civic.ids import AreaCode, NoticeId, OrderId, ResponseId
from data.civic.risks import RiskTag
from data.civic.warning.decisions import (
    Body,
    EndNotice,
    IssueNotice,
    IssueOrder,
    LiftOrder,
    ReleaseReturn,
    SetResponse,
)
from data.civic.warning.orders import Tier
from data.civic.warning.responses import Level

What = Literal["response", "order", "lift", "return", "notice", "end"]
TIERS = 3
"""Tiers that one order may have in the form."""
ENDS = "ended"
"""As the level of a response: it ends."""

Form = Mapping[str, Sequence[str]]


def what_in(said: str) -> What:
    """Read which form it is.

    Raises:
        BadInput: there is no such form.
    """
    for one in get_args(What):
        if said == one:
            return one  # type: ignore[no-any-return]  # get_args forgets the type
    raise BadInput("no such form: choose one on the page of the event")


def body_in(what: What, form: Form) -> Body:
    """Read the body of a decision.

    Raises:
        BadInput: something is missing, or none of ours.
    """
    match what:
        case "response":
            return _response(form)
        case "order":
            return IssueOrder(tiers=_tiers(form))
        case "lift":
            return LiftOrder(order=OrderId(_one(form, "order")), areas=_areas(form, "area"))
        case "return":
            order = OrderId(_one(form, "order"))
            return ReleaseReturn(order=order, villages=_areas(form, "village"))
        case "notice":
            return _notice(form)
        case "end":
            return EndNotice(notice=NoticeId(_one(form, "notice")))
        case _:
            assert_never(what)


def codes_in(form: Form, name: str) -> tuple[AreaCode, ...]:
    """Read the areas of a field: ticked or written, each once."""
    return codes_of(form.get(name, ()))


def _response(form: Form) -> SetResponse:
    standing, level = _one(form, "response"), _one(form, "level")
    if level not in (*Level, ENDS) or (level == ENDS and not standing):
        raise BadInput("choose the level")
    return SetResponse(
        areas=() if standing else _areas(form, "area"),
        response=ResponseId(standing) if standing else None,
        level=None if level == ENDS else Level(level),
    )


def _tiers(form: Form) -> tuple[Tier, ...]:
    tiers = []
    for number in range(1, TIERS + 1):
        if not codes_in(form, f"area-{number}"):
            continue
        deadline = moment_in(_one(form, f"day-{number}"), _one(form, f"hour-{number}"))
        if deadline is None:
            raise BadInput(f"tier {number} needs the moment by which people must have left")
        tags = [one for one in form.get(f"tag-{number}", ()) if one]
        if unknown := set(tags) - set(RiskTag):
            raise BadInput(f"no risk {', '.join(sorted(unknown))}")
        tiers.append(
            Tier(
                areas=codes_in(form, f"area-{number}"),
                tags=frozenset(RiskTag(one) for one in tags),
                deadline=deadline,
            )
        )
    if not tiers:
        raise BadInput("choose the areas")
    return tuple(tiers)


def _notice(form: Form) -> IssueNotice:
    title = _one(form, "title").strip()
    if not 0 < len(title) <= 60:
        raise BadInput("give the notice a title of at most 60 characters")
    corrects = _one(form, "corrects")
    return IssueNotice(
        areas=_areas(form, "area"),
        title=title,
        expires_at=moment_in(_one(form, "day"), _one(form, "hour")),
        corrects=NoticeId(corrects) if corrects else None,
    )


def _areas(form: Form, name: str) -> tuple[AreaCode, ...]:
    found = codes_in(form, name)
    if not found:
        raise BadInput("choose the areas")
    return found


def _one(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")
