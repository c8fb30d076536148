"""The login page: what stands there, who gets in, who is slowed, when a session ends."""

from datetime import timedelta

from bot.clock import SystemClock
from bot.house import House
from data.civic.people import Role
from handlers.acts.staff_accounts import set_password
from tests.staffed import PASSWORD, Seat, hired


async def test_the_console_shows_the_login_page_to_whoever_has_not_signed_in(seat: Seat) -> None:
    response = await seat.get("/console/")
    assert response.status == 200
    assert 'type="password"' in await response.text()


async def test_a_page_leads_to_the_login_and_back(house: House, seat: Seat) -> None:
    await hired(house)
    turned = await seat.get("/console/waiting")
    assert turned.url.path_qs == "/console/login?next=/console/waiting"
    data = {"login": "wang", "password": PASSWORD}
    entered = await seat.client.post(turned.url.path_qs, data=data)
    assert entered.url.path == "/console/waiting"


async def test_after_the_login_only_a_page_of_the_console_is_gone_to(
    house: House, seat: Seat
) -> None:
    await hired(house)
    data = {"login": "wang", "password": PASSWORD}
    entered = await seat.client.post(
        "/console/login?next=//elsewhere.example/", data=data, allow_redirects=False
    )
    assert (entered.status, entered.headers["Location"]) == (303, "/console/")


async def test_the_cookie_is_closed_to_scripts_and_other_sites(house: House, seat: Seat) -> None:
    await hired(house)
    data = {"login": "wang", "password": PASSWORD}
    entered = await seat.client.post("/console/login", data=data, allow_redirects=False)
    cookie = entered.headers["Set-Cookie"]
    assert cookie.startswith("bianmin=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie


async def test_over_tls_the_cookie_is_of_this_host_alone(house: House, seat: Seat) -> None:
    await hired(house)
    entered = await seat.client.post(
        "/console/login",
        data={"login": "wang", "password": PASSWORD},
        headers={"X-Forwarded-Proto": "https"},
        allow_redirects=False,
    )
    cookie = entered.headers["Set-Cookie"]
    assert cookie.startswith("__Host-bianmin=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


async def test_a_wrong_password_and_an_unknown_login_read_the_same(
    house: House, seat: Seat
) -> None:
    await hired(house)
    wrong = await seat.sign_in(password="not the password")
    unknown = await seat.sign_in(login="nobody", password="not the password")
    assert (wrong.status, unknown.status) == (401, 401)
    assert await wrong.text() == await unknown.text()
    assert "用户名或密码不对" in await wrong.text()


async def test_after_five_wrong_passwords_even_the_right_one_waits(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house)
    for _ in range(5):
        await seat.sign_in(password="not the password")
    locked = await seat.sign_in()
    assert locked.status == 429
    assert "请 15 分钟后再试" in await locked.text()
    clock.shift += timedelta(minutes=10)
    assert "请 5 分钟后再试" in await (await seat.sign_in()).text()
    clock.shift += timedelta(minutes=6)
    assert (await seat.sign_in()).url.path == "/console/"


async def test_who_guesses_many_logins_from_one_place_is_stopped(house: House, seat: Seat) -> None:
    await hired(house)
    for number in range(30):
        await seat.sign_in(login=f"guess{number}")
    assert (await seat.sign_in()).status == 429


async def test_signing_out_ends_the_session_at_once(house: House, seat: Seat) -> None:
    await hired(house)
    await seat.sign_in()
    (cookie,) = seat.client.session.cookie_jar
    await seat.post("/console/logout")
    stolen = {"Cookie": f"{cookie.key}={cookie.value}"}
    assert "工作人员登录" in await (await seat.get("/console/", **stolen)).text()


async def test_a_new_password_ends_the_open_sessions(house: House, seat: Seat) -> None:
    await hired(house)
    await seat.sign_in()
    await set_password(house.office(), "wang", "another long password", by="test")
    assert "工作人员登录" in await (await seat.get("/console/")).text()


async def test_half_an_hour_without_a_deed_ends_the_session(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house)
    await seat.sign_in()
    clock.shift += timedelta(minutes=20)
    assert (await seat.get("/console/waiting")).url.path == "/console/waiting"
    clock.shift += timedelta(minutes=20)
    assert (await seat.get("/console/waiting")).url.path == "/console/waiting"
    clock.shift += timedelta(minutes=31)
    assert (await seat.get("/console/waiting")).url.path == "/console/login"


async def test_a_page_that_refreshes_itself_keeps_no_session_alive(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house)
    await seat.sign_in()
    for _ in range(2):
        clock.shift += timedelta(minutes=14)
        polled = await seat.get("/console/waiting", **{"HX-Request": "true"})
        assert polled.status == 200
    clock.shift += timedelta(minutes=3)
    ended = await seat.get("/console/waiting", **{"HX-Request": "true"})
    assert ended.headers["HX-Redirect"] == "/console/login?next=/console/waiting"


async def test_a_form_sent_after_the_session_ended_says_that_nothing_was_done(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house, "wang", *Role)
    await seat.sign_in()
    clock.shift += timedelta(minutes=31)
    response = await seat.post("/console/tickets/XS1/close", result="办好了，已经回了电话")
    assert response.status == 401
    text = await response.text()
    assert "刚才的操作没有做成" in text
    assert ">办好了，已经回了电话</textarea>" in text
    assert seat.csrf not in text
