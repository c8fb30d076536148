"""The life of a code as a machine: what is over stays over, and a screen keeps nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.clock import SystemIds
from data.civic.errors import BadInput, Conflict
from data.civic.ids import HouseholdId, PersonId
from data.civic.ports import Ids
from data.civic.safety import credentials
from data.civic.safety.codes import CodeKind
from data.civic.safety.credentials import (
    PRINTED_LASTS,
    SCREEN_LASTS,
    CodeState,
    Credential,
    Ending,
    Holder,
    Wanted,
)
from tests import builders
from tests.townsfolk import person

NOW = datetime(2026, 11, 22, 3, 12, 5, 600, tzinfo=UTC)
OWN, OTHER = Holder(person=PersonId(7)), Holder(person=PersonId(8))


class Same(SystemIds):
    """Names everything alike."""

    def new(self) -> str:
        return "z" * 26


def issued(
    kind: CodeKind = CodeKind.SHEET, holder: Holder = OWN, *, ids: Ids | None = None
) -> Credential:
    wanted = Wanted(kind=kind, holder=holder, key=5, by="staff")
    return credentials.issue(ids or builders.ids(), wanted, of=person(holder.person or 7), at=NOW)


class Life(RuleBasedStateMachine):
    """Every move at every moment; a model of three facts is held against the record."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.one = NOW, issued()
        self.ended: CodeState | None = None
        self.seen: datetime | None = None

    @rule(days=st.integers(1, 200))
    def time_goes_by(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule()
    def is_used(self) -> None:
        if self.ended or self.now >= self.one.expires_at:
            self._refused(lambda: credentials.use(self.one, self.now))
            return
        self.one, self.seen = credentials.use(self.one, self.now), self.now

    @rule(to=st.sampled_from([CodeState.LOST, CodeState.REVOKED, CodeState.REPLACED]))
    def is_ended(self, to: CodeState) -> None:
        ending = Ending(by="staff", at=self.now, reason="丢了")
        if self.ended not in (None, to):
            self._refused(lambda: MOVES[to](self.one, ending))
            return
        before, self.one = self.one, MOVES[to](self.one, ending)
        assert (before == self.one) is (self.ended is to)
        self.ended = to

    @rule()
    def expires(self) -> None:
        late = self.now >= self.one.expires_at
        if self.ended not in (None, CodeState.EXPIRED) or not late:
            self._refused(lambda: credentials.expire(self.one, self.now))
            return
        self.one, self.ended = credentials.expire(self.one, self.now), CodeState.EXPIRED

    @invariant()
    def it_counts_while_nobody_ended_it_and_its_time_is_not_over(self) -> None:
        assert self.one.counts(self.now) is (self.ended is None and self.now < self.one.expires_at)
        assert self.one.state.over is (self.ended is not None)
        assert self.one.used_at == self.seen

    @precondition(lambda self: self.ended is None)
    @invariant()
    def its_printed_text_is_ever_the_same(self) -> None:
        assert self.one.code(at=self.now, key=9) == issued_code(self.one)

    def _refused(self, move: object) -> None:
        with pytest.raises(Conflict):
            move()  # type: ignore[operator]


MOVES = {
    CodeState.LOST: credentials.lose,
    CodeState.REVOKED: credentials.revoke,
    CodeState.REPLACED: credentials.give_way,
}


def issued_code(one: Credential) -> object:
    return one.code(at=NOW, key=1)


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
test_the_life_of_a_code = Life.TestCase


def test_a_screen_is_signed_anew_and_nothing_is_kept_of_it() -> None:
    one = issued(CodeKind.SCREEN)
    for after in (timedelta(), timedelta(seconds=61), timedelta(days=30)):
        code = one.code(at=NOW + after, key=8)
        assert code.expires - code.issued == SCREEN_LASTS
        assert code.issued == (NOW + after).replace(microsecond=0)
        assert (code.key, code.handle) == (8, one.handle)


def test_a_printed_code_keeps_the_key_that_signed_it() -> None:
    code = issued(CodeKind.PENDANT).code(at=NOW, key=8)
    assert code.key == 5
    assert code.expires - code.issued == PRINTED_LASTS


def test_no_code_outlives_the_entry_on_the_roster() -> None:
    at = NOW + timedelta(days=600)
    wanted = Wanted(kind=CodeKind.SHEET, holder=OWN, key=5, by="staff")
    one = credentials.issue(builders.ids(), wanted, of=person(7), at=at)
    assert one.expires_at < at + PRINTED_LASTS


def test_handles_say_nothing_of_their_holders() -> None:
    assert issued(ids=Same()).handle == issued(holder=OTHER, ids=Same()).handle
    assert len({issued().handle for _ in range(200)}) == 200


@pytest.mark.parametrize("wrong", [{}, {"person": PersonId(1), "household": HouseholdId(1)}])
def test_a_code_has_exactly_one_holder(wrong: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        Holder(**wrong)  # type: ignore[arg-type]


def test_nothing_is_withdrawn_without_a_reason() -> None:
    with pytest.raises(BadInput, match="why"):
        credentials.revoke(issued(), Ending(by="staff", at=NOW))
