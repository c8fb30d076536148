"""Take news up: what was relayed or signed becomes an informing, in its approved words.

What is over when its turn comes is not told any more. Lifts and corrections follow everybody who
got a message about the same, also one that was replaced since, and each is told once. Where only
a part of the areas is lifted or told anew, what was told before ends in that part and goes on in
the others. Every step can be taken again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from data.civic.errors import NotFound
from data.civic.ids import AreaCode, DecisionId, NoticeId, OrderId, ResponseId, SignalId
from data.civic.safety.targets import Target
from data.civic.sending.informing import Informing, InformingKind
from data.civic.warning import drills
from data.civic.warning.decisions import Decision, IssueNotice, SetResponse
from data.civic.warning.messages import Colour, WarningMessage
from data.civic.warning.notices import NoticeState
from data.civic.warning.orders import OrderState
from data.civic.warning.places import touches
from data.civic.warning.responses import Level
from data.civic.warning.shared import common
from data.civic.warning.signals import NEVER, Signal
from data.civic.warning.telling import ToInform, ToTell
from handlers import tellings
from handlers.acts import inform
from handlers.acts.inform import InformRequest
from handlers.held_villages import holds
from handlers.informing_words import Telling, words_of
from handlers.office import Office
from handlers.wording import written

FOLLOWING = (ToTell.CORRECTION, ToTell.LIFT, ToTell.EXPIRY)
_FIRST = (
    InformingKind.SIGNAL,
    InformingKind.RESPONSE,
    InformingKind.ORDER,
    InformingKind.NOTICE,
    InformingKind.CORRECTION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """News with what says it."""

    news: ToInform
    tellings: tuple[Telling, ...]
    event: str
    """A signal's informings stand under the signal, those of a decision under its event."""
    about: str
    """The id that the first message was about."""
    by: str
    urgent: bool
    flash_flood: bool
    over: bool
    """Nothing is left of what it is about."""
    but: tuple[AreaCode, ...] = ()
    """Parts of its areas in which another message decides."""

    @property
    def key(self) -> str:
        """Name it; the name of a drill says so."""
        return drills.named_for(self.news.subject, self.news.id)


async def take_up(office: Office, news: ToInform) -> tuple[Informing, ...]:
    """Begin what tells these news; give what was begun. Idempotent.

    Raises:
        NotFound: what the news are of is not there.
        BadInput: it cannot be told: no words, or nobody is meant.
    """
    of_signal = await office.stores.signals.get(SignalId(news.subject))
    said = await (_of_signal(office, news, of_signal) if of_signal else _decided(office, news))
    begun = await (_follow(office, said) if news.kind in FOLLOWING else _begin(office, said))
    await office.stores.to_inform.planned(news.id, office.clock.now())
    return tuple(begun)


async def _of_signal(office: Office, news: ToInform, signal: Signal) -> _News:
    message, now = signal.step(news.source).message, office.clock.now()
    areas: Sequence[AreaCode] = news.areas
    but = signal.decided_otherwise(news.source, now)
    if news.kind is ToTell.SIGNAL:
        current = common(signal.decided_by(news.source, now), news.areas)
        areas = current if (message.expires or NEVER) > now else ()
    if news.kind is ToTell.LIFT:  # by whichever cancel it is lifted there: it is told once
        but = tuple(one for one in but if not signal.lifted_in(one, now))
    expired = news.kind is ToTell.EXPIRY
    said = tellings.of_bare_cancel(office.release, message, signal.first)
    told = tellings.of_message(said, news.subject, areas, expired=expired)
    return _News(
        news=news,
        tellings=(told,) if areas else (),
        event=news.subject,
        about=news.subject,
        by="system",
        urgent=message.colour in (Colour.ORANGE, Colour.RED),
        flash_flood=_is_flash_flood(office, message),
        over=signal.until <= now,
        but=but,
    )


def _is_flash_flood(office: Office, message: WarningMessage) -> bool:
    said = f"{message.event} {message.headline or message.description}"
    return written(office.release, "inform_flash_flood") in said


async def _decided(office: Office, news: ToInform) -> _News:
    decision = await office.stores.decisions.get(DecisionId(news.source))
    if decision is None:
        raise NotFound(f"{news.id}: the decision that says this is not there")
    stands, over = await _standing(office, news)
    told = await tellings.of_decision(office, decision) if stands else ()
    if news.kind is ToTell.RETURN:
        told = tuple([await _where_free(office, one, drill=news.drill) for one in told])
    return _News(
        news=news,
        tellings=told,
        event=decision.event,
        about=_about(news, decision),
        by=_signer(decision),
        urgent=_is_urgent(decision, news.kind),
        flash_flood=False,
        over=over,
    )


async def _where_free(office: Office, told: Telling, *, drill: bool) -> Telling:
    """Leave out where somebody has to leave or to wait again: nobody is told to return there."""
    held = {one.village for one in await holds(office, told.areas, drill=drill)}
    return replace(told, areas=tuple(one for one in told.areas if one not in held))


async def _standing(office: Office, news: ToInform) -> tuple[bool, bool]:
    """Tell whether news still hold, and whether what they are about is over."""
    stores, subject = office.stores, news.subject
    if response := await stores.responses.get(ResponseId(subject)):
        return response.steps[-1].decision == news.source, response.level is None
    if notice := await stores.notices.get(NoticeId(subject)):
        ended = notice.state is not NoticeState.ISSUED
        return not ended or news.kind in FOLLOWING, ended
    order = await stores.orders.get(OrderId(subject))
    if order is None:
        raise NotFound(f"{news.id}: nothing stands under {subject}")
    over = order.state is OrderState.LIFTED
    return not over or news.kind is not ToTell.ORDER, over


def _about(news: ToInform, decision: Decision) -> str:
    match decision.body:
        case IssueNotice(corrects=str() as wrong):
            return wrong
        case _:
            return news.subject


def _signer(decision: Decision) -> str:
    signed = decision.override or decision.approver
    return signed.by if signed else decision.author.by


def _is_urgent(decision: Decision, kind: ToTell) -> bool:
    body = decision.body
    if isinstance(body, SetResponse):
        return body.level is not None and body.level.rank >= Level.II.rank
    return kind is ToTell.ORDER


async def _begin(office: Office, said: _News) -> list[Informing]:
    """Tell those of the areas; what was told of the same before goes no further there.

    An order ends the word that one may return, of whatever event, also where both begin at once.
    """
    begun: list[Informing] = []
    for place, telling in enumerate(said.tellings):
        key = said.key if len(said.tellings) == 1 else f"{said.key}/{place + 1}"
        request = _request(office, said, telling, key, InformingKind(said.news.kind))
        if telling.areas:
            begun.append(
                await inform.start(office, replace(request, beside=_before(telling, begun)))
            )
    if said.news.kind in (ToTell.ORDER, ToTell.RETURN):
        await inform.hold_back(office, drill=said.news.drill)
    places, told = office.release.places, _areas(said.tellings)
    parts = [code for one in told for code in places.without(one, said.but)]
    for before in await _told_before(office, said) if begun else ():
        if before.target and _meet(before.target.areas, parts):
            await inform.end_in(office, before, parts)
    return begun


def _before(telling: Telling, begun: Sequence[Informing]) -> tuple[int, ...]:
    """Name the earlier tiers of the same areas: whoever is told by those is not told this."""
    return tuple(one.id for one in begun if one.target and _meet(one.target.areas, telling.areas))


async def _follow(office: Office, said: _News) -> list[Informing]:
    """Tell whoever got a message of the same, in the areas of the news; end the others' ladder.

    What stands in the place of wrong words is told as new to all whom they had not reached. A
    correction that is over by its turn is begun and ended: what comes after it follows through it.
    """
    if not said.tellings:
        return []
    areas, corrects = said.news.areas, said.news.kind is ToTell.CORRECTION
    before = await _told_before(office, said)
    meant = {one.id: await _meant(office, one) for one in before}
    near = [one for one in before if _meet(meant[one.id], areas)]
    begun = [await inform.start(office, _following(office, said, near))] if near else []
    if said.over:
        for one in (*before, *begun) if corrects else before:
            await inform.end(office, one)
    elif corrects:
        begun.append(await inform.start(office, _as_new(office, said, begun)))
    return begun


def _as_new(office: Office, said: _News, correction: Sequence[Informing]) -> InformRequest:
    """Tell it as a notice of its own to whoever is not sent the correction."""
    telling = replace(said.tellings[0], key="notice")
    request = _request(office, said, telling, f"{said.key}/rest", InformingKind.NOTICE)
    return replace(request, beside=tuple(one.id for one in correction))


def _following(office: Office, said: _News, before: Sequence[Informing]) -> InformRequest:
    """Follow all of these, where the news are for; what is corrected is wrong everywhere."""
    corrects = said.news.kind is ToTell.CORRECTION
    kind = InformingKind.CORRECTION if corrects else InformingKind.LIFT
    numbers = (number for one in before for number in (one.of or one.id, *one.also))
    first, *others = dict.fromkeys(numbers)
    request = _request(office, said, said.tellings[0], f"{said.key}/told", kind)
    return replace(
        request,
        target=None if corrects else Target(areas=said.news.areas),
        of=first,
        also=tuple(others),
        urgent=any(one.urgent for one in before),
    )


def _request(
    office: Office, said: _News, telling: Telling, key: str, kind: InformingKind
) -> InformRequest:
    return InformRequest(
        key=key,
        event=said.event,
        kind=kind,
        words=words_of(office.release, telling),
        target=Target(areas=telling.areas, tags=telling.tags),
        urgent=said.urgent,
        flash_flood=said.flash_flood,
        but=said.but,
        by=said.by,
    )


async def _told_before(office: Office, said: _News) -> list[Informing]:
    """List what told people of the same before, the newest first."""
    names = tuple(drills.named_for(said.about, f"{kind}/{said.about}/") for kind in _FIRST)
    return [
        one
        for one in await office.stores.informings.of_event(said.event)
        if one.key.startswith(names) and not one.key.startswith(said.key)
    ]


async def _meant(office: Office, informing: Informing) -> tuple[AreaCode, ...]:
    first = informing
    if informing.of is not None:
        first = await office.stores.informings.must(informing.of)
    return first.target.areas if first.target else ()


def _areas(told: Iterable[Telling]) -> list[AreaCode]:
    return [area for telling in told for area in telling.areas]


def _meet(some: Iterable[AreaCode], others: Sequence[AreaCode]) -> bool:
    return any(touches(one, other) for one in some for other in others)
