"""The cookie that holds the token of a session, and nothing else."""

from aiohttp import web

from bot.console.origin import is_encrypted

ENCRYPTED, CLEAR = "__Host-bianmin", "bianmin"
"""Browsers take a name with `__Host-` only over TLS, for this host and all its paths."""


def token_in(request: web.Request) -> str | None:
    """Take the token out of the cookie."""
    return request.cookies.get(_name(request))


def keep(request: web.Request, response: web.Response, token: str) -> None:
    """Give the token to the browser, until it is closed."""
    response.set_cookie(
        _name(request),
        token,
        path="/",
        secure=is_encrypted(request),
        httponly=True,
        samesite="Strict",
    )


def forget(request: web.Request, response: web.Response) -> None:
    """Take the cookie away."""
    response.del_cookie(
        _name(request),
        path="/",
        secure=is_encrypted(request),
        httponly=True,
        samesite="Strict",
    )


def _name(request: web.Request) -> str:
    return ENCRYPTED if is_encrypted(request) else CLEAR
