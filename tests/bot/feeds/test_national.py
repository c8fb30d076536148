"""The national message: read to the letter, written as it was read, refused with a reason."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.feeds import cap, national
from data.civic.errors import BadInput
from data.civic.warning.messages import Colour, MessageType, Status
from data.civic.warning.verdicts import Reason, Unfit
from tests import bulletins
from tests.bulletins import START, named, sample

GOOD = bulletins.national()


@pytest.mark.parametrize(
    ("name", "type_", "colour"),
    [
        ("01_alert_orange.xml", MessageType.ALERT, Colour.ORANGE),
        ("02_update_red.xml", MessageType.UPDATE, Colour.RED),
        ("03_update_yellow_downgrade.xml", MessageType.UPDATE, Colour.YELLOW),
        ("04_cancel.xml", MessageType.CANCEL, Colour.YELLOW),
        ("05_test_status.xml", MessageType.ALERT, Colour.BLUE),
    ],
)
def test_the_sample_messages_are_read(name: str, type_: MessageType, colour: Colour) -> None:
    found = national.read(sample(name))
    assert (found.type, found.colour, found.event) == (type_, colour, "台风")
    assert found.status is (Status.TEST if name.startswith("05") else Status.ACTUAL)
    assert found.sender_code == "33010941600000"
    assert [one.codes for one in found.where] == [("330109",)]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_is_written_reads_the_same(number: int) -> None:
    names = ["01_alert_orange", "02_update_red", "03_update_yellow_downgrade", "04_cancel"]
    found = national.read(sample(f"{names[number - 1]}.xml"))
    first = named(80000)
    assert national.read(national.write(found, first=first)) == found
    begun = national.read(sample("01_alert_orange.xml"))
    back = cap.read(cap.write(found, before=[begun]))
    assert replace(back, signer=found.signer) == found


def test_moments_have_a_gap_and_their_offset() -> None:
    assert national.read(GOOD).sent == START
    assert b"2026-11-21 08:00:00+08:00" in national.write(national.read(GOOD), first="")


def test_identifiers_have_29_or_31_characters() -> None:
    longer = GOOD.replace(f"{named(1)}<".encode(), f"{named(1)}_3<".encode())
    assert len(national.read(GOOD).identifier) == 29
    assert len(national.read(longer).identifier) == 31


def test_shapes_are_areas_lines_and_circles_in_metres() -> None:
    more = (
        "<polygon>30.1,120.1 30.1,120.2 30.2,120.2 30.1,120.1</polygon>"
        "<polygon>120.1,30.1 120.2,30.1</polygon>"
        "<circle>120.25,30.05 1500</circle>"
    )
    (where,) = national.read(bulletins.national(more=more)).where
    assert [(one.lon, one.lat) for one in where.rings[0]][:2] == [(120.1, 30.1), (120.2, 30.1)]
    assert len(where.lines) == 1
    assert where.circles[0].radius_m == 1500
    again = national.read(national.write(national.read(bulletins.national(more=more)), first=""))
    assert again.where == (where,)


def test_codes_are_separated_by_a_full_width_comma_and_bared_of_zeros() -> None:
    found = national.read(bulletins.national(geocode="330109000000，330110"))
    assert found.where[0].codes == ("330109", "330110")


def test_white_is_a_signal_of_typhoons_alone() -> None:
    white = bulletins.national(severity="White")
    assert national.read(white).colour is Colour.WHITE
    with pytest.raises(Unfit, match="typhoons alone"):
        national.read(white.replace(b"11B01", b"11B03"))


def test_what_is_for_officials_alone_is_not_public() -> None:
    inner = GOOD.replace(b"<secClassification>None", b"<secClassification>Inner")
    assert not national.read(inner).public


def test_an_attachment_is_held_against_its_digest() -> None:
    content = b"a map"
    resource = (
        "<resource><resourceDesc>图</resourceDesc><uri>map.png</uri>"
        f"<derefUri>{base64.b64encode(content).decode()}</derefUri><digest>%s</digest></resource>"
    )
    right = hashlib.sha1(content).hexdigest()  # noqa: S324
    info = GOOD.replace(b"<web/>", (resource % right.upper()).encode())
    assert national.read(info).attachments[0].sha1 == right
    with pytest.raises(Unfit) as raised:
        national.read(GOOD.replace(b"<web/>", (resource % ("0" * 40)).encode()))
    assert raised.value.reason is Reason.BAD_DIGEST
    words = (resource % right).replace(base64.b64encode(content).decode(), "附件")
    with pytest.raises(Unfit) as raised:
        national.read(GOOD.replace(b"<web/>", words.encode()))
    assert raised.value.reason is Reason.BAD_DIGEST


def swapped(old: str, new: str) -> Callable[[], bytes]:
    assert old.encode() in GOOD
    return lambda: GOOD.replace(old.encode(), new.encode())


@pytest.mark.parametrize(
    ("body", "reason", "words"),
    [
        (swapped("Alert</msg", "Ack</msg"), Reason.UNKNOWN_TYPE, "msgType"),
        (swapped("Alert</msg", "alert</msg"), Reason.UNKNOWN_TYPE, "“alert”"),
        (swapped("<msgType>Alert</msgType>", ""), Reason.UNKNOWN_TYPE, "“”"),
        (swapped("Actual", "Real"), Reason.UNKNOWN_STATUS, "Real"),
        (swapped("Orange", "Purple"), Reason.UNKNOWN_COLOUR, "Purple"),
        (
            swapped("<sendTime>2026-11-21 08:00:00+08:00", "<sendTime>2026-11-21 08:00:00"),
            Reason.UNREADABLE,
            "sendTime",
        ),
        (swapped("<sendTime>2026-11-21", "<sendTime>2026-13-41"), Reason.UNREADABLE, "2026-13-41"),
        (swapped("_20261121000001", "_2026"), Reason.UNREADABLE, "identifier"),
        (swapped("<senderCode>33", "<senderCode>44"), Reason.UNREADABLE, "senderCode"),
        (swapped("11B01", "typhoon"), Reason.UNREADABLE, "eventType"),
        (swapped("<note></note>", "<msgType>Cancel</msgType>"), Reason.UNREADABLE, "2 times"),
        (swapped("<headline>", "<headlines>"), Reason.UNREADABLE, "well-formed"),
        (swapped("<geocode>", "<polygon>1;2 3;4</polygon><geocode>"), Reason.BAD_SHAPE, "1;2"),
        (swapped("<geocode>", "<polygon>0,0 1,1</polygon><geocode>"), Reason.BAD_SHAPE, "China"),
        (swapped("<geocode>", "<circle>120,30 far</circle><geocode>"), Reason.BAD_SHAPE, "far"),
        (swapped("<geocode>", "<circle>120,30 -5</circle><geocode>"), Reason.BAD_SHAPE, "circle"),
        (swapped("风力可达10级", "风力<b>10级</b>"), Reason.UNREADABLE, "<description> holds <b>"),
        (swapped("临浦镇、", "临浦镇<br/>、"), Reason.UNREADABLE, "<areaDesc> holds <br>"),
        (
            swapped("330109</geo", "330109105，<x>330109103</x></geo"),
            Reason.UNREADABLE,
            "holds <x>",
        ),
        (
            swapped("<geocode>", "<polygon>30,120 <b>30,121</b></polygon><geocode>"),
            Reason.UNREADABLE,
            "<polygon> holds <b>",
        ),
        (swapped("<area>", "<area>进化镇"), Reason.UNREADABLE, "<area> holds words outside"),
        (swapped("11-21 20:00:00+08", "11-21 20:00:00+99"), Reason.UNREADABLE, "expires"),
        (
            swapped("2026-11-21 20:00:00+08:00", "9999-12-31 23:59:59+00:00"),
            Reason.IMPOSSIBLE_DATES,
            "2000 to 2100",
        ),
        (
            swapped("2026-11-21 20:00:00+08:00", "1970-01-01 08:00:00+08:00"),
            Reason.IMPOSSIBLE_DATES,
            "2000 to 2100",
        ),
    ],
)
def test_what_is_not_known_is_refused_by_name(
    body: Callable[[], bytes], reason: Reason, words: str
) -> None:
    with pytest.raises(Unfit) as raised:
        national.read(body())
    assert raised.value.reason is reason
    assert words in str(raised.value)


def test_what_has_no_word_here_is_not_written() -> None:
    found = national.read(GOOD)
    with pytest.raises(BadInput, match="use cap"):
        national.write(replace(found, identifier="urn:oid:1"), first="")
    with pytest.raises(BadInput, match="use cap"):
        national.write(replace(found, status=Status.SYSTEM), first="")


def test_all_polygons_together_have_a_limited_number_of_points() -> None:
    ring = " ".join(["30,120"] * 5_001)
    body = bulletins.national(more=f"<polygon>{ring}</polygon>" * 4)
    with pytest.raises(Unfit, match="20004 points: 20000 at most"):
        national.read(body)
