"""When a guide has to be looked at again, and what it lacks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.civic.ids import GuideId
from data.civic.knowing.releases import Release
from data.civic.knowing.upkeep import READ_AGAIN, Due, Why, line_of
from data.content.files import manifest_of
from data.content.reader import read
from tests.data.content import tiny

DAY = date(2026, 12, 31)
DOG = GuideId("dog")


@pytest.fixture(scope="module")
def release() -> Release:
    files = tiny.release()
    return read(files, manifest=manifest_of(files))


@pytest.mark.parametrize(
    ("left", "threshold"),
    [(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-400, 0)],
)
def test_the_newest_reminder_that_is_due(left: int, threshold: int | None) -> None:
    due = Due(why=Why.VALID_UNTIL, day=DAY)
    assert due.threshold(DAY - timedelta(days=left)) == threshold


def test_a_line_counts_what_a_guide_lacks(release: Release) -> None:
    line = line_of(release.guides[DOG], release.sources, release.rules.reading)
    assert line.stated == 3
    assert len(line.not_stated) == 13
    assert [str(one) for one in line.samples] == [
        "dog/situation=moved/fee",
        "dog/variant=330109/place",
    ]
    assert [str(one) for one in line.unread] == ["dog/materials"]
    assert not line.complete


def test_a_basis_opened_a_year_ago_is_due_before_the_guide_ends(release: Release) -> None:
    opened = date(2026, 1, 1)
    sources = {key: replace(one, read_on=opened) for key, one in release.sources.items()}
    line = line_of(release.guides[DOG], sources, release.rules.reading)
    assert line.next_due == Due(why=Why.READ_ON, day=opened + READ_AGAIN)
