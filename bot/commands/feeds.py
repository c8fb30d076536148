"""`feeds in`, `feeds out`, `feeds list`: warnings by hand, where a feed cannot push."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.clock import SystemClock
from bot.commands.serve import accounts_of, configure_feeds
from bot.commands.terminal import run, say, show_table
from bot.feed_account import FeedAccount
from bot.feeds import cap, national
from bot.feeds.bodies import Body, arrival_of, beginning_of
from bot.house import opened, store_opened
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.calendar import local
from data.civic.errors import BadInput, NotFound
from data.civic.ids import SignalId
from data.civic.warning.arrivals import Arrival
from data.civic.warning.feeds import FeedFormat, FeedState
from data.civic.warning.signals import Signal
from data.civic.warning.verdicts import Verdict
from handlers.acts.relay import relay

NOT_RELAYED = (Verdict.HELD, Verdict.REFUSED, Verdict.CONFLICT)
NEWEST = 20

app = typer.Typer(help="The feeds of warnings.", no_args_is_help=True)


@app.command("in")
def take_in(
    file: Annotated[Path, typer.Argument(help="One message, as XML.")],
    feed: Annotated[str, typer.Option(help="The feed's name in the accounts file.")],
) -> None:
    """Take in one message of a feed, as if it had pushed it; say what became of it."""
    set_up("warning")
    arrival = run(_in(beginning_of(file), feed))
    _tell(arrival)


@app.command("out")
def give_out(
    signal: Annotated[str, typer.Argument(help="feed/identifier, as `feeds list` shows it.")],
    format_: Annotated[FeedFormat, typer.Option("--format")] = FeedFormat.CAP,
    message: Annotated[str, typer.Option(help="Which message; none: the newest.")] = "",
) -> None:
    """Write one message of a signal to standard output."""
    set_up("warning")
    found = run(_signal(SignalId(signal)))
    sys.stdout.buffer.write(_written(found, message, format_))


@app.command("list")
def list_all() -> None:
    """List the feeds with when each was last heard, and the newest signals."""
    set_up("warning")
    run(_list())


async def _in(body: Body, name: str) -> Arrival:
    settings = read_settings()
    accounts = accounts_of(settings)
    feed = _feed(accounts.feed, name).feed()
    async with opened(settings) as house:
        await configure_feeds(house, accounts)
        return await relay(house.office(), feed, arrival_of(body, feed, house.clock.now()))


def _feed(feeds: Sequence[FeedAccount], name: str) -> FeedAccount:
    for one in feeds:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in feeds) or "none: write [[feed]] in the accounts file"
    raise NotFound(f"no feed {name}: there is {known}")


def _tell(arrival: Arrival) -> None:
    """Say what became of a message.

    Raises:
        BadInput: it was not relayed; it is kept, and the duty officer is called.
    """
    judgement = arrival.judgement
    if judgement is None:
        raise BadInput("the message is kept, but not judged: run the command again")
    why = f" ({judgement.reason}: {judgement.detail})" if judgement.reason else ""
    where = f" for {', '.join(judgement.areas)}" if judgement.areas else ""
    named = arrival.identifier or "a message whose identifier cannot be read"
    sentence = f"{judgement.verdict}: {named}{where}{why}"
    if judgement.verdict in NOT_RELAYED:
        raise BadInput(f"{sentence}; it is kept, and nobody but the duty officer is told")
    say(sentence)


async def _signal(signal: SignalId) -> Signal:
    async with store_opened(read_settings()) as stores:
        found = await stores.signals.get(signal)
    if found is None:
        raise NotFound(f"no signal {signal}: see `bianmin feeds list`")
    return found


def _written(signal: Signal, identifier: str, format_: FeedFormat) -> bytes:
    messages = [one.message for one in signal.steps]
    wanted = identifier or messages[-1].identifier
    places = [at for at, one in enumerate(messages) if one.identifier == wanted]
    if not places:
        raise NotFound(f"no message {wanted} in {signal.id}")
    at = places[0]
    if format_ is FeedFormat.NATIONAL:
        return national.write(messages[at], first=signal.first.identifier)
    return cap.write(messages[at], before=messages[:at])


async def _list() -> None:
    async with store_opened(read_settings()) as stores:
        states = await stores.feeds.configured()
        signals = await stores.signals.newest(NEWEST)
    _show_feeds(states)
    if signals:
        _show_signals(signals)


def _show_feeds(states: Sequence[FeedState]) -> None:
    if not states:
        say("no feed is configured: write [[feed]] in the accounts file, then start `serve`")
        return
    now = SystemClock().now()
    table = Table("feed", "format", "area", "issuers", "last heard", "")
    for state in states:
        feed = state.feed
        heard = f"{local(state.last_heard):%Y-%m-%d %H:%M}" if state.last_heard else "never"
        silent = "silent" if state.silent(now) else "heard"
        issuers = ", ".join(sorted(feed.issuers))
        table.add_row(feed.id, feed.format, feed.area, issuers, heard, silent)
    show_table(table)


def _show_signals(signals: Sequence[Signal]) -> None:
    table = Table("signal", "newest message", "sent")
    for one in signals:
        last = one.steps[-1].message
        table.add_row(one.id, last.headline, f"{local(last.sent):%Y-%m-%d %H:%M}")
    show_table(table)
