"""One verdict, with a network or without: what nobody can know is called unknown."""

from datetime import timedelta

import pytest

from bot.signing import HouseSeal
from data.civic.safety.codes import CodeKind, pack
from data.civic.safety.verifying import Revocations, Standing, verify
from tests import builders
from tests.data.civic.safety.test_codes import KEYS, NOTHING, NOW, code, sign

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SHEET = pack(code(), sign)
SCREEN = pack(code(kind=CodeKind.SCREEN, expires=NOW + MINUTE), sign)


@pytest.mark.parametrize(
    ("text", "later", "standing"),
    [
        pytest.param(SHEET, DAY, Standing.VALID, id="a sheet"),
        pytest.param(SHEET, 366 * DAY, Standing.EXPIRED, id="a sheet after its year"),
        pytest.param(SCREEN, timedelta(seconds=59), Standing.VALID, id="a screen"),
        pytest.param(SCREEN, MINUTE, Standing.EXPIRED, id="a photographed screen"),
        pytest.param(SCREEN, -10 * MINUTE, Standing.NOT_YET, id="clocks ten minutes apart"),
        pytest.param(SCREEN, 10 * MINUTE, Standing.EXPIRED, id="ten minutes the other way"),
        pytest.param(SCREEN, -MINUTE, Standing.VALID, id="clocks a minute apart"),
    ],
)
def test_with_a_network_our_clock_decides(text: str, later: timedelta, standing: Standing) -> None:
    assert verify(text, NOW + later, KEYS, NOTHING).standing is standing


@pytest.mark.parametrize(
    ("text", "later", "since", "standing"),
    [
        pytest.param(SHEET, 3 * DAY, 3 * DAY, Standing.VALID, id="keys of three days ago"),
        pytest.param(SHEET, MINUTE, 30 * DAY, Standing.VALID, id="printed after the last sync"),
        pytest.param(SHEET, 364.5 * DAY, DAY, Standing.FRESHNESS_UNKNOWN, id="nearly a year"),
        pytest.param(SHEET, 367 * DAY, DAY, Standing.EXPIRED, id="long after its year"),
        pytest.param(SCREEN, 30 * timedelta(seconds=1), MINUTE, Standing.VALID, id="synced now"),
        pytest.param(SCREEN, 2 * MINUTE, 3 * MINUTE, Standing.FRESHNESS_UNKNOWN, id="a photo"),
        pytest.param(
            SCREEN, 30 * timedelta(seconds=1), 60 * MINUTE, Standing.FRESHNESS_UNKNOWN, id="unset"
        ),
        pytest.param(SCREEN, -10 * MINUTE, MINUTE, Standing.FRESHNESS_UNKNOWN, id="behind"),
        pytest.param(SCREEN, 5 * MINUTE, MINUTE, Standing.EXPIRED, id="older than the sync"),
        pytest.param(SCREEN, 2 * DAY, 3 * DAY, Standing.EXPIRED, id="two days old"),
        pytest.param(SCREEN, 2 * MINUTE, -MINUTE, Standing.EXPIRED, id="turned back"),
    ],
)
def test_without_a_network_what_is_not_known_is_said(
    text: str, later: timedelta, since: timedelta, standing: Standing
) -> None:
    at = NOW + later
    verdict = verify(text, at, KEYS, NOTHING, clock_set=at - since)
    assert verdict.standing is standing


def test_a_photograph_is_refused_with_a_network_and_unknown_without() -> None:
    at = NOW + timedelta(seconds=61)
    assert verify(SCREEN, at, KEYS, NOTHING).standing is Standing.EXPIRED
    unplugged = verify(SCREEN, at, KEYS, NOTHING, clock_set=NOW - DAY)
    assert unplugged.standing is Standing.FRESHNESS_UNKNOWN


def test_a_revoked_pendant_is_revoked_whatever_the_clock_says() -> None:
    text = pack(code(kind=CodeKind.PENDANT), sign)
    revoked = Revocations(dated=NOW, version=1, handles=frozenset({code().handle}))
    for at, clock_set in ((NOW, None), (NOW + 400 * DAY, NOW)):
        assert verify(text, at, KEYS, revoked, clock_set=clock_set).standing is Standing.REVOKED


def test_a_forged_key_and_a_forged_id_are_told_apart() -> None:
    other = HouseSeal(b"another house, another house key")
    forged = pack(code(), lambda packed: other.sign_code(packed, salt="salt"))
    assert verify(forged, NOW, KEYS, NOTHING).standing is Standing.FORGED
    unknown = pack(code(key=code().key ^ 1), sign)
    verdict = verify(unknown, NOW, KEYS, NOTHING)
    assert (verdict.standing, verdict.ours) == (Standing.UNKNOWN_KEY, False)


def test_the_key_of_the_audit_log_signs_no_code() -> None:
    seal = builders.seal()
    assert verify(pack(code(), seal.sign), NOW, KEYS, NOTHING).standing is Standing.FORGED


def test_a_verdict_tells_how_old_its_lists_are() -> None:
    verdict = verify(SHEET, NOW + 3 * DAY, KEYS, NOTHING, clock_set=NOW)
    assert (verdict.keys_age, verdict.revocations_age) == (3 * DAY, 3 * DAY)
