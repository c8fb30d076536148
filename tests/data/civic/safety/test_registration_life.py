"""The life of a registration: nobody stands in without a yes, and no yes outlives a no."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import Conflict
from data.civic.ids import ConversationId, PersonId
from data.civic.safety import registrations as moves
from data.civic.safety.registrations import (
    ASKED_FOR,
    Agreement,
    How,
    Kind,
    Registration,
    Relation,
    State,
)
from tests import builders

AT = builders.now()


def asked(minutes: float = 0) -> Registration:
    return Registration(
        id="r1",
        conversation=ConversationId("wechat/county/li"),
        person=PersonId(1),
        kind=Kind.PROXY,
        state=State.ASKED,
        relation=Relation.MOTHER,
        name="李小芳",
        code="1234",
        asked_at=AT + timedelta(minutes=minutes),
    )


def word(minutes: float = 1) -> Agreement:
    return Agreement(how=How.DOOR, by="chen", at=AT + timedelta(minutes=minutes))


def test_a_yes_lets_it_stand_and_a_second_changes_nothing() -> None:
    stands = moves.agree(asked(), word())
    assert (stands.state, stands.agreement, stands.code) == (State.STANDING, word(), "")
    assert moves.agree(stands, word(5)) is stands


def test_a_yes_that_comes_too_late_counts_no_more() -> None:
    with pytest.raises(Conflict):
        moves.agree(asked(), replace(word(), at=AT + ASKED_FOR))


def test_who_still_waits_keeps_the_code_and_who_was_refused_is_asked_anew() -> None:
    again = replace(asked(5), code="9999")
    assert moves.ask_again(asked(), again).code == "1234"
    refused = moves.refuse(asked(), "mother", AT)
    anew = moves.ask_again(refused, again)
    assert (anew.state, anew.code, anew.over_at) == (State.ASKED, "9999", None)


def test_nobodys_name_shows_in_a_log() -> None:
    assert "李小芳" not in repr(asked())
    assert "wechat" not in repr(asked())


STEPS = {
    "agree": lambda one, minute: moves.agree(one, word(minute)),
    "refuse": lambda one, minute: moves.refuse(one, "mother", AT + timedelta(minutes=minute)),
    "end": lambda one, minute: moves.end(one, "daughter", AT + timedelta(minutes=minute)),
    "again": lambda one, minute: moves.ask_again(one, asked(minute)),
    "mute": lambda one, minute: moves.mute(one, on=minute % 2 == 0),
}
LEADS_TO = {
    ("agree", State.ASKED): State.STANDING,
    ("refuse", State.ASKED): State.REFUSED,
    ("refuse", State.STANDING): State.ENDED,
    ("end", State.ASKED): State.ENDED,
    ("end", State.STANDING): State.ENDED,
    ("again", State.REFUSED): State.ASKED,
    ("again", State.ENDED): State.ASKED,
}
"""The whole life: what is not named here changes nothing."""
FORBIDDEN = {("agree", State.REFUSED), ("agree", State.ENDED)}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=20))
def test_whatever_happens_it_stands_only_on_the_newest_word(steps: list[str]) -> None:
    one = asked()
    for minute, step in enumerate(steps, start=1):
        before = one
        if (step, before.state) in FORBIDDEN:
            with pytest.raises(Conflict):
                STEPS[step](one, minute)
            continue
        one = STEPS[step](one, minute)
        assert one.state is LEADS_TO.get((step, before.state), before.state)
        assert one.stands is (one.agreement is not None and one.over_at is None)
        assert one.version == before.version + (one is not before)
