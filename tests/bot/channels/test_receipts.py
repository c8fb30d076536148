"""The door for receipts: signed, of the right way, taken in any order and any number of times."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.accounts import Accounts
from bot.channels.messengers import NullMessenger
from bot.channels.receipts import ReceiptDoor
from bot.errors import name_errors
from bot.house import House
from bot.workers.informing import inform_next
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Manner, RowState, Rung, Said
from data.civic.warning.duty import DutyKind
from tests import builders
from tests.bot.channels.gateway_side import account, signed
from tests.townsfolk import informed, person, rows_of, settled

Client = TestClient[web.Request, web.Application]
NAMES = {"sms": "county-sms", "voice": "county-voice", "workapp": "county-workapp"}


@pytest.fixture
async def client(house: House) -> AsyncIterator[Client]:
    told = {sort: (account("http://127.0.0.1:9", name=name),) for sort, name in NAMES.items()}
    door = ReceiptDoor(accounts=Accounts(**told), office=house.office, window=timedelta(minutes=10))
    app = web.Application(middlewares=[name_errors])
    door.add(app)
    async with TestClient(TestServer(app)) as opened:
        yield opened


@pytest.fixture
async def informing(house: House) -> Informing:
    """Two people who were sent a text, and two who were called."""
    people = [person(n, phone=f"1380000000{n}") for n in (1, 2)]
    people += [person(n, phone=f"05718200000{n}") for n in (3, 4)]
    await settled(house.stores, *people)
    found = await informed(house)
    ways = {rung: NullMessenger(rung=rung) for rung in (Rung.SMS, Rung.VOICE)}
    await inform_next(house.office(), ways)
    return found


async def tell(
    client: Client, *receipts: dict[str, object], by: str = "sms", **changes: str
) -> tuple[int, dict[str, object]]:
    body = json.dumps({"receipts": receipts}, ensure_ascii=False).encode()
    path, stamp = f"/receipts/{NAMES.get(by, by)}", str(int(builders.now().timestamp()))
    headers = {"X-Gateway-Timestamp": stamp, "X-Gateway-Signature": signed(stamp, path, body)}
    answer = await client.post(path, data=body, headers=headers | changes)
    return answer.status, await answer.json()


def receipt(
    informing: Informing, handle: int, told: str, *, answer: str = "", rung: Rung = Rung.SMS
) -> dict[str, object]:
    return {
        "reference": f"{informing.id}-{handle}-{int(rung)}-1",
        "told": told,
        "answer": answer,
        "at": "2026-07-01T15:00:00+08:00",
    }


async def test_a_text_that_arrived_is_delivered_and_one_that_did_not_has_failed(
    client: Client, house: House, informing: Informing
) -> None:
    both = (receipt(informing, 1, "delivered"), receipt(informing, 2, "failed"))
    for _ in range(2):  # told again it changes nothing
        assert await tell(client, *both) == (200, {"taken": 2, "unknown": []})
    rows = await rows_of(house.stores, informing)
    assert (rows[1].state, rows[2].state) == (RowState.DELIVERED, RowState.FAILED)


async def test_a_key_pressed_confirms_and_one_for_help_calls_the_duty_officer(
    client: Client, house: House, informing: Informing
) -> None:
    heard = receipt(informing, 3, "answered", answer="1", rung=Rung.VOICE)
    helps = receipt(informing, 4, "answered", answer="2", rung=Rung.VOICE)
    await tell(client, heard, helps, helps, by="voice")
    rows = await rows_of(house.stores, informing)
    answers = [rows[n].confirmation for n in (3, 4)]
    assert [(one.said, one.manner) for one in answers if one] == [
        (Said.RECEIVED, Manner.VOICE),
        (Said.HELP, Manner.VOICE),
    ]
    assert rows[4].visit is Said.HELP
    (call,) = await house.stores.duty_calls.unseen(9)
    assert (call.kind, call.detail) == (DutyKind.HELP, "")


async def test_a_key_that_means_nothing_is_no_confirmation(
    client: Client, house: House, informing: Informing
) -> None:
    await tell(client, receipt(informing, 3, "answered", answer="7", rung=Rung.VOICE), by="voice")
    assert (await rows_of(house.stores, informing))[3].state is RowState.READ


@pytest.mark.parametrize("told", ["no_answer", "line_busy", "hung_up"])
async def test_a_call_that_nobody_heard_is_followed_by_the_next_way_at_once(
    client: Client, house: House, informing: Informing, told: str
) -> None:
    await tell(client, receipt(informing, 3, told, rung=Rung.VOICE), by="voice")
    assert (await rows_of(house.stores, informing))[3].state is RowState.FAILED
    assert await inform_next(house.office(), {})


async def test_what_nobody_knows_is_told_and_not_taken(
    client: Client, house: House, informing: Informing
) -> None:
    odd = [
        receipt(informing, 3, "delivered", rung=Rung.VOICE),
        {**receipt(informing, 1, "delivered"), "reference": "somebody-elses"},
    ]
    status, answer = await tell(client, *odd)
    assert (status, answer["taken"]) == (200, 0)
    assert (await rows_of(house.stores, informing))[3].state is RowState.SENT


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({"X-Gateway-Signature": "0" * 64}, 403, id="another's"),
        pytest.param({"X-Gateway-Signature": ""}, 403, id="none"),
        pytest.param({"X-Gateway-Timestamp": "soon"}, 400, id="no time"),
        pytest.param({"X-Gateway-Timestamp": "1"}, 403, id="another time"),
    ],
)
async def test_what_is_not_proven_changes_nothing(
    client: Client, house: House, informing: Informing, changes: dict[str, str], status: int
) -> None:
    told, _ = await tell(client, receipt(informing, 1, "delivered"), **changes)
    assert told == status
    assert (await rows_of(house.stores, informing))[1].state is RowState.SENT


async def test_an_unknown_gateway_and_a_malformed_body_are_refused(
    client: Client, informing: Informing
) -> None:
    assert (await tell(client, by="nowhere"))[0] == 404
    status, answer = await tell(client, {"reference": "x", "told": "eaten", "at": "now"})
    assert (status, "receipts.0.told" in str(answer["detail"])) == (400, True)
    assert "receipts.0.at" in str(answer["detail"]), "every wrong field is named"
