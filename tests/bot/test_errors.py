"""Errors as HTTP: every class of the tree has its status, and nothing is left unnamed."""

from collections.abc import AsyncIterator, Iterator

import pytest
from aiohttp import ClientSession, web

from bot.errors import name_errors, status_of
from data.civic import errors
from data.civic.errors import (
    BianminError,
    Mistake,
    Mistakes,
    PlatformRefused,
    TooMany,
    TrainingFailed,
)
from tests.bot.demo.simulated import served

RAISED: dict[str, BaseException] = {
    "bad-input": errors.BadInput("field: wrong"),
    "bad-signature": errors.BadSignature("who are you"),
    "too-large": errors.TooLarge("too large"),
    "not-found": errors.NotFound("nothing there"),
    "conflict": errors.Conflict("somebody was first"),
    "refused": errors.Refused("not yours"),
    "not-signed-in": errors.NotSignedIn("sign in"),
    "too-many": TooMany("wait", retry_after_s=90),
    "unavailable": errors.Unavailable("later"),
    "store": errors.StoreUnavailable("later"),
    "ear": errors.EarUnavailable("later"),
    "platform": errors.PlatformUnavailable("later"),
    "platform-refused": PlatformRefused("no", code="40029"),
    "unexpected": RuntimeError("a secret of 13800138000"),
    "gone": web.HTTPGone(),
}
STATUSES = {
    "bad-input": 400,
    "bad-signature": 403,
    "too-large": 413,
    "not-found": 404,
    "conflict": 409,
    "refused": 403,
    "not-signed-in": 401,
    "too-many": 429,
    "unavailable": 503,
    "store": 503,
    "ear": 503,
    "platform": 503,
    "platform-refused": 502,
    "unexpected": 500,
    "gone": 410,
}


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async def fail(request: web.Request) -> web.Response:
        raise RAISED[request.match_info["what"]]

    app = web.Application(middlewares=[name_errors])
    app.router.add_get("/{what}", fail)
    runner, url = await served(app)
    yield url
    await runner.cleanup()


@pytest.mark.parametrize(("what", "status"), STATUSES.items(), ids=STATUSES)
async def test_every_error_is_a_problem_with_an_id(url: str, what: str, status: int) -> None:
    async with ClientSession() as http, http.get(f"{url}/{what}") as answer:
        told = await answer.json(content_type="application/problem+json")
        assert (answer.status, told["status"]) == (status, status)
        assert told["request_id"] == answer.headers["X-Request-Id"]
        assert told["detail"]
        assert "secret" not in told["detail"]


async def test_who_has_to_wait_is_told_how_long(url: str) -> None:
    async with ClientSession() as http:
        async with http.get(f"{url}/too-many") as answer:
            assert answer.headers["Retry-After"] == "90"
        async with http.get(f"{url}/store") as answer:
            assert int(answer.headers["Retry-After"]) > 0


def test_no_class_of_the_tree_is_without_a_status() -> None:
    unnamed = [kind.__name__ for kind in tree(BianminError) if int(status_of(made(kind))) == 500]
    assert unnamed == ["Mistakes"], "mistakes stop a process before it serves"


def tree(kind: type[BianminError]) -> Iterator[type[BianminError]]:
    for one in kind.__subclasses__():
        if one.__module__ == errors.__name__:
            yield one
            yield from tree(one)


def made(kind: type[BianminError]) -> BianminError:
    if kind is TooMany:
        return TooMany("x", retry_after_s=1)
    if kind is PlatformRefused:
        return PlatformRefused("x", code="1")
    if kind is TrainingFailed:
        return TrainingFailed("x", why="killed")
    return Mistakes((Mistake(where="f", what="w"),)) if kind is Mistakes else kind("x")
