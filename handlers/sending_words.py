"""The words that go with what is sent: the end of a cut text, and the menu of a call."""

from collections.abc import Mapping

from data.civic.knowing.releases import Release
from handlers.wording import say, written

WORDS: Mapping[str, tuple[str, ...]] = {
    "text_cut": ("hotline",),
    "call_menu": (),
    "call_received": (),
    "call_help": ("hotline",),
}


def text_cut(release: Release) -> str:
    """Say where the rest of a text stands that was too long."""
    return written(release, "text_cut", hotline=release.rules.hotline)


def call_menu(release: Release) -> tuple[str, str, str]:
    """Say, to be read out: which keys there are, and what is read back after each of the two."""
    hotline = release.rules.hotline
    return (
        say(release, "call_menu").spoken,
        say(release, "call_received").spoken,
        say(release, "call_help", hotline=hotline).spoken,
    )
