"""Track files: every position, or every mistake by its cell."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.workbooks.tracks import read_tracks
from data.civic.errors import Mistakes
from data.civic.shapes import Point

HEAD = "id,name,time_bjt,lat,lng,r7_km,r10_km,r12_km"
SHARED = Path(__file__).parents[4] / "shared" / "data" / "typhoon_tracks_east_china.csv"


def track(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


def test_positions_are_read_with_beijing_time_and_kilometres() -> None:
    body = track("201909,利奇马,2019-08-10T08:00:00,28.4,121.3,300.0,0.0,")
    (one,) = read_tracks("track.csv", body)
    assert one.at == datetime(2019, 8, 10, 0, tzinfo=UTC)
    assert one.centre == Point(121.3, 28.4)
    assert one.radii_m == {7: 300_000.0}, "0 and empty are no circle"


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("1,甲,yesterday,28,121,1,1,1", "C2"),
        ("1,甲,2019-08-10T08:00:00,north,121,1,1,1", "D2"),
        ("1,甲,2019-08-10T08:00:00,121,28.4,1,1,1", "D2"),
        ("1,甲,2019-08-10T08:00:00,28,121,far,1,1", "F2"),
        ("1,甲,2019-08-10T08:00:00,28,121,1,nan,1", "G2"),
        ("1,甲,0001-01-01T00:00:00,28,121,1,1,1", "C2"),
        ("1,甲,9999-12-31T23:59:59-10:00,28,121,1,1,1", "C2"),
    ],
    ids=["time", "latitude", "swapped", "radius", "not a number", "year 1", "year 9999"],
)
def test_what_cannot_be_read_is_named_by_its_cell(row: str, cell: str) -> None:
    with pytest.raises(Mistakes, match=f"!{cell}"):
        read_tracks("track.csv", track(row))


def test_a_file_without_the_headings_says_which() -> None:
    with pytest.raises(Mistakes, match="time_bjt"):
        read_tracks("track.csv", track("1,甲", head="id,name"))


def test_the_tracks_at_hand_are_read_whole() -> None:
    if not SHARED.exists():
        pytest.skip("the tracks are not beside this checkout")
    points = read_tracks(SHARED.name, SHARED.read_bytes())
    assert len(points) == 607
    assert "201909" in {one.typhoon for one in points}
