import stat
from pathlib import Path

import pytest

from bot.accounts import read_accounts
from bot.demo.config import Config
from bot.demo.keys import open_accounts
from bot.demo.platforms import find_running, running, running_file
from data.civic.errors import BadInput, Mistakes, Refused, Unavailable
from tests.bot.demo.simulated import CountingIds, Simulator, StillClock


async def test_the_backend_reads_the_accounts_file_that_the_demo_writes(
    simulator: Simulator,
) -> None:
    accounts = read_accounts(Path(simulator.platforms.accounts_file))

    assert [one.name for one in accounts.wechat] == ["wechat-service", "wechat-mini"]
    assert [one.name for one in accounts.alipay] == ["alipay-mini"]
    assert accounts.wechat[0].api_base == simulator.platforms.wechat_base
    assert accounts.alipay[0].gateway_url == simulator.platforms.alipay_gateway
    gateways = (*accounts.sms, *accounts.voice, *accounts.workapp)
    assert [one.name for one in gateways] == ["county-sms", "county-voice", "county-workapp"]
    assert {one.api_base for one in gateways} == {simulator.platforms.gateway_base}
    assert all(one.for_drills for one in gateways)
    assert [one.title for one in accounts.feed] == ["萧山区气象台"]
    assert [bool(one.alert_template) for one in accounts.wechat] == [False, True]


async def test_accounts_are_made_once_and_kept(simulator: Simulator, demo_home: Path) -> None:
    assert open_accounts(demo_home, CountingIds()) == simulator.accounts


async def test_nobody_else_can_read_what_is_secret(simulator: Simulator, demo_home: Path) -> None:
    files = [file for file in (demo_home / "demo").iterdir() if file.is_file()]

    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((demo_home / "demo").stat().st_mode) == 0o700


async def test_secrets_do_not_show_in_a_repr(simulator: Simulator) -> None:
    shown = repr(simulator.accounts) + repr(simulator.platforms)

    assert simulator.accounts.wechat[0].secret not in shown
    assert simulator.platforms.control_token not in shown
    assert "PRIVATE KEY" not in shown


async def test_another_process_finds_the_running_platforms(
    simulator: Simulator, demo_home: Path
) -> None:
    assert find_running(demo_home) == simulator.platforms


async def test_stopped_platforms_are_found_no_more(demo_home: Path) -> None:
    config = Config(home=demo_home, backend_url="http://127.0.0.1:1")
    async with running(config, clock=StillClock(), ids=CountingIds()):
        assert running_file(demo_home).exists()

    with pytest.raises(Unavailable, match="start the demo"):
        find_running(demo_home)


async def test_the_platforms_refuse_to_start_in_production(tmp_path: Path) -> None:
    config = Config(home=tmp_path, backend_url="http://127.0.0.1:1", production=True)

    with pytest.raises(Refused, match="production"):
        async with running(config, clock=StillClock(), ids=CountingIds()):
            pass
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("url", ["https://127.0.0.1", "http://10.0.0.1:80", "http://example.org"])
async def test_the_platforms_push_to_loopback_alone(demo_home: Path, url: str) -> None:
    config = Config(home=demo_home, backend_url=url)

    with pytest.raises(BadInput, match="loopback"):
        async with running(config, clock=StillClock(), ids=CountingIds()):
            pass


def test_a_broken_accounts_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "secrets.json").write_text("{")

    with pytest.raises(Mistakes, match="remove it"):
        open_accounts(tmp_path, CountingIds())
