"""The own account at the console: password, app, sessions; what must be done before all else."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.settings import Totp
from data.civic.people import Role
from tests.staffed import PASSWORD, Seat, hired, served

NEW = "another password of my own"
STEP = timedelta(seconds=30)


async def added(seat: Seat, clock: SystemClock) -> tuple[pyotp.TOTP, list[str]]:
    begun = await (await seat.post("/console/account/second/begin", password=PASSWORD)).text()
    secret = re.search(r'class="break">([A-Z2-7 ]+)<', begun)
    assert secret
    app = pyotp.TOTP(secret[1].replace(" ", ""))
    shown = await seat.post("/console/account/second/confirm", code=app.at(clock.now()))
    return app, re.findall(r"<li>(\d{5} \d{5})</li>", await shown.text())


@pytest.fixture
async def strict(house: House) -> AsyncIterator[Seat]:
    """A console that requires a second factor of weighty roles."""
    settings = house.settings.model_copy(update={"console_totp": Totp.REQUIRED})
    async with served(replace(house, settings=settings)) as client:
        yield Seat(client)


async def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    house: House, seat: Seat
) -> None:
    await hired(house)
    async with served(house) as elsewhere:
        other = Seat(elsewhere)
        await other.sign_in()
        await seat.sign_in()
        changed = await seat.post("/console/account/password", present=PASSWORD, new=NEW, again=NEW)
        assert "密码已改" in await changed.text()
        assert (await other.get("/console/account")).url.path == "/console/login"
    assert (await seat.get("/console/account")).url.path == "/console/account"
    await seat.post("/console/logout")
    assert (await seat.sign_in(password=NEW)).url.path == "/console/"


@pytest.mark.parametrize(
    ("present", "new", "again", "said"),
    [
        (PASSWORD, NEW, "not the same", "两次输入的新密码不一样"),
        ("wrong", NEW, NEW, "现在的密码不对"),
        (PASSWORD, "short", "short", "新密码不合要求"),
        ("wrong", PASSWORD, PASSWORD, "现在的密码不对"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码不合要求"),
        ("", "", "", "新密码不合要求"),
    ],
)
async def test_a_password_that_is_not_taken_is_said_so(
    house: House, seat: Seat, present: str, new: str, again: str, said: str
) -> None:
    await hired(house)
    await seat.sign_in()
    told = await seat.post("/console/account/password", present=present, new=new, again=again)
    assert said in await told.text()


async def test_an_app_is_added_by_its_code_and_asked_for_from_then_on(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house)
    await seat.sign_in()
    app, codes = await added(seat, clock)
    assert len(codes) == 10
    assert "还有 10 个恢复码" in await (await seat.get("/console/account")).text()
    await seat.post("/console/logout")
    asked = await seat.sign_in()
    assert asked.url.path == "/console/login/code"
    assert (await seat.get("/console/waiting")).url.path == "/console/login"
    wrong = await seat.client.post("/console/login/code", data={"code": "000000"})
    assert (wrong.status, "验证码不对" in await wrong.text()) == (401, True)
    data = {"code": app.at(clock.now() + STEP)}
    entered = await seat.client.post("/console/login/code?next=/console/tickets", data=data)
    assert entered.url.path == "/console/tickets"


async def test_the_page_asked_for_is_remembered_through_both_steps(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house)
    await seat.sign_in()
    await added(seat, clock)
    await seat.post("/console/logout")
    data = {"login": "wang", "password": PASSWORD}
    asked = await seat.client.post("/console/login?next=/console/waiting", data=data)
    assert asked.url.path_qs == "/console/login/code?next=/console/waiting"


async def test_without_a_password_before_it_the_code_is_not_asked_for(seat: Seat) -> None:
    assert (await seat.get("/console/login/code")).url.path == "/console/login"
    sent = await seat.client.post("/console/login/code", data={"code": "000000"})
    assert (sent.status, "请重新输入用户名和密码" in await sent.text()) == (401, True)


async def test_the_picture_is_there_only_while_an_app_is_being_added(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house)
    await seat.sign_in()
    assert (await seat.get("/console/account/second/qr.svg")).status == 404
    await seat.post("/console/account/second/begin", password=PASSWORD)
    picture = await seat.get("/console/account/second/qr.svg")
    assert (picture.status, picture.content_type) == (200, "image/svg+xml")
    assert picture.headers["Cache-Control"] == "no-store"
    await added(seat, clock)
    assert (await seat.get("/console/account/second/qr.svg")).status == 404


async def test_the_recovery_codes_are_shown_once(
    house: House, seat: Seat, clock: SystemClock
) -> None:
    await hired(house)
    await seat.sign_in()
    _, codes = await added(seat, clock)
    again = await seat.post("/console/account/second/confirm", code="000000")
    assert again.url.path == "/console/account/second"
    assert codes[0] not in await again.text()


async def test_before_a_first_password_is_changed_nothing_else_opens(
    house: House, seat: Seat
) -> None:
    staff = await hired(house)
    await house.stores.staff.save(replace(staff, must_change=True, version=1))
    await seat.sign_in()
    for path in ("/console/", "/console/waiting", "/console/account"):
        assert (await seat.get(path)).url.path == "/console/account/password"
    sent = await seat.post("/console/account/sessions/end-all")
    assert sent.url.path == "/console/account/password"
    await seat.post("/console/account/password", present=PASSWORD, new=NEW, again=NEW)
    assert (await seat.get("/console/waiting")).url.path == "/console/waiting"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.REVIEWER, Role.CHIEF])
async def test_where_it_is_required_a_weighty_role_opens_nothing_without_an_app(
    house: House, strict: Seat, clock: SystemClock, role: Role
) -> None:
    await hired(house, "wang", role)
    await strict.sign_in()
    assert (await strict.get("/console/help")).url.path == "/console/account/second"
    await added(strict, clock)
    assert (await strict.get("/console/help")).url.path == "/console/help"
    kept = await strict.post("/console/account/second/drop", password=PASSWORD)
    assert "您的角色必须用验证器" in await kept.text()


async def test_where_it_is_required_other_roles_may_go_without(house: House, strict: Seat) -> None:
    await hired(house)
    await strict.sign_in()
    assert (await strict.get("/console/help")).url.path == "/console/help"


async def test_the_other_sessions_are_shown_and_ended(house: House, seat: Seat) -> None:
    await hired(house)
    async with served(house) as elsewhere:
        other = Seat(elsewhere)
        await other.sign_in()
        await seat.sign_in()
        page = await (await seat.get("/console/account")).text()
        assert page.count("退出这一处") == 1
        found = re.search(r'name="session" value="([0-9a-f]{64})"', page)
        assert found
        await seat.post("/console/account/sessions/end", session=found[1])
        assert (await other.get("/console/account")).url.path == "/console/login"
    gone = await seat.post("/console/account/sessions/end-all")
    assert gone.url.path == "/console/login"


async def test_the_address_a_stranger_claims_spares_nobody(house: House, seat: Seat) -> None:
    await hired(house)
    for number in range(31):
        data = {"login": f"guess{number}", "password": "not the password"}
        claimed = {"X-Forwarded-For": f"198.51.100.{number}"}
        told = await seat.client.post("/console/login", data=data, headers=claimed)
    assert told.status == 429


async def test_right_passwords_from_one_place_are_not_counted(house: House, seat: Seat) -> None:
    await hired(house)
    for _ in range(31):
        assert (await seat.sign_in()).status == 200
