"""Sign in with the platform's code; find the session of a request."""

from datetime import timedelta

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import Routes, answer
from bot.api.wire import CHANNEL_OF, SignedIn, SignIn
from bot.doors import ACCOUNTS, HOUSE, PLATFORMS
from data.civic.errors import BadInput, NotFound, NotSignedIn, PlatformRefused
from data.civic.people import CitizenSession
from data.civic.talk.conversations import ConversationKey

LASTS = timedelta(days=7)
"""How long a session lasts; the page signs in again silently."""

WRONG_CODES = frozenset({"40029", "40163", "40226", "isv.code-invalid"})
"""Answers of the platforms that mean: this code is wrong, used or too old."""

routes = Routes()


@routes.on(
    "POST /session",
    summary="Sign in with the platform's code",
    body=SignIn,
    answer=SignedIn,
    open=True,
)
async def sign_in(request: web.Request) -> web.Response:
    """Exchange the code at the platform and open a session bound to channel and app."""
    wanted = await read_json(request, SignIn)
    house = request.app[HOUSE]
    app_id, user = await _identity(request, wanted)
    token, now = house.office().ids.token(), house.clock.now()
    session = CitizenSession(
        token_hash=_hashed(request, token),
        key=ConversationKey(channel=CHANNEL_OF[wanted.platform], account=wanted.account, user=user),
        app_id=app_id,
        created_at=now,
        expires_at=now + LASTS,
    )
    await house.stores.citizens.put(session)
    return answer(SignedIn(token=token, expires_at=session.expires_at))


async def session_of(request: web.Request) -> CitizenSession:
    """Find the session that the request's token opens.

    Raises:
        NotSignedIn: no token, or one that is unknown or has ended.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("send the session token as Authorization: Bearer …")
    session = await request.app[HOUSE].stores.citizens.get(_hashed(request, token))
    if session is None or session.expires_at <= request.app[HOUSE].clock.now():
        raise NotSignedIn("the session has ended: sign in again")
    return session


async def _identity(request: web.Request, wanted: SignIn) -> tuple[str, str]:
    """Ask the platform whose code it is: the app, and its name for the citizen."""
    ask = _ask_wechat if wanted.platform == "wechat" else _ask_alipay
    try:
        return await ask(request, wanted)
    except PlatformRefused as error:
        if error.code in WRONG_CODES:
            raise BadInput("the code is wrong, used or too old: ask the platform again") from error
        raise


async def _ask_wechat(request: web.Request, wanted: SignIn) -> tuple[str, str]:
    for account in request.app[ACCOUNTS].wechat:
        if account.name == wanted.account and account.kind == "miniprogram":
            openid = await request.app[PLATFORMS].wechat[account.name].code2session(wanted.code)
            return account.app_id, openid
    raise NotFound("there is no such WeChat mini-program account here")


async def _ask_alipay(request: web.Request, wanted: SignIn) -> tuple[str, str]:
    for account in request.app[ACCOUNTS].alipay:
        if account.name == wanted.account:
            identity = await request.app[PLATFORMS].alipay[account.name].login(wanted.code)
            return account.app_id, identity.id
    raise NotFound("there is no such Alipay account here")


def _hashed(request: web.Request, token: str) -> str:
    return request.app[HOUSE].office().seal.keyed_hash("citizen-session", token)
