"""A small drill: it ends, it can be played again, and it reaches nobody real."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.accounts import Accounts
from bot.commands.drill import played
from bot.drill.county import emptied
from bot.drill.happenings import FILE
from bot.drill.plan import Plan
from bot.drill.platforms import only_here
from bot.drill.record import Record, keep, open_record
from bot.drill.reporting import Report, page_of
from bot.drill.setting_up import staged
from bot.house import House
from data.civic.errors import BadInput, Mistakes, Refused
from data.civic.safety.targets import Target
from data.civic.sending.rows import Rung
from data.civic.warning import drills

SMALL = Plan(people=150, seed=3, workers=5)


async def test_a_drill_played_again_from_its_record_gives_equal_counts(
    house: House, tmp_path: Path
) -> None:
    report, happened = await played(house.office(), SMALL)
    digest = keep(tmp_path, Record(plan=SMALL, happenings=happened, counts=report.outcome.digest))
    record = open_record(tmp_path)
    again, _ = await played(house.office(), record.plan, record)

    assert report.good
    assert report.outcome.people == 150
    assert report.outcome.states == {"confirmed": 150}
    assert report.outcome.owned is not None
    assert again.outcome == report.outcome
    assert again.outcome.digest == record.counts
    assert again.happenings == report.happenings == digest
    assert _says(report)


def _says(report: Report) -> bool:
    page, told = page_of(report), report.told()
    assert "【演练】" in page
    assert report.outcome.digest in page
    assert (told["lost"], told["duplicates"]) == (0, 0)
    return True


async def test_everything_that_is_said_in_a_drill_says_so(house: House) -> None:
    async with staged(house.office(), replace(SMALL, lasts=1900)) as drill:
        await drill.play()
        informings = await drill.office.stores.informings.newest(10)
        shown = [text for one in drill.county.subscribers for text in drill.simulated.shown(one)]

    assert len(informings) == 3
    for one in informings:
        assert one.drill
        assert all(one.words.by(rung).startswith(drills.MARK) for rung in Rung)
    assert shown
    assert all(text.startswith(drills.MARK) for text in shown)


async def test_nothing_of_a_drill_stands_in_the_houses_own_database(house: House) -> None:
    async with staged(house.office(), replace(SMALL, lasts=60, order_at=30)) as drill:
        await drill.play()

    stores = house.stores
    assert await stores.informings.newest(10) == []
    assert await stores.events.newest(10) == []
    assert await stores.feeds.configured() == []
    assert await stores.duty_calls.unseen(10) == []
    county = house.office().release.places.county
    assert await stores.rows.in_areas(Target(areas=(county,))) == []


async def test_no_database_but_a_drills_is_ever_cleared(house: House) -> None:
    with pytest.raises(Refused, match="no database of a drill"):
        await emptied(house.stores.database)


async def test_a_drill_does_not_run_in_production(house: House) -> None:
    with pytest.raises(Refused, match="production"):
        async with staged(replace(house.office(), production=True), SMALL):
            pass


def test_a_platform_that_is_not_on_this_machine_is_refused() -> None:
    gateway = {"name": "real", "key": "county", "secret": "x" * 32}
    real = Accounts.model_validate({"sms": [{**gateway, "api_base": "https://sms.example.cn"}]})
    here = Accounts.model_validate({"sms": [{**gateway, "api_base": "http://127.0.0.1:9"}]})

    only_here(here)
    with pytest.raises(Refused, match="real is one"):
        only_here(real)


def test_a_changed_record_is_refused_by_name(tmp_path: Path) -> None:
    keep(tmp_path, Record(plan=SMALL, happenings=[], counts=""))
    (tmp_path / FILE).write_text('{"at": 1, "kind": "dead", "reference": "1-2-3-4"}\n')

    with pytest.raises(Mistakes, match="is not what was recorded"):
        open_record(tmp_path)
    (tmp_path / FILE).write_text("nonsense\n")
    with pytest.raises(Mistakes, match=r"happenings\.jsonl:1"):
        open_record(tmp_path)
    with pytest.raises(Mistakes, match=r"plan\.json"):
        open_record(tmp_path / "elsewhere")


@pytest.mark.parametrize("people", [0, 2_000_000])
def test_a_county_that_cannot_be_made_is_refused(people: int) -> None:
    with pytest.raises(BadInput, match="--people"):
        Plan(people=people)
