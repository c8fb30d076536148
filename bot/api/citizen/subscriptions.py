"""What a citizen allows to be sent: by which template the page has to ask, and what was said."""

from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from bot.accounts import Accounts
from bot.api.bodies import read_json
from bot.api.citizen.sessions import session_of
from bot.api.routes import Routes, answer
from bot.api.wire import Key, Wire
from bot.doors import ACCOUNTS, HOUSE
from bot.template_account import AlertTemplate
from data.civic.errors import NotFound
from data.civic.labels import Channel
from data.civic.people import CitizenSession
from data.civic.sending.refusals import WhyNot
from data.civic.sending.subscriptions import Answered, TemplateKind, why_not
from handlers.acts.subscriptions import note_subscription

routes = Routes()


class SubscriptionSaid(Wire):
    """What the citizen answered when the page asked; the same `client_id` counts once."""

    client_id: Key
    template: Annotated[str, Field(min_length=1, max_length=64)]
    said: Literal["accept", "reject"]


class SubscriptionOut(Wire):
    """How it stands."""

    template: str
    kind: TemplateKind
    allowed: bool
    why_not: WhyNot | None
    told_by: Literal["platform", "page"]
    """`platform`: it tells us itself what the citizen says, and the page need not."""


@routes.on(
    "GET /subscription",
    summary="See whether warnings may be sent as messages",
    answer=SubscriptionOut,
)
async def stands(request: web.Request) -> web.Response:
    """Tell the template to ask for, and whether a message may be sent by it."""
    session = await session_of(request)
    return answer(await _out(request, session))


@routes.on(
    "POST /subscription",
    summary="Tell what the citizen said to warnings as messages",
    body=SubscriptionSaid,
    answer=SubscriptionOut,
)
async def said(request: web.Request) -> web.Response:
    """Write it into the ledger, unless the platform tells it itself: then it would count twice."""
    session = await session_of(request)
    told = await read_json(request, SubscriptionSaid)
    template = _template(request.app[ACCOUNTS], session)
    if told.template != template.id:
        raise NotFound("warnings are not sent by this template: ask for the one that GET tells")
    if not _pushed(request.app[ACCOUNTS], session):
        office = request.app[HOUSE].office()
        change = Answered(
            template=template.id,
            yes=told.said == "accept",
            key=f"page.{told.client_id}",
            at=office.clock.now(),
        )
        await note_subscription(office, session.key.id, template.kind, (change,))
    return answer(await _out(request, session))


async def _out(request: web.Request, session: CitizenSession) -> SubscriptionOut:
    accounts, house = request.app[ACCOUNTS], request.app[HOUSE]
    template = _template(accounts, session)
    ledger = {one.template: one for one in await house.stores.subscriptions.of(session.key.id)}
    why = why_not(ledger.get(template.id), house.clock.now())
    return SubscriptionOut(
        template=template.id,
        kind=template.kind,
        allowed=why is None,
        why_not=why,
        told_by="platform" if _pushed(accounts, session) else "page",
    )


def _template(accounts: Accounts, session: CitizenSession) -> AlertTemplate:
    """Find the template of the app that the citizen uses."""
    alipay = session.key.channel is Channel.ALIPAY_MINI
    for one in accounts.alipay if alipay else accounts.wechat:
        if one.name == session.key.account and one.alert_template:
            return one.alert_template
    raise NotFound("this app has no template for warnings: they come by other ways")


def _pushed(accounts: Accounts, session: CitizenSession) -> bool:
    if session.key.channel is not Channel.WECHAT_MINI:
        return False
    try:
        accounts.pushed(session.key.account)
    except NotFound:
        return False
    return True
