"""Who may open what: every route has a policy, every role is tried on every page."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.console.door import PAGES
from bot.console.routes import EVERYBODY, PREFIX, Door, Page
from bot.first_release import Shipped
from bot.house import House
from bot.settings import Env
from data.civic.people import Role
from data.civic.ports import Seal
from data.store.stores import Stores
from tests.houses import house_of
from tests.staffed import PASSWORD, Seat, app_of, hired, served

DOORS = {
    (method, path)
    for method in ("GET", "POST")
    for path in ("/console/login", "/console/login/code")
}
"""What stands open, and nothing else."""

STAFF_PAGES = [one for one in PAGES if isinstance(one, Page)]


def _named(page: Page) -> str:
    """Name a page as nothing that stands."""
    return re.sub(r"\{\w+[^}]*\}", "x", page.path)


def test_every_route_of_the_console_has_a_policy(house: House) -> None:
    declared = {(one.method, one.path) for one in PAGES}
    standing = {
        (route.method, route.resource.canonical)
        for route in app_of(house).router.routes()
        if route.resource is not None and route.resource.canonical.startswith(PREFIX)
    }
    plain = {(m, p) for m in ("GET", "HEAD") for p in ("/console", "/console/static")}
    assert standing - plain == declared


def test_only_the_login_stands_open() -> None:
    assert {(one.method, one.path) for one in PAGES if isinstance(one, Door)} == DOORS


def test_no_page_is_for_no_role() -> None:
    assert all(one.roles for one in STAFF_PAGES)


@pytest.mark.parametrize("role", Role)
async def test_a_role_opens_its_pages_and_no_other(house: House, seat: Seat, role: Role) -> None:
    await hired(house, "wang", role)
    for one in STAFF_PAGES:
        if seat.signed_out:
            await seat.sign_in()
        path = _named(one)
        response = await (seat.get(path) if one.method == "GET" else seat.post(path))
        allowed = role in one.roles
        assert (response.status != 403) == allowed, f"{role} on {one.method} {one.path}"
        assert response.status < 500, f"{role} on {one.method} {one.path}"


@pytest.mark.parametrize("one", STAFF_PAGES, ids=lambda one: f"{one.method} {one.path}")
async def test_nobody_opens_anything_without_a_session(seat: Seat, one: Page) -> None:
    path = _named(one)
    send = seat.client.get if one.method == "GET" else seat.client.post
    response = await send(path, allow_redirects=False)
    if one.path == f"{PREFIX}/":
        assert "工作人员登录" in await response.text()
    else:
        assert response.status == (303 if one.method == "GET" else 401)


POSTS = [one for one in STAFF_PAGES if one.method == "POST"]


@pytest.mark.parametrize("one", POSTS, ids=lambda one: one.path)
async def test_a_form_without_the_sessions_token_is_refused(
    house: House, seat: Seat, one: Page
) -> None:
    await hired(house, "wang", *EVERYBODY)
    await seat.sign_in()
    path = _named(one)
    for csrf in ("", "x" * 43, "错"):
        response = await seat.client.post(path, data={"csrf": csrf})
        assert response.status == 403
        assert "没有权限" in await response.text()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=lambda headers: " ".join(f"{k} {v}" for k, v in headers.items()),
)
async def test_a_form_of_another_site_is_refused(
    house: House, seat: Seat, headers: dict[str, str]
) -> None:
    await hired(house)
    data = {"login": "wang", "password": PASSWORD}
    response = await seat.client.post("/console/login", data=data, headers=headers)
    assert response.status == 403


async def test_a_form_of_our_own_page_is_taken(house: House, seat: Seat) -> None:
    await hired(house)
    host = seat.client.make_url("/").authority
    headers = {"Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    data = {"login": "wang", "password": PASSWORD}
    response = await seat.client.post("/console/login", data=data, headers=headers)
    assert response.status == 200


async def test_a_head_request_does_nothing(house: House, seat: Seat) -> None:
    await hired(house)
    await seat.sign_in()
    assert (await seat.client.head("/console/waiting")).status == 405


@pytest.mark.parametrize("path", ["/console/", "/console/login", "/console/nothing"])
async def test_every_page_is_dressed(seat: Seat, path: str) -> None:
    headers = (await seat.get(path)).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


async def test_a_file_is_asked_for_anew_so_that_an_upgrade_is_seen(seat: Seat) -> None:
    response = await seat.get("/console/static/console.css")
    assert (response.status, response.headers["Cache-Control"]) == (200, "no-cache")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_error_of_the_console_is_a_page_with_its_request_id(seat: Seat) -> None:
    response = await seat.get("/console/nothing")
    assert response.status == 404
    assert response.content_type == "text/html"
    assert response.headers["X-Request-Id"] in await response.text()


async def test_an_error_of_the_api_stays_a_problem(seat: Seat) -> None:
    response = await seat.get("/api/v1/nothing")
    assert (response.status, response.content_type) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"login=wang&password=%s" % (b"x" * 70_000), "application/x-www-form-urlencoded", 413),
        (b"login=\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"a=1&" * 1000, "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 400),
        (b"--x", "multipart/form-data", 400),
        (b"", "application/octet-stream", 400),
    ],
)
async def test_what_is_no_form_is_refused_in_words(
    seat: Seat, body: bytes, kind: str, status: int
) -> None:
    response = await seat.client.post("/console/login", data=body, headers={"Content-Type": kind})
    assert (response.status, response.content_type) == (status, "text/html")


async def test_in_production_the_console_asks_for_tls(
    stores: Stores, shipped: Shipped, clock: SystemClock, seal: Seal, tmp_path: Path
) -> None:
    house = house_of(stores, shipped, clock=clock, seal=seal, home=tmp_path, production=True)
    settings = house.settings.model_copy(update={"env": Env.PRODUCTION})
    async with served(replace(house, settings=settings)) as client:
        here = await client.get("/console/")
        clear = await client.get("/console/", headers={"Host": "xs.example.gov.cn"})
        proxied = {"Host": "xs.example.gov.cn", "X-Forwarded-Proto": "https"}
        encrypted = await client.get("/console/", headers=proxied)
    assert (here.status, clear.status, encrypted.status) == (200, 403, 200)


async def test_without_the_database_a_page_says_that_nothing_was_kept(
    shipped: Shipped, clock: SystemClock, seal: Seal, tmp_path: Path
) -> None:
    nowhere = "mongodb://127.0.0.1:9/?directConnection=true"
    async with Stores.open(nowhere, seal=seal, timeout_ms=200) as stores:
        house = house_of(stores, shipped, clock=clock, seal=seal, home=tmp_path)
        async with served(house) as client:
            data = {"login": "wang", "password": PASSWORD}
            response = await client.post("/console/login", data=data)
            text = await response.text()
    assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert "您的操作没有保存" in text
