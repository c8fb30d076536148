"""Journey 11: valid XML of somebody else is refused, and that is written down."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.clock import SystemClock
from bot.house import House
from handlers.acts.in_force import warnings_in_force
from tests import bulletins
from tests.bulletins import FEED, LINPU, START, at
from tests.pushing import Observatory, pushing


@pytest.fixture
async def observatory(house: House, clock: SystemClock) -> AsyncIterator[Observatory]:
    at(clock, START)
    async with pushing(house) as one:
        yield one


async def nothing_in_force(house: House) -> bool:
    here = await warnings_in_force(house.office(), LINPU)
    return not here.anything and await house.stores.to_inform.waiting(9) == []


async def test_a_bad_signature_is_refused_and_logged(observatory: Observatory) -> None:
    stranger = replace(observatory, secret="a guess that is as long as a key would be")
    with capture_logs() as logs:
        status, _ = await stranger.push(bulletins.national())
    assert status == 403
    (line,) = [one for one in logs if one["event"] == "push refused"]
    assert (line["feed"], line["why"]) == ("weather", "BadSignature")
    stores = observatory.house.stores
    (entry,) = await stores.audit.of_subject("weather", 9)
    assert entry.deed.act == "warning.unproven"
    assert await stores.warnings.of(FEED.id, 9) == []
    assert await nothing_in_force(observatory.house)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (bulletins.national(areas="宝安区", geocode="440306"), "foreign_area"),
        (bulletins.national(sender_code="44030041600000"), "unknown_sender"),
    ],
    ids=["division", "issuer"],
)
async def test_what_is_signed_but_foreign_is_refused_and_audited(
    observatory: Observatory, body: bytes, reason: str
) -> None:
    status, told = await observatory.push(body)
    assert (status, told["reason"]) == (422, reason)
    stores = observatory.house.stores
    (kept,) = await stores.warnings.of(FEED.id, 9)
    (entry,) = await stores.audit.of_subject(kept.id, 9)
    assert (entry.deed.actor, entry.deed.act) == ("feed weather", "warning.refused")
    assert await nothing_in_force(observatory.house)
