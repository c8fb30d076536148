"""A tryout asks the very assistant that citizens talk to, and leaves nothing behind."""

from bot.house import House
from bot.rehearsal import rehearsing
from bot.tryouts.questions import questions_in
from bot.tryouts.reporting import page_of, table_of
from bot.tryouts.running import run
from data.civic.errors import Mistake
from data.civic.knowing.tryouts import Tryout
from data.civic.knowing.verdicts import Verdict

ASKED = """怎么办护照
水进来了我妈被困
qwerty zxcv
qwerty，zxcv？
我的电话13912345678，办护照
"""


async def tried(house: House, content: str = ASKED) -> Tryout:
    office = house.office()
    asked = questions_in("q.txt", content.encode(), ("问题",))
    async with rehearsing(office, house.directory) as rehearsal:
        return await run(rehearsal, office, "q.txt", asked)


async def test_every_question_gets_its_verdict_in_the_order_of_the_file(house: House) -> None:
    done = await tried(house)
    verdicts = [one.verdict for one in done.questions]
    assert verdicts[:3] == [Verdict.ANSWERED, Verdict.DANGER, Verdict.UNKNOWN]
    assert "护照" in done.questions[0].said


async def test_gaps_that_mean_the_same_stand_together(house: House) -> None:
    gap = (await tried(house)).gaps[0]
    assert [one.where for one in gap.questions] == ["q.txt:3", "q.txt:4"]
    assert gap.count == 2


async def test_telephone_numbers_are_hidden_in_page_and_table(house: House) -> None:
    done, release = await tried(house), house.office().release
    fault = Mistake(where="q.csv!A2", what="=cmd()")
    page, table = page_of(done, release, (fault,)), table_of(done, release, (fault,)).decode()
    assert "139****5678" in page
    assert "13912345678" not in page + table
    assert "<script" not in page


async def test_nothing_of_a_tryout_counts_in_the_house(house: House) -> None:
    await tried(house)
    assert await house.stores.tickets.unfinished(10) == []
    assert await house.stores.unanswered.count() == 0
    assert await house.stores.messages.latest_texts(10) == []
