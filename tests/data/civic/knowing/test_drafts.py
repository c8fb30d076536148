"""The life of a draft: who may do what in which state, and what a signature is for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data.civic.errors import BadInput, Conflict, Refused
from data.civic.ids import DraftId, ReleaseId, StaffId
from data.civic.knowing.draft_parts import Edit, Remark, Signature
from data.civic.knowing.drafts import Draft, DraftState, EditedMeanwhile, Lane

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
WANG, LI, ZHAO = StaffId("wang"), StaffId("li"), StaffId("zhao")
PATH = "guides/passport.toml"
BASE = ReleaseId("b" * 64)


def opened() -> Draft:
    return Draft(
        id=DraftId("d1"), title="", base=BASE, created_by=WANG, created_at=NOW, changed_at=NOW
    )


def edited(
    draft: Draft, digest: str | None = "new", *, seen: str = "old", by: StaffId = WANG
) -> Draft:
    return draft.edited(PATH, digest, base="old", seen=seen, by=by, at=NOW)


def submitted() -> Draft:
    return edited(opened()).submit(by=WANG, lane=Lane.ORDINARY, at=NOW)


def signature(draft: Draft, by: StaffId = LI) -> Signature:
    return Signature(by=by, name="李明", department="公安", content=draft.content, at=NOW)


def approved() -> Draft:
    draft = submitted()
    return draft.sign(signature(draft)).approve(NOW)


def in_state(state: DraftState) -> Draft:
    return replace(approved(), state=state)


def test_an_edit_names_who_when_and_on_what() -> None:
    draft = edited(opened())
    assert draft.edits[PATH] == Edit(digest="new", base="old", by=WANG, at=NOW)
    assert draft.standing(PATH, "old") == "new"


def test_the_same_text_again_changes_nothing() -> None:
    once = edited(opened())
    assert edited(once) is once
    assert edited(opened(), "old") == opened()


def test_whoever_saw_an_older_text_is_told_who_changed_it_when() -> None:
    draft = edited(opened(), by=LI)
    with pytest.raises(EditedMeanwhile, match="changed by li at 2026-11-22") as caught:
        edited(draft, "mine", seen="old")
    assert caught.value.edit is not None
    assert caught.value.edit.by == LI


def test_what_equals_the_release_is_no_edit_any_more_but_its_author_stays() -> None:
    back = edited(edited(opened(), by=LI), "old", seen="new")
    assert back.edits == {}
    assert LI in back.authors


def test_a_removed_file_stands_nowhere() -> None:
    assert edited(opened(), None).standing(PATH, "old") == ""


def test_only_an_open_draft_is_edited() -> None:
    with pytest.raises(Conflict):
        edited(submitted(), "other", seen="new")


def test_a_draft_that_changes_nothing_cannot_be_submitted() -> None:
    with pytest.raises(BadInput):
        opened().submit(by=WANG, lane=Lane.ORDINARY, at=NOW)


@pytest.mark.parametrize("author", [WANG, LI, ZHAO], ids=["maker", "editor", "submitter"])
def test_no_author_signs(author: StaffId) -> None:
    draft = edited(opened(), by=LI).submit(by=ZHAO, lane=Lane.ORDINARY, at=NOW)
    with pytest.raises(Refused, match="another person"):
        draft.sign(signature(draft, author))


def test_nobody_signs_twice() -> None:
    draft = submitted()
    once = draft.sign(signature(draft))
    with pytest.raises(Conflict, match="second person"):
        once.sign(signature(draft))


def test_a_signature_for_other_words_is_refused() -> None:
    draft = submitted()
    with pytest.raises(Conflict, match="reads otherwise"):
        draft.sign(replace(signature(draft), content="other"))


def test_sent_back_it_has_no_signature_and_no_time() -> None:
    draft = approved().schedule(NOW + timedelta(days=1), NOW)
    back = draft.send_back(Remark(by=LI, text="金额不对", at=NOW))
    assert (back.state, back.signatures, back.publish_at) == (DraftState.OPEN, (), None)
    assert back.remarks[0].text == "金额不对"


def test_a_scheduled_draft_is_due_at_its_time_and_not_before() -> None:
    then = NOW + timedelta(hours=2)
    draft = approved().schedule(then, NOW)
    assert not draft.due(then - timedelta(seconds=1))
    assert draft.due(then)
    assert approved().due(NOW)


def test_what_failed_may_be_tried_again_under_its_signatures() -> None:
    failed = approved().start(NOW).failed("the model could not be trained", NOW)
    again = failed.again(NOW)
    assert (again.state, again.problem) == (DraftState.APPROVED, "")
    assert again.signatures == approved().signatures


def test_what_failed_and_is_opened_again_must_be_signed_anew() -> None:
    assert approved().start(NOW).failed("x", NOW).reopen(NOW).signatures == ()


def test_a_merge_under_review_voids_signatures_where_it_changed_words() -> None:
    draft = submitted()
    draft = draft.sign(signature(draft))
    moved = {PATH: replace(draft.edits[PATH], base="newer")}
    assert draft.rebased(ReleaseId("n"), moved, NOW).signatures == draft.signatures
    merged = {PATH: replace(draft.edits[PATH], digest="merged")}
    assert draft.rebased(ReleaseId("n"), merged, NOW).signatures == ()


MOVES: dict[str, tuple[set[str], Callable[[Draft], Draft]]] = {
    "submit": ({"open"}, lambda one: one.submit(by=WANG, lane=Lane.ORDINARY, at=NOW)),
    "sign": ({"submitted"}, lambda one: one.sign(signature(one, ZHAO))),
    "approve": ({"submitted"}, lambda one: one.approve(NOW)),
    "send back": (
        {"submitted", "approved"},
        lambda one: one.send_back(Remark(by=LI, text="x", at=NOW)),
    ),
    "withdraw": (
        {"open", "submitted", "approved", "failed"},
        lambda one: one.withdraw(Remark(by=LI, text="", at=NOW)),
    ),
    "reopen": ({"failed", "withdrawn"}, lambda one: one.reopen(NOW)),
    "again": ({"failed"}, lambda one: one.again(NOW)),
    "schedule": ({"open", "submitted", "approved"}, lambda one: one.schedule(NOW, NOW)),
    "start": ({"approved", "publishing"}, lambda one: one.start(NOW)),
    "advance": ({"publishing"}, lambda one: one.advance(0.5, NOW)),
    "becoming": ({"publishing"}, lambda one: one.becoming(BASE, NOW)),
    "hold": ({"publishing"}, lambda one: one.hold(NOW)),
    "published": ({"publishing"}, lambda one: one.published(BASE, NOW)),
    "failed": ({"publishing"}, lambda one: one.failed("x", NOW)),
    "rebased": (
        {"open", "submitted", "approved", "publishing", "failed"},
        lambda one: one.rebased(BASE, {}, NOW),
    ),
}


@pytest.mark.parametrize("state", DraftState)
@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_possible_in_its_states_alone(move: str, state: DraftState) -> None:
    possible, make = MOVES[move]
    if state in possible:
        make(in_state(state))
    else:
        with pytest.raises(Conflict):
            make(in_state(state))
