"""What cannot be read is named; whether it was meant is found all the same."""

import pytest

from bot.feeds import cap
from bot.feeds.reading import read
from data.civic.warning.arrivals import Unread
from data.civic.warning.feeds import FeedFormat
from data.civic.warning.messages import Status
from data.civic.warning.verdicts import Reason
from tests import bulletins

TEST = bulletins.national(status="Test", severity="橙色")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (TEST, Status.TEST),
        (bulletins.national(status="Exercise", msg_type="Ack"), Status.EXERCISE),
        (bulletins.national(severity="橙色"), Status.ACTUAL),
        (bulletins.national(status="Real"), None),
        (TEST.replace(b"<note>", b"<status>Actual</status><note>"), None),
        (TEST[:-8], None),
    ],
    ids=["test", "exercise", "actual", "unknown", "twice", "broken"],
)
def test_a_fault_leaves_the_status_known_where_it_is_said_once(
    body: bytes, status: Status | None
) -> None:
    found = read(body, FeedFormat.NATIONAL)
    assert isinstance(found, Unread)
    assert found.status is status
    assert found.meant is (status in (None, Status.ACTUAL))


def test_a_test_in_cap_with_a_fault_is_a_test() -> None:
    body = cap.write(bulletins.message(status=Status.TEST), before=[])
    found = read(body.replace(b"Severe", b"Hard"), FeedFormat.CAP)
    assert isinstance(found, Unread)
    assert (found.reason, found.meant) == (Reason.UNKNOWN_COLOUR, False)
