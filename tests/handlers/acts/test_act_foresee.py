"""Which questions a draft would answer otherwise."""

import time
from dataclasses import replace

from bot.first_release import Shipped
from bot.house import House
from data.civic.ids import NOT_OURS, IntentId
from data.civic.knowing.guides import ElementName
from data.civic.knowing.releases import GoldenQuestion, Labelled, Release
from data.civic.labels import Aspect, Next
from handlers.acts.ask_both import questions
from handlers.acts.foresee import Asked, Origin, Turned, foresee
from handlers.office import Office
from intents.artifact import open_model
from intents.understand import Ear
from tests.staffed import said, unanswered

PASSPORT, ID_CARD = "护照怎么办", "身份证丢了怎么补"


def another(house: House, shipped: Shipped, release: Release) -> Office:
    """The office as it would be with another release, heard by the same model."""
    ear = Ear(release, open_model(shipped.model, digest=shipped.manifest.model))
    return replace(house.office(), release=release, ear=ear)


def stricter(release: Release) -> Release:
    """Nothing is sure any more."""
    limits = replace(release.rules.thresholds, answer_score=9.0)
    return replace(release, rules=replace(release.rules, thresholds=limits))


def asked(text: str, intent: str | None = None, *, golden: bool = False) -> Asked:
    labelled = Origin.GOLDEN if golden else Origin.HELD_OUT
    return Asked(
        text=text,
        origin=labelled if intent else Origin.LOGGED,
        intent=IntentId(intent) if intent else None,
    )


async def test_the_same_release_changes_nothing_within_three_seconds(house: House) -> None:
    office = house.office()
    all_of_them = await questions(office, office.release)
    assert len(all_of_them) > 2_000
    start = time.process_time()
    foreseen = await foresee(office, office, all_of_them)
    assert (foreseen.looked_at, foreseen.changes) == (len(all_of_them), ())
    assert time.process_time() - start < 3


async def test_what_was_right_and_is_not_answered_any_more_is_worse(
    house: House, shipped: Shipped
) -> None:
    before, after = house.office(), another(house, shipped, stricter(shipped.release))
    some = [asked(PASSPORT, "passport"), asked(PASSPORT), asked("量子纠缠", NOT_OURS)]
    worse = await foresee(before, after, some)
    assert [one.turned for one in worse.changes] == [Turned.WORSE, Turned.OTHER]
    assert worse.changes[0].after.next is Next.CLARIFY
    better = await foresee(after, before, some)
    assert [one.turned for one in better.changes] == [Turned.BETTER, Turned.OTHER]


async def test_what_was_never_right_and_is_answered_wrongly_is_worse(
    house: House, shipped: Shipped
) -> None:
    after, before = house.office(), another(house, shipped, stricter(shipped.release))
    (change,) = (await foresee(before, after, [asked(PASSPORT, "flood")])).changes
    assert change.turned is Turned.WORSE


async def test_other_words_to_the_same_question_are_a_change_of_that_aspect_alone(
    house: House, shipped: Shipped
) -> None:
    guides = dict(shipped.release.guides)
    (key,) = [key for key in guides if key == "passport"]
    fee = guides[key].elements[ElementName.FEE]
    elements = {**guides[key].elements, ElementName.FEE: replace(fee, text="免费")}
    guides[key] = replace(guides[key], elements=elements)
    after = another(house, shipped, replace(shipped.release, guides=guides))
    some = [asked("护照多少钱"), asked("护照要多久"), asked(ID_CARD)]
    (change,) = (await foresee(house.office(), after, some)).changes
    assert (change.asked.text, change.words_alone, change.turned) == (
        "护照多少钱",
        True,
        Turned.OTHER,
    )
    assert change.after.aspect is Aspect.FEE


async def test_what_is_taught_is_a_change_that_is_meant(house: House, shipped: Shipped) -> None:
    release, strict = shipped.release, stricter(shipped.release)
    intents = dict(release.intents)
    passport = intents[IntentId("passport")]
    intents[passport.id] = replace(passport, examples=(*passport.examples, "护照怎么办？"))
    before = another(house, shipped, strict)
    after = another(house, shipped, replace(release, intents=intents))
    foreseen = await foresee(before, after, [asked(PASSPORT)])
    assert len(foreseen.meant) == 1
    assert foreseen.turned(Turned.OTHER) == ()
    assert (foreseen.lessons, foreseen.unlearnt) == (1, ())


async def test_what_is_taught_and_still_not_answered_is_said_so(
    house: House, shipped: Shipped
) -> None:
    release = shipped.release
    taught = replace(release, other=(*release.other, PASSPORT))
    foreseen = await foresee(house.office(), another(house, shipped, taught), [])
    (one,) = foreseen.unlearnt
    assert (foreseen.lessons, one.asked.text, one.after.intent) == (1, PASSPORT, "passport")


async def test_progress_is_told_to_the_end(house: House) -> None:
    told: list[float] = []
    office = house.office()
    await foresee(office, office, [asked(PASSPORT)] * 250, report=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


async def test_what_is_asked_is_what_is_measured_and_what_citizens_said_once_each(
    house: House,
) -> None:
    await said(house, PASSPORT, "1", "我的手机13812345678，电动三轮车在哪年检", PASSPORT)
    await unanswered(house, "量子纠缠有什么用")
    release = replace(
        house.office().release,
        golden=(
            GoldenQuestion(
                text=ID_CARD, intent=IntentId("id_card_replace"), aspect=None, phrase=""
            ),
        ),
        held_out=(Labelled(text="护照，怎么办", intent=IntentId("passport")),),
    )
    found = await questions(house.office(), release)
    assert [(one.origin, one.intent) for one in found[:2]] == [
        (Origin.GOLDEN, "id_card_replace"),
        (Origin.HELD_OUT, "passport"),
    ]
    logged = {one.text for one in found[2:]}
    assert "量子纠缠有什么用" in logged
    assert "我的手机138****5678，电动三轮车在哪年检" in logged
    assert not logged & {PASSPORT, "1"}
