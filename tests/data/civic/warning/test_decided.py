"""What the county decides: two signatures, and lives that no signal ever changes."""

from datetime import timedelta

import pytest

from data.civic.errors import BadInput, Conflict
from data.civic.ids import DecisionId, EventId, NoticeId, OrderId, ResponseId, StaffId
from data.civic.risks import RiskTag
from data.civic.warning import decisions, events, notices, orders, responses, returns
from data.civic.warning.decisions import (
    Body,
    Decision,
    DecisionState,
    IssueNotice,
    IssueOrder,
    SetResponse,
    author_signature,
    digest_of,
)
from data.civic.warning.events import Event
from data.civic.warning.notices import Notice, NoticeState
from data.civic.warning.orders import OrderLift, OrderState, Tier, TransferOrder
from data.civic.warning.responses import Change, Level, Response, ResponseStep
from data.civic.warning.returns import HouseCheck, Released, ReturnState
from tests.bulletins import COUNTY, JINHUA, LINPU, PUYANG, START, VILLAGE

EVENT = EventId("e1")
WANG, LI, ZHAO = StaffId("wang"), StaffId("li"), StaffId("zhao")
BODY = SetResponse(areas=(COUNTY,), level=Level.IV)
TEXT = "启动防台风四级应急响应。"


def decision(body: Body = BODY, *, text: str = TEXT, by: StaffId = WANG) -> Decision:
    signed = author_signature(EVENT, body, text, by=by, at=START)
    return Decision(id=DecisionId("d1"), event=EVENT, body=body, text=text, author=signed)


def tier(*areas: str, hour: int = 15, tags: frozenset[RiskTag] = frozenset()) -> Tier:
    return Tier(areas=areas, tags=tags, deadline=START + timedelta(hours=hour))  # type: ignore[arg-type]


def order(*tiers: Tier) -> TransferOrder:
    return TransferOrder(
        id=OrderId("o1"),
        event=EVENT,
        decision=DecisionId("d1"),
        tiers=tiers or (tier(LINPU), tier(PUYANG, hour=20)),
        text="请立即转移。",
        issued_at=START,
    )


def lifted(one: TransferOrder, *areas: str, by: str = "d2") -> TransferOrder:
    lift = OrderLift(decision=DecisionId(by), areas=areas, text="解除转移令。", at=START)  # type: ignore[arg-type]
    return orders.lift(one, lift)


def step(change: Change, level: Level | None, number: int = 1) -> ResponseStep:
    return ResponseStep(
        decision=DecisionId(f"d{number}"), change=change, level=level, text=TEXT, at=START
    )


def started() -> Response:
    return responses.start(ResponseId("r1"), EVENT, (COUNTY,), step(Change.STARTED, Level.IV))


class TestSigning:
    def test_the_author_and_a_different_person_sign(self) -> None:
        one = decision()
        with pytest.raises(Conflict, match="different person"):
            decisions.approve(one, WANG, START, digest=one.digest)
        signed = decisions.approve(one, LI, START, digest=one.digest)
        assert (signed.state, signed.open_point) == (DecisionState.ISSUED, False)
        assert signed.approver
        assert signed.approver.digest == signed.author.digest == one.digest

    def test_nobody_signs_twice(self) -> None:
        one = decision()
        signed = decisions.approve(one, LI, START, digest=one.digest)
        with pytest.raises(Conflict, match="signed already"):
            decisions.approve(signed, ZHAO, START, digest=one.digest)

    def test_only_what_was_shown_is_signed(self) -> None:
        with pytest.raises(Conflict, match="not what you were shown"):
            decisions.approve(decision(), LI, START, digest=decision(text="另一句。").digest)

    def test_an_override_is_open_until_another_has_signed_it(self) -> None:
        one = decision(by=LI)
        alone = decisions.override(one, LI, START, digest=one.digest, reason="通信中断")
        assert (alone.state, alone.open_point) == (DecisionState.ISSUED, True)
        with pytest.raises(Conflict, match="different person"):
            decisions.approve(alone, LI, START, digest=one.digest)
        closed = decisions.approve(alone, ZHAO, START, digest=one.digest)
        assert not closed.open_point
        assert closed.override

    def test_an_override_has_a_reason_and_is_of_ones_own(self) -> None:
        one = decision()
        with pytest.raises(BadInput, match="why"):
            decisions.override(one, WANG, START, digest=one.digest, reason="  ")
        with pytest.raises(Conflict, match="approve it"):
            decisions.override(one, LI, START, digest=one.digest, reason="急")

    def test_what_is_discarded_is_never_issued_and_what_is_issued_never_discarded(self) -> None:
        one = decision()
        with pytest.raises(Conflict, match="discarded"):
            decisions.approve(decisions.discard(one, START), LI, START, digest=one.digest)
        with pytest.raises(Conflict, match="only a draft"):
            decisions.discard(decisions.approve(one, LI, START, digest=one.digest), START)

    def test_the_digest_tells_every_difference(self) -> None:
        bodies: list[Body] = [
            BODY,
            SetResponse(areas=(COUNTY,), level=Level.III),
            SetResponse(areas=(LINPU,), level=Level.IV),
            IssueOrder(tiers=(tier(LINPU),)),
            IssueOrder(tiers=(tier(LINPU, hour=16),)),
            IssueOrder(tiers=(tier(LINPU, tags=frozenset({RiskTag.SHIP})),)),
            IssueNotice(areas=(LINPU,), title="停课"),
        ]
        assert len({digest_of(EVENT, one, TEXT) for one in bodies}) == len(bodies)
        many = frozenset(RiskTag)
        same = [
            IssueOrder(tiers=(tier(LINPU, tags=tags),)) for tags in (many, frozenset([*many][::-1]))
        ]
        assert digest_of(EVENT, same[0], TEXT) == digest_of(EVENT, same[1], TEXT)

    def test_a_decision_without_words_cannot_be(self) -> None:
        with pytest.raises(BadInput, match="text"):
            decision(text="  ")


class TestResponses:
    def test_a_response_is_started_raised_lowered_and_ended(self) -> None:
        one = started()
        for number, (change, level) in enumerate(
            [(Change.RAISED, Level.II), (Change.LOWERED, Level.III), (Change.ENDED, None)], start=2
        ):
            assert responses.change_to(level, before=one.level) is change
            one = responses.move(one, step(change, level, number))
        assert [s.change for s in one.steps] == list(Change)
        with pytest.raises(Conflict, match="ended"):
            responses.move(one, step(Change.STARTED, Level.IV, 9))

    def test_the_same_decision_moves_it_once(self) -> None:
        raised = responses.move(started(), step(Change.RAISED, Level.I, 2))
        assert responses.move(raised, step(Change.RAISED, Level.I, 2)) is raised

    def test_a_step_that_does_not_follow_is_refused(self) -> None:
        with pytest.raises(Conflict, match="already"):
            responses.change_to(Level.IV, before=Level.IV)
        with pytest.raises(Conflict, match="decide anew"):
            responses.move(started(), step(Change.LOWERED, Level.III, 2))
        with pytest.raises(Conflict, match="begins by being started"):
            responses.start(ResponseId("r"), EVENT, (COUNTY,), step(Change.RAISED, Level.I))


class TestOrders:
    def test_the_earliest_deadline_that_fits_counts(self) -> None:
        ships = tier(COUNTY, hour=9, tags=frozenset({RiskTag.SHIP}))
        one = order(ships, tier(LINPU))
        assert one.tier_for(VILLAGE, frozenset({RiskTag.SHIP})) == ships
        assert one.tier_for(VILLAGE, frozenset()) == tier(LINPU)
        assert one.tier_for(PUYANG, frozenset()) is None

    def test_an_order_is_lifted_area_by_area(self) -> None:
        half = lifted(order(), LINPU)
        assert half.state is OrderState.IN_FORCE
        assert half.tier_for(VILLAGE, frozenset()) is None
        assert (half.touches(LINPU), half.touches(PUYANG), half.touches(COUNTY)) == (
            False,
            True,
            True,
        )
        assert lifted(half, PUYANG, by="d3").state is OrderState.LIFTED

    def test_what_is_not_in_force_cannot_be_lifted_and_the_same_lift_counts_once(self) -> None:
        half = lifted(order(), LINPU)
        assert lifted(half, LINPU) is half
        for area in (LINPU, JINHUA):
            with pytest.raises(Conflict, match="not in force"):
                lifted(half, area, by="d9")

    def test_an_order_is_for_somebody(self) -> None:
        with pytest.raises(BadInput, match="tier"):
            order(tier())
        with pytest.raises(BadInput, match="at least one"):
            TransferOrder(
                id=OrderId("o"),
                event=EVENT,
                decision=DecisionId("d"),
                tiers=(),
                text="x",
                issued_at=START,
            )


class TestReturns:
    def test_nobody_goes_back_before_lift_check_and_release(self) -> None:
        one = returns.begin(EVENT, OrderId("o1"), VILLAGE, START)
        released = Released(decision=DecisionId("d3"), text="可以返回。", at=START)
        assert one.state is ReturnState.LIFTED
        with pytest.raises(Conflict, match="check the houses"):
            returns.release(one, released)
        checked = returns.check_houses(one, HouseCheck(by=WANG, at=START))
        back = returns.release(checked, released)
        assert (checked.state, back.state) == (ReturnState.CHECKED, ReturnState.RELEASED)
        assert returns.release(back, released) is back
        with pytest.raises(Conflict, match="released already"):
            returns.check_houses(back, HouseCheck(by=WANG, at=START))


class TestNotices:
    def test_a_notice_stands_until_its_time_its_end_or_its_correction(self) -> None:
        one = Notice(
            id=NoticeId("n1"),
            event=EVENT,
            decision=DecisionId("d1"),
            areas=(LINPU,),
            title="停课",
            text="明天停课。",
            issued_at=START,
            expires_at=START + timedelta(hours=1),
        )
        assert one.in_force(VILLAGE, START)
        assert not one.in_force(PUYANG, START)
        assert not one.in_force(LINPU, START + timedelta(hours=1))
        ended = notices.end(one, DecisionId("d2"), state=NoticeState.CORRECTED)
        assert not ended.in_force(LINPU, START)
        assert notices.end(ended, DecisionId("d2"), state=NoticeState.CORRECTED) is ended
        with pytest.raises(Conflict, match="already"):
            notices.end(ended, DecisionId("d3"), state=NoticeState.ENDED)


class TestEvents:
    def test_an_event_is_closed_when_nothing_in_it_is_in_force(self) -> None:
        one = Event(id=EVENT, name="台风", areas=(COUNTY,), opened_by=LI, opened_at=START)
        with pytest.raises(Conflict, match="response IV"):
            events.close(one, LI, START, unfinished=["response IV"])
        closed = events.close(one, LI, START, unfinished=[])
        assert events.close(closed, WANG, START, unfinished=[]) is closed
        with pytest.raises(Conflict, match="closed"):
            events.still_open(closed)

    def test_an_event_lists_what_belongs_to_it_once(self) -> None:
        one = Event(id=EVENT, name="台风", areas=(COUNTY,), opened_by=LI, opened_at=START)
        held = events.hold(one, "orders", OrderId("o1"))
        assert events.hold(held, "orders", OrderId("o1")) is held
        assert (held.orders, held.version) == ((OrderId("o1"),), 1)
