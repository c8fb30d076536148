"""Work out what a decision brings about, as things stand; nothing is written here.

Each effect knows the decision that made it, so that working it out again changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from data.civic.areas import Gazetteer, within
from data.civic.errors import Conflict, NotFound
from data.civic.ids import AreaCode, NoticeId, OrderId, ResponseId
from data.civic.warning import notices, orders, responses, returns
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
from data.civic.warning.notices import Notice, NoticeState
from data.civic.warning.orders import OrderLift, TransferOrder
from data.civic.warning.responses import Response, ResponseStep
from data.civic.warning.returns import Released
from data.civic.warning.telling import ToInform, ToTell
from data.store.versioned import R, Versioned
from handlers.held_villages import holds, waiting
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One record as it stands, and as it is to stand."""

    store: Versioned[Any]
    before: Any
    after: Any

    async def done(self) -> bool:
        """Write it; False: somebody else was faster."""
        if self.before == self.after:
            return True
        try:
            await (self.store.save(self.after) if self.before else self.store.add(self.after))
        except Conflict:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a decision brings about."""

    writes: tuple[Write, ...]
    held_as: str
    """The field of the event that lists what is new."""
    news: ToInform


async def effect_of(office: Office, decision: Decision) -> Effect:
    """Work out the effect as things stand; nothing is written.

    Raises:
        NotFound: what it would change is not there.
        Conflict: the life cycle of that forbids it.
    """
    body, at = decision.body, decision.issued_at or office.clock.now()
    match body:
        case SetResponse():
            return await _response(office, decision, body, at)
        case IssueOrder():
            return _order(office, decision, body, at)
        case LiftOrder():
            return await _lift(office, decision, body, at)
        case ReleaseReturn():
            return await _release(office, decision, body, at)
        case IssueNotice():
            return await _notice(office, decision, body, at)
        case EndNotice():
            return await _end(office, decision, body, at)
        case _:
            assert_never(body)


async def _response(office: Office, decision: Decision, body: SetResponse, at: datetime) -> Effect:
    store, own = office.stores.responses, ResponseId(decision.id)
    before = await (_standing(store, body.response) if body.response else store.get(own))
    after = _stepped(decision, body, before, at)
    kind = ToTell.RESPONSE if body.level else ToTell.LIFT
    return Effect(
        writes=(Write(store=store, before=before, after=after),),
        held_as="responses",
        news=_news(decision, kind, after.id, after.areas, at),
    )


def _stepped(
    decision: Decision, body: SetResponse, before: Response | None, at: datetime
) -> Response:
    if before is not None and any(one.decision == decision.id for one in before.steps):
        return before
    change = responses.change_to(body.level, before=before.level if before else None)
    step = ResponseStep(
        decision=decision.id, change=change, level=body.level, text=decision.text, at=at
    )
    if before is not None:
        return responses.move(before, step)
    return responses.start(ResponseId(decision.id), decision.event, body.areas, step)


def _order(office: Office, decision: Decision, body: IssueOrder, at: datetime) -> Effect:
    order = TransferOrder(
        id=OrderId(decision.id),
        event=decision.event,
        decision=decision.id,
        tiers=body.tiers,
        text=decision.text,
        issued_at=at,
    )
    return Effect(
        writes=(Write(store=office.stores.orders, before=None, after=order),),
        held_as="orders",
        news=_news(decision, ToTell.ORDER, order.id, order.areas, at),
    )


async def _lift(office: Office, decision: Decision, body: LiftOrder, at: datetime) -> Effect:
    store = office.stores.orders
    before = await _standing(store, body.order)
    lift = OrderLift(decision=decision.id, areas=body.areas, text=decision.text, at=at)
    villages = _villages(body.areas, office.release.places)
    begun = [returns.begin(decision.event, body.order, one, at) for one in villages]
    fresh = [Write(store=office.stores.returns, before=None, after=one) for one in begun]
    return Effect(
        writes=(Write(store=store, before=before, after=orders.lift(before, lift)), *fresh),
        held_as="returns",
        news=_news(decision, ToTell.LIFT, body.order, body.areas, at),
    )


async def _release(office: Office, decision: Decision, body: ReleaseReturn, at: datetime) -> Effect:
    """Release villages as a whole: what waits there after another order is released with it."""
    store, drill = office.stores.returns, is_drill(decision.id)
    released = Released(decision=decision.id, text=decision.text, at=at)
    own = [
        await _standing(store, returns.return_id(body.order, village)) for village in body.villages
    ]
    if not any(returns.released_by(one, decision.id) for one in own):
        await _must_be_free(office, body.villages, drill=drill)
    others = await waiting(office, body.villages, drill=drill)
    standing = {one.id: one for one in (*own, *others)}.values()
    return Effect(
        writes=tuple(
            Write(store=store, before=one, after=returns.release(one, released)) for one in standing
        ),
        held_as="returns",
        news=_news(decision, ToTell.RETURN, body.order, body.villages, at),
    )


async def _must_be_free(office: Office, villages: Sequence[AreaCode], *, drill: bool) -> None:
    found = [one for one in await holds(office, villages, drill=drill) if one.refuses]
    if found:
        raise Conflict("; ".join(one.why(office) for one in found))


async def _notice(office: Office, decision: Decision, body: IssueNotice, at: datetime) -> Effect:
    store = office.stores.notices
    notice = Notice(
        id=NoticeId(decision.id),
        event=decision.event,
        decision=decision.id,
        areas=body.areas,
        title=body.title,
        text=decision.text,
        issued_at=at,
        expires_at=body.expires_at,
        corrects=body.corrects,
    )
    writes = [Write(store=store, before=None, after=notice)]
    areas = body.areas
    if body.corrects:
        wrong = await _standing(store, body.corrects)
        right = notices.end(wrong, decision.id, state=NoticeState.CORRECTED)
        writes.append(Write(store=store, before=wrong, after=right))
        areas = tuple(dict.fromkeys((*wrong.areas, *areas)))
    kind = ToTell.CORRECTION if body.corrects else ToTell.NOTICE
    news = _news(decision, kind, notice.id, areas, at)
    return Effect(writes=tuple(writes), held_as="notices", news=news)


async def _end(office: Office, decision: Decision, body: EndNotice, at: datetime) -> Effect:
    store = office.stores.notices
    before = await _standing(store, body.notice)
    after = notices.end(before, decision.id, state=NoticeState.ENDED)
    return Effect(
        writes=(Write(store=store, before=before, after=after),),
        held_as="notices",
        news=_news(decision, ToTell.LIFT, before.id, before.areas, at),
    )


def _news(
    decision: Decision, kind: ToTell, subject: str, areas: tuple[AreaCode, ...], at: datetime
) -> ToInform:
    return ToInform(kind=kind, subject=subject, source=decision.id, areas=areas, at=at)


def _villages(areas: Sequence[AreaCode], places: Gazetteer) -> list[AreaCode]:
    """List the villages of areas; an area of which no village is known stands for itself."""
    found: dict[AreaCode, None] = {}
    for area in areas:
        inside = [one for one in places.areas if len(one) == 12 and within(one, area)]
        found |= dict.fromkeys(sorted(inside) or [area])
    return list(found)


async def _standing(store: Versioned[R], id_: str) -> R:
    found = await store.get(id_)
    if found is None:
        raise NotFound(f"nothing stands under {id_}: see the list")
    return found
