"""From a message of a warning, or a decision, to what is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
)
from data.civic.warning.drills import is_drill
from data.civic.warning.messages import MessageType, WarningMessage
from data.civic.warning.orders import Tier
from data.civic.warning.responses import change_to
from handlers.held_villages import sent_away
from handlers.informing_words import Telling, time_in_words, who_in_words
from handlers.office import Office
from handlers.wording import written


def of_message(
    message: WarningMessage, subject: str, areas: Sequence[AreaCode], *, expired: bool = False
) -> Telling:
    """Tell a message as its issuer wrote it; or that its time has run out.

    Without a headline the description stands in its place, and is not said twice.
    """
    lifts = message.type is MessageType.CANCEL
    return Telling(
        key="expiry" if expired else "lift_signal" if lifts else "signal",
        subject=subject,
        areas=tuple(areas),
        issuer=message.sender,
        at=message.sent,
        values={
            "headline": message.headline or message.description,
            "description": message.description if message.headline else "",
            "instruction": message.instruction,
        },
        colour=message.colour,
    )


def of_bare_cancel(
    release: Release, cancel: WarningMessage, first: WarningMessage
) -> WarningMessage:
    """Let a cancel that came without words say which warning it lifts, and whose."""
    if cancel.type is not MessageType.CANCEL or cancel.headline or cancel.description:
        return cancel
    lifted = first.headline or first.event or first.description
    return replace(
        cancel,
        sender=first.sender if cancel.sender == cancel.sender_code else cancel.sender,
        headline=written(release, "inform_lifted", headline=lifted),
    )


async def of_decision(office: Office, decision: Decision) -> tuple[Telling, ...]:
    """Tell a decision, issued or still a draft.

    An order is told tier by tier, the earliest first; a return to those who were sent away.
    """
    body = decision.body
    match body:
        case SetResponse():
            return (await _response(office, decision, body),)
        case IssueOrder():
            tiers = sorted(body.tiers, key=lambda one: one.deadline)
            return tuple(_tier(office, decision, tier) for tier in tiers)
        case LiftOrder():
            return (_telling(office, decision, "lift_order", body.areas),)
        case ReleaseReturn():
            return await _return(office, decision, body)
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


async def _return(office: Office, decision: Decision, body: ReleaseReturn) -> tuple[Telling, ...]:
    """Tell it apart where others bear the risks for which villages were to be left."""
    drill = is_drill(decision.id)
    meant = await sent_away(office, body.order, body.villages, drill=drill)
    alike: dict[frozenset[RiskTag], list[AreaCode]] = {}
    for village, tags in meant.items():
        alike.setdefault(tags, []).append(village)
    return tuple(
        _telling(office, decision, "return", areas, tags=tags) for tags, areas in alike.items()
    )


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
