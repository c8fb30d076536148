"""From where somebody comes: what strangers claim is not believed, what our proxies tell is."""

from ipaddress import ip_network

import pytest

from bot.console.whence import client, counted_as

OURS = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("::1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1", "10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["not an address"], "not an address"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("", ["198.51.100.1"], ""),
    ],
    ids=[
        "nobody between",
        "a stranger claims",
        "our proxy tells",
        "our proxy on this machine",
        "a lie before our proxy",
        "two of our proxies",
        "nonsense is told",
        "nothing is told",
        "no peer",
    ],
)
def test_the_address_is_told_by_those_we_trust(peer: str, told: list[str], address: str) -> None:
    assert client(peer, told, OURS) == address


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("not an address", "not an address"),
    ],
)
def test_a_subscriber_is_counted_as_one(address: str, counted: str) -> None:
    assert counted_as(address) == counted
