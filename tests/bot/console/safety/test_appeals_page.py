"""Appeals at the console: an answer that is refused keeps its words."""

from bot.house import House
from data.civic.ids import ConversationId
from data.civic.safety.marks import MarkKind
from handlers.acts import appeal, mark_person
from tests.evacuation import ME, PURPOSE, evacuation
from tests.staffed import Seat

PATH = "/console/appeals"


async def test_an_answer_that_is_refused_keeps_its_words(house: House, seat: Seat) -> None:
    scene = await evacuation(house)
    await mark_person.mark(
        scene.office,
        scene.worker,
        ME,
        event=scene.event,
        kind=MarkKind.NEEDS_HAND,
        purpose=PURPOSE,
    )
    mine = ConversationId("terminal/county/openid-1")
    await appeal.appeal(scene.office, mine, ME, "我自己会走")
    await seat.sign_in("wang")
    answer = await seat.link(PATH, f"{PATH}/")
    long = "长" * 2_000
    page = await (await seat.post(answer, outcome="explained", words=long, key="k1")).text()
    assert "没有答复" in page
    assert f">{long}</textarea>" in page
    assert '<option value="explained" selected>' in page
    told = await seat.post(answer, outcome="explained", words="颜色没有错。", key="k1")
    assert "已答复" in await told.text()
