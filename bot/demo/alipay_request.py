"""A call of Alipay's gateway: read from query and form, and checked as the gateway does."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from aiohttp import web

from bot.demo.alipay_app import AlipayApp
from bot.demo.alipay_crypto import string_to_sign
from data.civic.calendar import BEIJING
from data.civic.errors import PlatformRefused

CHARSETS = {"utf-8": "utf-8", "gbk": "gbk", "gb2312": "gb2312", "gb18030": "gb18030"}
NEEDED = ("method", "sign", "sign_type", "timestamp", "version")


async def read(request: web.Request) -> dict[str, str]:
    """Merge query and form, decoded in the charset that the call names.

    Raises:
        PlatformRefused: it names no charset that is known, or does not decode.
    """
    raw_form = (await request.read()).decode("ascii", errors="replace")
    raw = [request.rel_url.raw_query_string, raw_form]
    named = dict(parse_qsl("&".join(raw), encoding="latin-1")).get("charset", "utf-8")
    charset = CHARSETS.get(named.lower())
    if charset is None:
        raise PlatformRefused(f"charset {named[:20]} is not known", code="isv.invalid-charset")
    try:
        pairs = [parse_qsl(part, encoding=charset, errors="strict") for part in raw]
    except UnicodeDecodeError as error:
        raise PlatformRefused("does not decode", code="isv.invalid-encoding") from error
    return dict(pairs[0]) | dict(pairs[1]) | {"charset": charset}


def check(params: Mapping[str, str], app: AlipayApp, *, now: datetime, skew: timedelta) -> None:
    """Check that the call is complete, fresh and signed by the app.

    Raises:
        PlatformRefused: with the gateway's sub code.
    """
    for name in NEEDED:
        if not params.get(name):
            raise PlatformRefused(f"{name} is missing", code=f"isv.missing-{_code(name)}")
    if params["sign_type"] != "RSA2":
        raise PlatformRefused("sign_type must be RSA2", code="isv.invalid-signature-type")
    signed = string_to_sign(params)
    if not app.app.signed_by_me(signed.encode(params["charset"]), params["sign"]):
        raise PlatformRefused(
            f"the signature is wrong; the string to sign is: {signed}",
            code="isv.invalid-signature",
        )
    if abs(_beijing(params["timestamp"]) - now) > skew:
        raise PlatformRefused(
            "timestamp must be Beijing time, within ten minutes", code="isv.invalid-timestamp"
        )


def _code(name: str) -> str:
    """Name a parameter as the sub codes do."""
    return {"sign": "signature", "sign_type": "signature-type"}.get(name, name)


def _beijing(timestamp: str) -> datetime:
    try:
        return datetime.strptime(timestamp, "%Y-%m-%d %H:%M:%S").replace(tzinfo=BEIJING)
    except ValueError as error:
        raise PlatformRefused(
            "timestamp must be yyyy-MM-dd HH:mm:ss", code="isv.invalid-timestamp"
        ) from error
