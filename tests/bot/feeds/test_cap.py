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
    english = info.replace(b"zh-CN", b"en-US").replace("临浦镇".encode(), b"Linpu")
    both = GOOD.replace(info, english + info)
    assert cap.read(both) == cap.read(GOOD)
    with pytest.raises(Unfit, match="2 times in one language"):
        cap.read(GOOD.replace(info, info + info))


def info_of(body: bytes) -> bytes:
    return body[body.index(b"<info>") : body.index(b"</info>") + 7]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Severe", "Extreme"),
        (">Orange<", ">Blue<"),
        ("2026-11-21T20:00:00", "2026-11-21T22:00:00"),
        (">330109<", ">3301<"),
        ("<area>", "<area><circle>30,120 5</circle>"),
        ("11B01", "11B03"),
    ],
    ids=["severity", "colour", "end", "code", "shape", "event"],
)
def test_a_block_in_another_language_that_says_something_else_is_refused(
    old: str, new: str
) -> None:
    info = info_of(GOOD)
    assert old.encode() in info
    other = info.replace(b"zh-CN", b"en-US").replace(old.encode(), new.encode())
    if old == "Severe":
        other = other.replace(b">Orange<", b">Red<")
    if old == ">Orange<":
        other = other.replace(b"Severe", b"Minor")
    with pytest.raises(Unfit) as raised:
        cap.read(GOOD.replace(info, info + other))
    assert raised.value.reason is Reason.CONTRADICTORY


def test_a_block_without_a_language_beside_another_is_never_dropped() -> None:
    info = info_of(GOOD)
    bare = info.replace(b"<language>zh-CN</language>", b"")
    with pytest.raises(Unfit, match="without <language>"):
        cap.read(GOOD.replace(info, info + bare))
    assert cap.read(GOOD.replace(info, bare)) == cap.read(GOOD)


def test_an_alert_without_headline_and_description_says_nothing_and_is_refused() -> None:
    one = replace(message(), headline="", instruction="留在家中。")
    assert cap.read(cap.write(one, before=[])) == one
    with pytest.raises(Unfit, match="says nothing"):
        cap.read(cap.write(replace(one, description=""), before=[]))


def test_codes_of_other_lists_are_kept_and_written_again() -> None:
    where = SaidArea(description="临浦镇", others=(("adcode", "330109105"),))
    one = message(where=(where,))
    assert cap.read(cap.write(one, before=[])) == one


def test_the_code_of_an_event_is_no_word_for_it() -> None:
    one = replace(message(), event="")
    written = cap.write(one, before=[])
    assert b"<event>11B01</event>" in written
    assert cap.read(written) == one


def test_a_cancel_without_an_info_goes_out_as_it_came() -> None:
    written = cap.write(cancel(2, minute=5), before=[message()])
    bare = cap.read(written.replace(info_of(written), b""))
    again = cap.write(bare, before=[message()])
    assert b"<info>" not in again
    assert cap.read(again) == bare


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
