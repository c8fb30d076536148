"""CAP 1.2: the mapping of severities, kilometres, triples, and one language of several."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds import cap
from data.civic.shapes import Circle, Point
from data.civic.warning.messages import Colour, MessageType, SaidArea, Status, WarningMessage
from data.civic.warning.verdicts import Reason, Unfit
from tests.bulletins import cancel, message, named, update

RING = (Point(120.1, 30.1), Point(120.2, 30.1), Point(120.2, 30.2), Point(120.1, 30.1))
GOOD = cap.write(message(), before=[])


@pytest.mark.parametrize(
    ("colour", "severity"),
    [
        (Colour.RED, "Extreme"),
        (Colour.ORANGE, "Severe"),
        (Colour.YELLOW, "Moderate"),
        (Colour.BLUE, "Minor"),
        (Colour.WHITE, "Minor"),
    ],
)
def test_the_colour_is_mapped_and_kept(colour: Colour, severity: str) -> None:
    written = cap.write(message(colour=colour), before=[])
    assert f"<severity>{severity}</severity>".encode() in written
    assert cap.read(written).colour is colour
    parameter = written[written.index(b"<parameter>") : written.index(b"</parameter>") + 12]
    without = cap.read(written.replace(parameter, b"")).colour
    assert without is (Colour.BLUE if colour is Colour.WHITE else colour)


def test_a_colour_and_a_severity_that_differ_are_refused() -> None:
    with pytest.raises(Unfit) as raised:
        cap.read(GOOD.replace(b"Severe", b"Extreme"))
    assert raised.value.reason is Reason.CONTRADICTORY


def test_references_name_all_messages_before() -> None:
    before = [message(), update(2, minute=5)]
    written = cap.write(cancel(3, minute=9), before=before).decode()
    for one in before:
        assert f"33010941600000,{one.identifier},2026-11-21T" in written
    assert cap.read(written.encode()).references == (named(1), named(2))


def test_a_radius_is_in_kilometres() -> None:
    where = SaidArea(description="x", codes=("330109",), circles=(Circle(Point(120, 30), 1500.0),))
    written = cap.write(message(where=(where,)), before=[])
    assert b"<circle>30,120 1.5</circle>" in written
    assert cap.read(written).where == (where,)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)
words = texts.map(lambda text: " ".join(text.split())).filter(bool)
colours = st.none() | st.sampled_from(list(Colour))


@given(
    headline=words,
    description=words,
    colour=colours,
    type=st.sampled_from(list(MessageType)),
    status=st.sampled_from(list(Status)),
    hours=st.none() | st.integers(0, 48),
    drawn=st.booleans(),
)
def test_what_is_written_reads_the_same(drawn: object, hours: int | None, **given_: object) -> None:
    where = SaidArea(
        description="临浦镇", codes=("330109",), rings=(RING,) if drawn else (), circles=()
    )
    one: WarningMessage = replace(message(hours=hours, where=(where,)), **given_)  # type: ignore[arg-type]
    before = [] if one.type is MessageType.ALERT else [message(7)]
    wanted = replace(one, references=tuple(m.identifier for m in before))
    assert cap.read(cap.write(one, before=before)) == wanted


def test_of_several_languages_the_chinese_one_is_read() -> None:
    info = GOOD[GOOD.index(b"<info>") : GOOD.index(b"</info>") + 7]
    english = info.replace(b"zh-CN", b"en-US").replace(b"Severe", b"Extreme")
    both = GOOD.replace(info, english + info)
    assert cap.read(both) == cap.read(GOOD)
    with pytest.raises(Unfit, match="2 times in one language"):
        cap.read(GOOD.replace(info, info + info))


def test_a_cancel_may_come_without_an_info() -> None:
    written = cap.write(cancel(2, minute=5), before=[message()])
    info = written[written.index(b"<info>") : written.index(b"</info>") + 7]
    assert cap.read(written.replace(info, b"")).where == ()
    with pytest.raises(Unfit, match="<info> is missing"):
        cap.read(GOOD.replace(GOOD[GOOD.index(b"<info>") : GOOD.index(b"</info>") + 7], b""))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("cap:1.2", "cap:1.1", Reason.UNREADABLE),
        (">Alert<", ">Error<", Reason.UNKNOWN_TYPE),
        (">Actual<", ">Secret<", Reason.UNKNOWN_STATUS),
        (">Orange<", ">Green<", Reason.UNKNOWN_COLOUR),
        ("<sent>2026-11-21T08:00:00+08:00", "<sent>yesterday", Reason.UNREADABLE),
        (named(1), f"{named(1)},2", Reason.UNREADABLE),
    ],
)
def test_what_is_not_known_is_refused_by_name(old: str, new: str, reason: Reason) -> None:
    assert old.encode() in GOOD
    with pytest.raises(Unfit) as raised:
        cap.read(GOOD.replace(old.encode(), new.encode()))
    assert raised.value.reason is reason


def test_a_reference_is_a_triple() -> None:
    written = cap.write(cancel(2, minute=5), before=[message()])
    with pytest.raises(Unfit, match="sender,identifier,sent"):
        cap.read(written.replace(b"33010941600000,", b""))
