"""From a message of a warning, or a decision, to what is told of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never

from data.civic.ids import AreaCode
from data.civic.knowing.releases import Release
from data.civic.risks import RiskTag
from data.civic.warning.decisions import (
    Decision,
    EndNotice,
    IssueNotice,
    IssueOrder,
    LiftOrder,
    ReleaseReturn,
    SetResponse,
    areas_of,
)
from data.civic.warning.messages import MessageType, WarningMessage
from data.civic.warning.orders import Tier
from data.civic.warning.responses import change_to
from handlers.informing_words import Telling, time_in_words, who_in_words
from handlers.office import Office
from handlers.wording import written


def of_message(
    message: WarningMessage, subject: str, areas: Sequence[AreaCode], *, expired: bool = False
) -> Telling:
    """Tell a message as its issuer wrote it; or that its time has run out."""
    lifts = message.type is MessageType.CANCEL
    return Telling(
        key="expiry" if expired else "lift_signal" if lifts else "signal",
        subject=subject,
        areas=tuple(areas),
        issuer=message.sender,
        at=message.sent,
        values={
            "headline": message.headline,
            "description": message.description,
            "instruction": message.instruction,
        },
        colour=message.colour,
    )


async def of_decision(office: Office, decision: Decision) -> tuple[Telling, ...]:
    """Tell a decision, issued or still a draft; an order is told tier by tier."""
    body = decision.body
    match body:
        case SetResponse():
            return (await _response(office, decision, body),)
        case IssueOrder():
            return tuple(_tier(office, decision, tier) for tier in body.tiers)
        case LiftOrder() | ReleaseReturn():
            key = "lift_order" if isinstance(body, LiftOrder) else "return"
            return (_telling(office, decision, key, areas_of(body)),)
        case IssueNotice():
            key = "correction" if body.corrects else "notice"
            title = {"title": body.title}
            return (_telling(office, decision, key, body.areas, values=title),)
        case EndNotice():
            return (await _notice_ended(office, decision, body),)
        case _:
            assert_never(body)


async def _response(office: Office, decision: Decision, body: SetResponse) -> Telling:
    standing = await office.stores.responses.get(body.response or decision.id)
    areas = standing.areas if standing else body.areas
    if body.level is None:
        return _telling(office, decision, "lift_response", areas)
    before = None
    for step in standing.steps if standing else ():
        if step.decision == decision.id:
            break
        before = step.level
    change = change_to(body.level, before=before)
    release = office.release
    values = {
        "level": written(release, f"inform_level_{body.level.lower()}"),
        "change": written(release, f"inform_change_{change}"),
    }
    return _telling(office, decision, "response", areas, values=values)


def _tier(office: Office, decision: Decision, tier: Tier) -> Telling:
    values = {
        "who": who_in_words(office.release, tier.tags),
        "deadline": time_in_words(office.release, tier.deadline),
    }
    return _telling(office, decision, "order", tier.areas, values=values, tags=tier.tags)


async def _notice_ended(office: Office, decision: Decision, body: EndNotice) -> Telling:
    notice = await office.stores.notices.get(body.notice)
    values = {"title": notice.title if notice else ""}
    return _telling(office, decision, "lift_notice", notice.areas if notice else (), values=values)


def _telling(
    office: Office,
    decision: Decision,
    key: str,
    areas: Sequence[AreaCode],
    *,
    values: Mapping[str, str] | None = None,
    tags: frozenset[RiskTag] = frozenset(),
) -> Telling:
    return Telling(
        key=key,
        subject=decision.id,
        areas=tuple(areas),
        tags=tags,
        issuer=issuer(office.release),
        at=_at(office, decision),
        values={"text": decision.text, **(values or {})},
    )


def issuer(release: Release) -> str:
    """Name who issues what the county decides."""
    places = release.places
    return written(release, "inform_issuer", county=places.name(places.county))


def _at(office: Office, decision: Decision) -> datetime:
    return decision.issued_at or office.clock.now()
