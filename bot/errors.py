"""Errors as HTTP: the one table, answered as problem+json (RFC 9457), or as a page for people."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

import orjson
import structlog
from aiohttp import web

from bot.clock import SystemIds
from data.civic.errors import (
    BadInput,
    BadSignature,
    BianminError,
    Conflict,
    NotFound,
    NotSignedIn,
    PlatformRefused,
    PlatformUnavailable,
    Refused,
    StoreUnavailable,
    TooLarge,
    TooMany,
    Unavailable,
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

STATUS: tuple[tuple[type[BianminError], HTTPStatus], ...] = (
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (BadSignature, HTTPStatus.FORBIDDEN),
    (BadInput, HTTPStatus.BAD_REQUEST),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (NotSignedIn, HTTPStatus.UNAUTHORIZED),
    (Refused, HTTPStatus.FORBIDDEN),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (PlatformRefused, HTTPStatus.BAD_GATEWAY),
    (Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""The narrowest class stands before the wider."""

REQUEST_ID = web.RequestKey("request_id", str)
"""By what name a request stands in the log."""

Face = Callable[[web.Request, HTTPStatus, str], web.Response]
"""Shows a status, and the detail that says what is wrong, to whoever asked."""

FACES = web.AppKey[Mapping[str, Face]]("faces")
"""How a path begins → its face; what begins otherwise is answered as problem+json."""

APOLOGY = web.AppKey[Callable[[], str]]("apology")
"""What a citizen reads when a part that is needed does not answer; it names a telephone."""

RETRY_AFTER_S = 5

log = structlog.get_logger()


def status_of(error: BianminError) -> HTTPStatus:
    """Tell the HTTP status of an error."""
    return next(
        (s for kind, s in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR
    )


def problem(status: HTTPStatus, detail: str, *, request_id: str = "") -> web.Response:
    """Write a problem+json answer; `detail` says what is wrong and what to do."""
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        "request_id": request_id,
    }
    return web.Response(
        status=status, body=orjson.dumps(body), content_type="application/problem+json"
    )


@web.middleware
async def name_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give every request an id, and every error its status; what we did not expect is named too."""
    request_id = request[REQUEST_ID] = _ids.new()
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        try:
            response = await handler(request)
        except web.HTTPException as error:
            response = _from_http(request, error)
        except BianminError as error:
            response = _from_house(request, error)
        except (web.RequestPayloadError, ConnectionResetError):  # while a handler read the body
            what = "the body cannot be read: it is cut or wrongly packed"
            response = _from_house(request, BadInput(what))
        except Exception:
            log.exception("request failed", route=_route(request))
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            response = _shown(request, status, "unexpected: report the request id")
    response.headers["X-Request-Id"] = request_id
    return response


_ids = SystemIds()


def _route(request: web.Request) -> str:
    """Tell the route, not the path: a path may name a citizen."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"


def _shown(request: web.Request, status: HTTPStatus, detail: str) -> web.Response:
    faces = request.app.get(FACES, {})
    face = next((f for start, f in faces.items() if request.path.startswith(start)), _as_problem)
    return face(request, status, detail)


def _as_problem(request: web.Request, status: HTTPStatus, detail: str) -> web.Response:
    return problem(status, detail, request_id=request[REQUEST_ID])


def _from_house(request: web.Request, error: BianminError) -> web.Response:
    status = status_of(error)
    log.info("request refused", status=int(status), error=type(error).__name__)
    response = _shown(request, status, _detail(request, error))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after_s)
    elif status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _detail(request: web.Request, error: BianminError) -> str:
    """Say what is wrong; what only we can mend is told to us, and the citizen whom to call."""
    apology = request.app.get(APOLOGY)
    if apology is None or not isinstance(error, (StoreUnavailable, PlatformUnavailable)):
        return str(error)
    log.warning("part missing", why=str(error))
    return apology()


def _from_http(request: web.Request, error: web.HTTPException) -> web.Response:
    """Name aiohttp's own errors as ours; leave redirects and the like alone."""
    if error.status < 400:
        raise error
    status = HTTPStatus(error.status)
    response = _shown(request, status, status.description or status.phrase)
    if allowed := error.headers.get("Allow"):
        response.headers["Allow"] = allowed
    return response
