"""How a conversation moves, and what it forgets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, IntentId, StaffId
from data.civic.talk.arrival import arrived
from data.civic.talk.conversations import (
    ANSWERS_KEPT,
    FORGET_AFTER,
    AskIn,
    Attention,
    Await,
    Awaited,
    CallHuman,
    Care,
    Conversation,
    LiveIn,
    Stay,
    TalkOf,
    Topic,
    claim,
    give_back,
    moved,
    spoke,
)
from tests import builders

NOW = builders.now()
SILENCE = timedelta(minutes=30)
ASKED = Awaited(intent=IntentId("case_status"), slot="last_four")
TOPIC = Topic(intent=IntentId("passport"))
WANG, LI = StaffId("wang"), StaffId("li")


@pytest.fixture
def new() -> Conversation:
    return Conversation(key=builders.citizen())


@pytest.fixture
def waiting(new: Conversation) -> Conversation:
    return moved(new, (CallHuman(question="护照"),), NOW)


def test_every_turn_is_one_version_more(new: Conversation) -> None:
    after = moved(moved(new, (), NOW), (TalkOf(topic=TOPIC), Await(awaited=ASKED)), NOW)
    assert (after.version, after.last_at) == (2, NOW)
    assert (after.topic, after.awaited) == (TOPIC, ASKED)


def test_what_was_awaited_is_over_unless_one_stays(new: Conversation) -> None:
    asking = moved(new, (Await(awaited=ASKED),), NOW)
    assert moved(asking, (), NOW).awaited is None
    assert moved(asking, (Stay(),), NOW).awaited == ASKED
    other = Awaited(intent=IntentId("passport"), slot="situation")
    assert moved(asking, (Stay(), Await(awaited=other)), NOW).awaited == other


def test_place_and_care_are_remembered(new: Conversation) -> None:
    area = AreaCode("330109105")
    after = moved(moved(new, (LiveIn(area=area), Care(on=True)), NOW), (), NOW)
    assert (after.area, after.care) == (area, True)
    assert not moved(after, (Care(on=False),), NOW).care


def test_the_place_of_a_matter_is_over_with_it_and_is_nobody_s_home(new: Conversation) -> None:
    area = AreaCode("330109105")
    asking = moved(new, (AskIn(area=area),), NOW)
    assert (asking.asked_in, asking.area) == (area, None)
    assert moved(asking, (Stay(),), NOW).asked_in == area
    assert moved(asking, (), NOW).asked_in is None


def test_only_the_newest_answers_are_kept(new: Conversation) -> None:
    answers = tuple((f"q{n}", "a") for n in range(ANSWERS_KEPT + 3))
    after = moved(new, (Await(awaited=replace(ASKED, answers=answers)),), NOW)
    assert after.awaited is not None
    assert after.awaited.answers == answers[-ANSWERS_KEPT:]


def test_a_long_silence_forgets_what_was_talked_about_but_not_who_waits(
    waiting: Conversation,
) -> None:
    talking = moved(waiting, (TalkOf(topic=TOPIC), Await(awaited=ASKED)), NOW)
    soon = talking.fresh(NOW + FORGET_AFTER - timedelta(seconds=1))
    late = talking.fresh(NOW + FORGET_AFTER)
    assert soon == talking
    assert (late.topic, late.awaited, late.attention) == (None, None, Attention.WAITING)


def test_who_waits_keeps_the_place_and_the_question(waiting: Conversation) -> None:
    again = moved(waiting, (CallHuman(question="快点"),), NOW + SILENCE)
    assert (again.attention_since, again.last_question) == (NOW, "护照")


def test_one_member_of_staff_holds_it_at_a_time(waiting: Conversation) -> None:
    held = claim(waiting, WANG, NOW)
    assert (held.attention, held.claimed_by) == (Attention.HUMAN, WANG)
    assert claim(held, WANG, NOW) is held
    for step in (claim, spoke, give_back):
        with pytest.raises(Conflict):
            step(held, LI, NOW)
    free = give_back(held, WANG, NOW)
    assert (free.attention, free.claimed_by) == (Attention.ASSISTANT, None)
    for step in (claim, spoke, give_back):
        with pytest.raises(Conflict):
            step(free, WANG, NOW)


def test_a_conversation_that_staff_have_left_is_the_assistants_again(
    waiting: Conversation,
) -> None:
    held = spoke(claim(waiting, WANG, NOW), WANG, NOW + SILENCE)

    def at(later: timedelta) -> Conversation:
        message = builders.message()
        return arrived(held, message, now=NOW + later, human_returns_after=SILENCE)

    assert at(SILENCE * 2 - timedelta(seconds=1)).attention is Attention.HUMAN
    assert at(SILENCE * 2).attention is Attention.ASSISTANT
    assert at(SILENCE * 2).claimed_by is None


@pytest.mark.parametrize(
    ("says", "before", "after"),
    [
        (None, True, True),
        (None, False, False),
        (True, False, True),
        (False, True, False),
    ],
)
def test_the_phone_decides_about_large_text_if_it_says_so(
    new: Conversation, *, says: bool | None, before: bool, after: bool
) -> None:
    message = replace(builders.message(), care=says)
    here = arrived(replace(new, care=before), message, now=NOW, human_returns_after=SILENCE)
    assert here.care is after
