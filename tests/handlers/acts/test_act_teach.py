"""Teaching from questions: into a draft, never a held-out sentence, never somebody's number."""

import tomllib

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.errors import BianminError, Conflict, NotFound, Refused
from data.civic.ids import GuideId, IntentId
from data.civic.knowing.drafts import DraftState
from data.civic.people import Role, Staff
from data.civic.talk.gist import gist_of, group_of
from data.civic.talk.groups import GroupState
from data.content.teaching import NOT_OURS, NewIntent
from handlers.acts import drafts, teach
from handlers.acts.draft_files import files_of
from handlers.acts.teach import Lesson, Problem, Unfit
from tests.drafting import served
from tests.staffed import hired, unanswered

TEXT = "电动三轮车在哪里年检"
GROUP = group_of(gist_of(TEXT))
PLATE = IntentId("electric_bike_plate")
TEN = "\n".join(f"充电桩{one}装在小区里" for one in "怎么申请多少钱找谁哪")


@pytest.fixture
async def editor(current: House) -> Staff:
    await unanswered(current, TEXT)
    return await hired(current, "bian", Role.EDITOR)


@pytest.fixture
async def current(house: House, shipped: Shipped) -> House:
    await served(house, shipped)
    return house


def lesson(*texts: str) -> Lesson:
    return Lesson.of([GROUP], "\n".join(texts))


def new(**different: object) -> NewIntent:
    given = {
        "id": IntentId("charging_post"),
        "title": "充电桩安装",
        "department": "住房和城乡建设",
        "full": "您好，请先问物业，再打12345。",
    } | different
    return NewIntent(**given)  # type: ignore[arg-type]


async def state(house: House) -> GroupState:
    group = await house.stores.question_groups.get(GROUP)
    assert group is not None
    return group.state


async def table(house: House, path: str) -> dict[str, object]:
    (draft,) = await house.stores.drafts.list([DraftState.OPEN], 5)
    return tomllib.loads((await files_of(house.office(), draft))[path].decode())


async def test_a_sentence_becomes_an_example_in_a_draft(current: House, editor: Staff) -> None:
    draft = await teach.teach(current.office(), editor, lesson(TEXT), PLATE)
    assert set(draft.edits) == {f"intents/{PLATE}.toml"}
    made = await table(current, f"intents/{PLATE}.toml")
    assert made["examples"][-1] == TEXT  # type: ignore[index]
    assert TEXT not in current.office().release.intents[PLATE].examples
    group = await current.stores.question_groups.get(GROUP)
    assert group is not None
    assert (group.state, group.draft) == (GroupState.TAUGHT, draft.id)


async def test_lessons_gather_in_one_draft(current: House, editor: Staff) -> None:
    one = await teach.teach(current.office(), editor, lesson(TEXT), PLATE)
    other = await teach.teach(current.office(), editor, lesson("三轮车年检找谁"), PLATE)
    assert one.id == other.id
    made = await table(current, f"intents/{PLATE}.toml")
    assert made["examples"][-2:] == [TEXT, "三轮车年检找谁"]  # type: ignore[index]


UNFIT = [
    ("我的电话13812345678", Problem.PERSONAL),
    ("我的电话138****5678", Problem.PERSONAL),
    ("长" * 101, Problem.TOO_LONG),
    ("？？！", Problem.EMPTY),
    ("", Problem.NONE),
]


@pytest.mark.parametrize(("text", "why"), UNFIT, ids=[row[1] + row[0][:9] for row in UNFIT])
async def test_what_is_unfit_is_named_and_nothing_is_changed(
    current: House, editor: Staff, text: str, why: Problem
) -> None:
    with pytest.raises(Unfit) as refused:
        await teach.teach(current.office(), editor, lesson(text), PLATE)
    assert [one.problem for one in refused.value.wrong] == [why]
    assert await state(current) is GroupState.OPEN


async def test_a_held_out_sentence_is_never_taught(current: House, editor: Staff) -> None:
    measured = current.office().release.held_out[0].text
    for act in (
        lambda: teach.teach(current.office(), editor, lesson(f"{measured}？"), PLATE),
        lambda: teach.not_ours(current.office(), editor, lesson(measured)),
    ):
        with pytest.raises(Unfit) as refused:
            await act()
        assert refused.value.wrong[0].problem is Problem.HELD_OUT


async def test_an_example_of_another_intent_is_refused_with_its_name(
    current: House, editor: Staff
) -> None:
    theirs = current.office().release.intents[IntentId("passport")].examples[0]
    with pytest.raises(Unfit) as refused:
        await teach.teach(current.office(), editor, lesson(theirs), PLATE)
    (wrong,) = refused.value.wrong
    assert (wrong.problem, wrong.intent) == (Problem.OTHERS, "passport")


async def test_what_stands_already_is_said_to_be_known(current: House, editor: Staff) -> None:
    known = current.office().release.intents[PLATE].examples[0]
    with pytest.raises(Unfit) as refused:
        await teach.teach(current.office(), editor, lesson(known), PLATE)
    assert refused.value.wrong[0].problem is Problem.KNOWN


async def test_what_is_not_ours_is_learnt_as_such(current: House, editor: Staff) -> None:
    draft = await teach.not_ours(current.office(), editor, lesson("# 火星移民怎么报名"))
    assert set(draft.edits) == {NOT_OURS}
    files = await files_of(current.office(), draft)
    assert files[NOT_OURS].decode() == "火星移民怎么报名\n"
    assert await state(current) is GroupState.NOT_OURS


async def test_what_was_not_ours_and_now_is_leaves_there(current: House, editor: Staff) -> None:
    await teach.not_ours(current.office(), editor, lesson(TEXT, "火星移民怎么报名"))
    draft = await teach.teach(current.office(), editor, lesson(TEXT), PLATE)
    files = await files_of(current.office(), draft)
    assert files[NOT_OURS].decode() == "火星移民怎么报名\n"


async def test_a_new_intent_is_whole(current: House, editor: Staff) -> None:
    await teach.teach_new(current.office(), editor, lesson(TEN), new())
    made = await table(current, "intents/charging_post.toml")
    assert (made["kind"], made["title"]) == ("talk", "充电桩安装")
    assert len(made["examples"]) == 10  # type: ignore[arg-type]
    assert made["answer"] == {"full": "您好，请先问物业，再打12345。"}


async def test_a_new_intent_may_be_answered_by_a_guide(current: House, editor: Staff) -> None:
    guided = new(guide=GuideId("passport"), full="")
    await teach.teach_new(current.office(), editor, lesson(TEN), guided)
    made = await table(current, "intents/charging_post.toml")
    assert (made["kind"], made["guide"]) == ("guide", "passport")


FAULTY = [
    (new(full=""), TEN, "answer.full"),
    (new(full="长" * 130), TEN, "answer.plain"),
    (new(department=""), TEN, "department"),
    (new(department="没有的部门"), TEN, "department"),
    (new(title=""), TEN, "title"),
    (new(title="护照办理"), TEN, "title"),
    (new(guide=GuideId("nowhere"), full=""), TEN, "guide"),
]


@pytest.mark.parametrize(
    ("made", "texts", "field"), FAULTY, ids=[str(n) for n in range(len(FAULTY))]
)
async def test_a_new_intent_that_does_not_fit_is_refused_field_by_field(
    current: House, editor: Staff, made: NewIntent, texts: str, field: str
) -> None:
    with pytest.raises(Unfit) as refused:
        await teach.teach_new(current.office(), editor, lesson(texts), made)
    assert field in {one.field for one in refused.value.faulty}


async def test_a_new_intent_needs_ten_examples(current: House, editor: Staff) -> None:
    with pytest.raises(Unfit) as refused:
        await teach.teach_new(current.office(), editor, lesson(TEXT), new())
    assert [one.problem for one in refused.value.wrong] == [Problem.TOO_FEW]
    assert refused.value.faulty == ()


async def test_an_intent_that_is_there_or_nowhere_is_said_so(current: House, editor: Staff) -> None:
    with pytest.raises(NotFound):
        await teach.teach(current.office(), editor, lesson(TEXT), IntentId("nowhere"))
    with pytest.raises(Conflict):
        await teach.teach_new(current.office(), editor, lesson(TEN), new(id=PLATE))


async def test_a_group_is_put_away_and_back(current: House, editor: Staff) -> None:
    await teach.dismiss(current.office(), editor, [GROUP])
    assert await state(current) is GroupState.DISMISSED
    await teach.reopen(current.office(), editor, [GROUP])
    assert await state(current) is GroupState.OPEN


@pytest.mark.parametrize("role", [Role.AGENT, Role.DUTY, Role.REVIEWER])
async def test_only_an_editor_teaches(current: House, editor: Staff, role: Role) -> None:
    clerk = await hired(current, "clerk", role)
    with pytest.raises(Refused):
        await teach.teach(current.office(), clerk, lesson(TEXT), PLATE)
    with pytest.raises(BianminError):
        await teach.dismiss(current.office(), clerk, [GROUP])
    assert await drafts.listed(current.office(), editor, 5) == []


def test_a_kept_question_becomes_an_example_without_its_stars() -> None:
    assert teach.as_example("我的手机138****5678能用吗") == "我的手机能用吗"
