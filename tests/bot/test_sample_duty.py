"""The demo's duty roster: somebody is on duty from the first minute, and it is loaded once."""

from datetime import timedelta

from bot.house import House
from bot.sample_duty import DAYS, load_duty
from data.civic.ids import StaffId
from data.civic.warning.shifts import Post
from data.content.files import seeds
from data.content.seeding import read_seeds
from handlers.acts.duty_roster import on_duty
from tests import builders
from tests.bulletins import COUNTY, LINPU


async def test_an_officer_a_deputy_and_a_chief_are_on_duty_and_loaded_once(house: House) -> None:
    office = house.office()
    samples = read_seeds(seeds(), office.release)
    staff = {one.login: StaffId(one.login) for one in samples.staff}
    for _ in range(2):
        await load_duty(office, samples.staff, staff)
    holders = await on_duty(office, LINPU)
    assert [one.post for one in holders] == list(Post)
    assert {one.phone for one in holders} == {"12345"}
    assert all("样例" in one.name for one in holders)
    now = builders.now()
    kept = await house.stores.shifts.within(COUNTY, now, now + timedelta(days=DAYS + 1))
    assert len(kept) == DAYS
