"""What is kept of somebody, and who looked, as citizens read it: kinds of things, no content."""

from collections.abc import Mapping, Sequence

from data.civic.calendar import day_in_words, local
from data.civic.knowing.releases import Release
from data.civic.safety.grounds import GROUNDS, Basis
from data.civic.talk.messages import Say
from handlers import relations
from handlers.acts.my_records import Look, MyRecords, Record
from handlers.word_lists import PARTED
from handlers.wording import say, written

SHOWN = 10
"""Looks of one person that fit into a message."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "my_records": ("lines", "hotline"),
    "my_records_line": ("name", "what", "basis", "until"),
    "my_records_until": ("day",),
    "my_records_until_open": (),
    "my_records_until_held": (),
    "my_records_event": ("event",),
    "my_records_codes": (),
    "my_looks": ("lines", "hotline"),
    "my_looks_line": ("name", "time", "who", "purpose"),
    "my_looks_no_purpose": (),
    "my_looks_none": ("hotline",),
    **{f"my_basis_{one}": () for one in Basis},
    **{f"my_thing_{one}": () for one in GROUNDS},
}


def records_words(release: Release, people: Sequence[MyRecords]) -> Say:
    """Say what is kept of each."""
    lines = "\n".join(_line(release, one, each) for one in people for each in one.records)
    return say(release, "my_records", lines=lines, hotline=release.rules.hotline)


def looks_words(release: Release, people: Sequence[MyRecords]) -> Say:
    """Say who of the staff looked, when and for what."""
    lines = [_look(release, one, each) for one in people for each in one.looks[:SHOWN]]
    hotline = release.rules.hotline
    if not lines:
        return say(release, "my_looks_none", hotline=hotline)
    return say(release, "my_looks", lines="\n".join(lines), hotline=hotline)


def until_words(release: Release, one: Record) -> str:
    """Say until when something is kept."""
    if one.held:
        return written(release, "my_records_until_held")
    if one.until is None:
        return written(release, "my_records_until_open")
    return written(release, "my_records_until", day=day_in_words(one.until))


def what_words(release: Release, one: Record) -> str:
    """Say what is kept: kinds of things."""
    if one.event:
        return written(release, "my_records_event", event=one.event)
    if one.what == ("codes",):
        return written(release, "my_records_codes")
    return PARTED.join(written(release, f"my_thing_{thing}") for thing in one.what)


def basis_words(release: Release, one: Record) -> str:
    """Say on which ground."""
    return written(release, f"my_basis_{one.basis}")


def purpose_words(release: Release, look: Look) -> str:
    """Say for what somebody looked."""
    return look.purpose or written(release, "my_looks_no_purpose")


def _line(release: Release, whose: MyRecords, one: Record) -> str:
    return written(
        release,
        "my_records_line",
        name=relations.masked(whose.person.name),
        what=what_words(release, one),
        basis=basis_words(release, one),
        until=until_words(release, one),
    )


def _look(release: Release, whose: MyRecords, one: Look) -> str:
    at = local(one.at)
    return written(
        release,
        "my_looks_line",
        name=relations.masked(whose.person.name),
        time=f"{day_in_words(at.date())} {at:%H:%M}",
        who=one.who,
        purpose=purpose_words(release, one),
    )
