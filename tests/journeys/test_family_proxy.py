"""Journey 23: the daughter confirms that her mother is safe; the mother has agreed to it."""

import json
import logging

import pytest
from pymongo import MongoClient

from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.safety.registrations import How, State
from data.civic.sending.rows import By, RowState, Said
from data.store.collection import Document
from handlers.acts import proxies_at_door, read_informings
from tests.conftest import DATABASE
from tests.journeys.county import County
from tests.journeys.phones import MiniProgramPhone
from tests.observed import sent
from tests.registered import MOTHER, MOTHER_ID, MOTHER_PHONE, only
from tests.rosters import id_number
from tests.staffed import hired
from tests.townsfolk import GRID, guarded, person, settled
from tests.witness import OWN

PURPOSE = "上门登记代办"
FORM = ("怎么给我妈登记安全码", "王桂花", MOTHER_ID, MOTHER_PHONE, "李小芳")
OWN_FORM = ("我要给自己登记安全码", "王桂花", MOTHER_ID[-4:], MOTHER_PHONE)


@pytest.fixture(autouse=True)
async def _roster(county: County) -> None:
    await settled(county.house.stores, MOTHER, person(25, household=21), person(26))
    await guarded(county.house.stores)


@pytest.fixture(params=["wechat", "alipay"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def filled(phone: MiniProgramPhone, *texts: str) -> str:
    answers = [await phone.ask(one) for one in (*texts, "好")]
    return answers[-1].as_plain_text


async def test_the_daughter_answers_for_her_mother_who_has_agreed(
    county: County, platform: str
) -> None:
    daughter = await county.mini(platform, "daughter")
    mother = await county.mini(platform, "mother")
    assert "登记好了" in await filled(mother, *OWN_FORM)
    assert "已经去问您妈妈" in await filled(daughter, *FORM)
    one = await sent(county.house)
    await daughter.ask("我妈平安")  # she has not agreed yet
    row = await county.house.stores.rows.get(one.id, PersonId(21))
    assert row is not None
    assert row.confirmation is None

    asked = str((await mother.history())[-1]["text"])
    assert "李小芳说您是他（她）的妈妈" in asked
    code = asked.split("同意请回复“同意")[1][:4]
    assert "记下您的同意" in (await mother.ask(f"同意{code}")).text
    assert (await only(county.house)).state is State.STANDING

    assert "您替妈妈报了平安" in (await daughter.ask("我妈平安")).text
    rows = [await county.house.stores.rows.get(one.id, PersonId(handle)) for handle in (21, 25)]
    assert [row.state for row in rows if row] == [RowState.CONFIRMED] * 2
    assert rows[0] is not None
    first = rows[0].confirmation
    assert first is not None
    assert (first.by, first.said) == (By.FAMILY, Said.SAFE)
    assert "已经答复过" in (await daughter.ask("我妈平安")).text

    duty = await hired(county.house, "duty", Role.DUTY)
    ledger = await read_informings.ledger(
        county.office, duty, one.id, PersonId(21), purpose=PURPOSE
    )
    assert ledger.family is not None
    assert ledger.family.name == "李小芳"

    assert "马上停了" in (await mother.ask("不要让她代我")).text
    second = await sent(county.house, "signal/2")
    await daughter.ask("我妈平安")
    row = await county.house.stores.rows.get(second.id, PersonId(21))
    assert row is not None
    assert row.confirmation is None


async def test_a_mother_without_a_smartphone_agrees_at_the_door(
    county: County, platform: str
) -> None:
    daughter = await county.mini(platform, "daughter")
    assert "当面对网格员" in await filled(daughter, *FORM)
    duty = await hired(county.house, "duty", Role.DUTY)
    shown = await proxies_at_door.entered(county.office, duty, PersonId(21), purpose=PURPOSE)
    (asking,) = shown.proxies
    await proxies_at_door.record_yes(
        county.office, duty, asking.id, person=PersonId(21), purpose=PURPOSE
    )
    one = await only(county.house)
    assert one.agreement is not None
    assert (one.agreement.how, one.agreement.by) == (How.DOOR, duty.id)
    warned = await sent(county.house)
    assert "您替妈妈报了平安" in (await daughter.ask("我妈平安")).text
    row = await county.house.stores.rows.get(warned.id, PersonId(21))
    assert row is not None
    assert row.state is RowState.CONFIRMED


async def test_a_wrong_proxy_is_refused(county: County, platform: str) -> None:
    stranger = await county.mini(platform, "stranger")
    wrong = (FORM[0], "王桂花", id_number(99), MOTHER_PHONE, "张三")
    unknown = (FORM[0], "不存在", id_number(98), "13900000000", "张三")
    assert await filled(stranger, *wrong) == await filled(stranger, *unknown)
    one = await sent(county.house)
    for text in ("我妈平安", "我妈收到了", "我妈不肯走"):
        assert "已经记下" not in (await stranger.ask(text)).text
    row = await county.house.stores.rows.get(one.id, PersonId(21))
    assert row is not None
    assert (row.confirmation, row.visit) == (None, None)


async def test_wechat_and_alipay_read_the_same_words(county: County) -> None:
    told = []
    for platform in ("wechat", "alipay"):
        phone = await county.mini(platform, f"li-{platform}")
        answers = [await phone.ask(one) for one in (*OWN_FORM, "不登记", "退订", "订阅预警")]
        told.append([one.as_plain_text for one in answers])
    assert told[0] == told[1]
    service = await county.wechat("li-service")
    said = [await service.ask(one) for one in (*OWN_FORM, "不登记", "退订", "订阅预警")]
    assert said == told[0]


async def test_no_number_of_anybody_stays_in_the_history_or_a_log(
    county: County,
    raw: MongoClient[Document],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="aiohttp.access")
    daughter, mother = await county.mini("wechat", "d"), await county.mini("alipay", "m")
    told = await filled(mother, *OWN_FORM) + await filled(daughter, *FORM)
    history = json.dumps(await daughter.history() + await mother.history(), ensure_ascii=False)
    kept = [
        str(document)
        for name in ("messages", "conversations", "registrations", "audit", "counters")
        for document in raw[DATABASE][name].find({}, comment=OWN)
    ]
    out, err = capfd.readouterr()
    for number in (MOTHER_ID, MOTHER_PHONE):
        assert number not in history + told
        assert number not in "".join(kept)
        assert number not in out + err + caplog.text
    assert GRID not in told
