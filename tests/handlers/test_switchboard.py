"""The order in which a message finds who answers it, and that none goes unanswered."""

import pytest

from data.civic.errors import (
    BadInput,
    BianminError,
    Conflict,
    EarUnavailable,
    NotFound,
    PlatformRefused,
    Refused,
    StoreUnavailable,
    TooMany,
)
from data.civic.ids import IntentId
from data.civic.labels import Outcome
from data.civic.people import Role
from data.civic.talk.conversations import Attention
from data.civic.talk.messages import MessageKind, Reply, Turn
from handlers.acts import serve_citizen
from handlers.desk import Desk
from handlers.office import Office
from tests.conftest import Build
from tests.handlers.talking import Talk, choices, words
from tests.staffed import hired

CRY = "水进来了我妈被困"


async def test_danger_comes_before_what_was_awaited_and_it_is_over(talk: Talk) -> None:
    reply = await talk.say("查进度", CRY)
    assert words(reply).startswith("请立即拨打")
    assert reply.intent == IntentId("need_help")


async def test_danger_comes_before_silence(talk: Talk) -> None:
    clerk = await hired(talk.house, "wang", Role.AGENT)
    await talk.say("转人工")
    await serve_citizen.claim(talk.house.office(), clerk, talk.by.id)
    assert (await talk.say("护照怎么办")).outcome is Outcome.SILENT
    assert words(await talk.say(CRY)).startswith("请立即拨打")
    assert (await talk.standing()).attention is Attention.HUMAN


async def test_what_was_awaited_comes_before_a_new_matter(talk: Talk) -> None:
    reply = await talk.say("查进度", "33010920261100001")
    assert (reply.outcome, reply.intent) == (Outcome.CLARIFYING, IntentId("case_status"))
    assert "最后四位" in words(reply)


async def test_a_follow_up_comes_before_what_the_ear_would_guess(talk: Talk) -> None:
    reply = await talk.say("护照怎么办", "要多久")
    assert (reply.intent, reply.aspect) == (IntentId("passport"), "duration")


async def test_a_place_alone_is_remembered(talk: Talk) -> None:
    assert "临浦镇" in words(await talk.say("我在临浦"))
    reply = await talk.say("高龄补贴怎么办")
    assert reply.source is not None
    assert reply.source.area == "330109105"


@pytest.mark.parametrize("event", ["subscribe", "user_enter_tempsession", "scan"])
async def test_who_comes_in_is_greeted(talk: Talk, event: str) -> None:
    assert "萧山便民助手" in words(await talk.happens(event))


@pytest.mark.parametrize("event", ["unsubscribe", "click", "view"])
async def test_other_events_ask_for_no_words(talk: Talk, event: str) -> None:
    assert (await talk.happens(event)).outcome is Outcome.SILENT


async def test_a_picture_is_refused_politely_and_the_question_stands(talk: Talk) -> None:
    await talk.say("查进度")
    reply = await talk.say("", kind=MessageKind.UNREADABLE)
    assert (reply.outcome, "只看得懂文字" in words(reply)) == (Outcome.REFUSED, True)
    assert "最后四位" in words(await talk.say("33010920261100001"))


@pytest.mark.parametrize(
    ("label", "said"), [("临浦镇", "按萧山区临浦镇给您回答"), ("某处", "请用文字说一下地方")]
)
async def test_a_place_on_the_map_is_read(talk: Talk, label: str, said: str) -> None:
    await talk.say("查进度")
    reply = await talk.say(f"120.25,30.05 {label}", kind=MessageKind.PLACE)
    assert said in words(reply)
    assert "只看得懂文字" not in words(reply)
    assert "最后四位" in words(await talk.say("33010920261100001"))


ERRORS: list[tuple[BaseException, Outcome]] = [
    (TooMany("wait", retry_after_s=1), Outcome.REFUSED),
    (Refused("no"), Outcome.REFUSED),
    (BadInput("what"), Outcome.REFUSED),
    (EarUnavailable("later"), Outcome.FAILED),
    (StoreUnavailable("later"), Outcome.FAILED),
    (PlatformRefused("no", code="1"), Outcome.FAILED),
    (Conflict("again"), Outcome.FAILED),
    (NotFound("nothing"), Outcome.FAILED),
    (BianminError("?"), Outcome.FAILED),
    (ZeroDivisionError("13800138000"), Outcome.FAILED),
]


@pytest.mark.parametrize(("error", "outcome"), ERRORS, ids=lambda one: type(one).__name__)
async def test_whatever_fails_becomes_words_with_a_way_on(
    build: Build, error: BaseException, outcome: Outcome
) -> None:
    failing = Desk("failing")

    @failing.on("thanks")
    async def fail(turn: Turn, office: Office) -> Reply:
        raise error

    reply = await Talk(build(extra_desks=(failing,))).say("谢谢")
    assert reply.outcome is outcome
    assert words(reply)
    assert "13800138000" not in words(reply)
    assert isinstance(error, BadInput) or "12345" in words(reply)


async def test_every_intent_answers_its_own_first_example(talk: Talk) -> None:
    """Nobody who names his matter is met with an apology."""
    release = talk.house.office().release
    failed = []
    for number, intent in enumerate(release.intents.values()):
        somebody = Talk(
            talk.house,
            by=talk.by.__class__(
                channel=talk.by.channel, account="county", user=f"citizen-{number}"
            ),
        )
        reply = await somebody.say(intent.examples[0])
        if reply.outcome is Outcome.FAILED or not (words(reply) or choices(reply)):
            failed.append(intent.id)
    assert failed == []
