"""Settings: read once, every mistake at once, nothing secret shown."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from data.civic.errors import Mistakes


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of this test alone."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("BIANMIN_")]:
        del os.environ[name]
    yield os.environ  # type: ignore[misc]
    os.environ.clear()
    os.environ.update(before)


def wrong(surroundings: dict[str, str], **settings: str) -> list[str]:
    surroundings.update({f"BIANMIN_{key.upper()}": value for key, value in settings.items()})
    with pytest.raises(Mistakes) as refused:
        read_settings()
    return [one.where for one in refused.value.mistakes]


def test_without_any_it_is_a_demo_on_this_machine(surroundings: dict[str, str]) -> None:
    settings = read_settings()
    assert (settings.production, settings.host, settings.port) == (False, "127.0.0.1", 8080)
    assert settings.uri() is None
    assert settings.house_key == Path("var/keys/house.key")


def test_every_mistake_is_told_at_once_by_the_variables_name(
    surroundings: dict[str, str],
) -> None:
    named = wrong(surroundings, port="80800", env="test", webhook_window_s="5", drain_s="-1")
    assert set(named) == {
        "BIANMIN_PORT",
        "BIANMIN_ENV",
        "BIANMIN_WEBHOOK_WINDOW_S",
        "BIANMIN_DRAIN_S",
    }


def test_production_needs_a_database_and_no_simulators(surroundings: dict[str, str]) -> None:
    named = wrong(surroundings, env="production", demo_control_url="http://127.0.0.1:1")
    assert {"BIANMIN_MONGODB_URI", "BIANMIN_DEMO_CONTROL_URL"} <= set(named)


def test_the_database_may_stand_in_a_file(surroundings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "uri"
    file.write_text("mongodb://h/\n")
    surroundings["BIANMIN_MONGODB_URI_FILE"] = str(file)
    assert read_settings().uri() == "mongodb://h/"


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_file_that_holds_no_text_is_named(
    surroundings: dict[str, str], tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "uri"
    file.write_bytes(content)
    surroundings["BIANMIN_MONGODB_URI_FILE"] = str(file)
    with pytest.raises(Mistakes, match="BIANMIN_MONGODB_URI_FILE"):
        read_settings().uri()


def test_a_file_that_cannot_be_read_is_named(surroundings: dict[str, str], tmp_path: Path) -> None:
    surroundings["BIANMIN_MONGODB_URI_FILE"] = str(tmp_path / "nothing")
    with pytest.raises(Mistakes, match="BIANMIN_MONGODB_URI_FILE"):
        read_settings().uri()


def test_two_databases_are_one_too_many(surroundings: dict[str, str]) -> None:
    surroundings.update(BIANMIN_MONGODB_URI="mongodb://h/", BIANMIN_MONGODB_URI_FILE="/f")
    with pytest.raises(Mistakes, match="keep one"):
        read_settings()


def test_no_secret_is_ever_shown(surroundings: dict[str, str]) -> None:
    surroundings.update(
        BIANMIN_MONGODB_URI="mongodb://me:hunter2@h/", BIANMIN_DEMO_CONTROL_TOKEN="hunter2"
    )
    settings = read_settings()
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert settings.uri() == "mongodb://me:hunter2@h/"


def test_settings_do_not_change(surroundings: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]


def test_proxies_are_addresses_and_networks(surroundings: dict[str, str]) -> None:
    surroundings["BIANMIN_TRUSTED_PROXIES"] = "127.0.0.1, 10.1.0.0/16,::1,"
    told = [str(one) for one in read_settings().trusted_proxies]
    assert told == ["127.0.0.1/32", "10.1.0.0/16", "::1/128"]


@pytest.mark.parametrize("proxies", ["the proxy", "10.1.0.5/16", "10.1.0.0/99"])
def test_a_proxy_that_is_none_is_refused(surroundings: dict[str, str], proxies: str) -> None:
    assert wrong(surroundings, trusted_proxies=proxies)[0].startswith("BIANMIN_TRUSTED_PROXIES")


@pytest.mark.parametrize(
    ("env", "totp", "required"),
    [
        ("demo", None, False),
        ("demo", "required", True),
        ("production", None, True),
        ("production", "optional", False),
    ],
)
def test_production_requires_a_second_factor_unless_it_is_said_otherwise(
    surroundings: dict[str, str], env: str, totp: str | None, *, required: bool
) -> None:
    surroundings |= {"BIANMIN_ENV": env, "BIANMIN_MONGODB_URI": "mongodb://127.0.0.1/"}
    surroundings |= {"BIANMIN_CONSOLE_TOTP": totp} if totp else {}
    assert read_settings().totp_required is required
