"""The headers that keep a page to itself: on every HTML page, whichever door made it."""

from collections.abc import Mapping

from aiohttp import web

PAGE: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        " object-src 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""`Referrer-Policy: no-referrer` would make browsers send `Origin: null` with our own forms."""


async def dress(_: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on a page; what a door has set itself stays. Files are asked for anew."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if isinstance(response, web.FileResponse):
        response.headers.setdefault("Cache-Control", "no-cache")
    if response.content_type == "text/html":
        for name, value in PAGE.items():
            response.headers.setdefault(name, value)
