"""Read the inbox: groups of questions that were not answered well, the worst first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from data.civic.areas import within
from data.civic.errors import NotFound
from data.civic.ids import AreaCode, GroupId, IntentId
from data.civic.knowing.drafts import Draft
from data.civic.people import Role, Staff
from data.civic.talk.groups import GroupState, QuestionGroup, Sample, Wanted
from data.civic.talk.messages import Candidate
from data.civic.talk.unanswered import UnansweredQuestion
from handlers.acts.drafts import READ as DRAFTS
from handlers.office import Office
from intents.alike import joined, near

READ = (Role.AGENT, Role.DUTY, Role.EDITOR, Role.REVIEWER)
A_PAGE = 50
"""Groups on a page, before those that are nearly the same are joined."""
PAGES = 20
"""So far one may turn the pages; what lies behind is found by the filters."""
QUESTIONS = 50
"""Questions of a group on a page."""
SUGGESTED_BY = 10
"""So many ways of asking the ear is asked about when intents are suggested."""
LOOKED_THROUGH, NEAR = 200, 6
"""How many groups are looked through for those that lie near one, and how many are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the inbox: a group, and those that are nearly the same."""

    group: QuestionGroup
    also: tuple[QuestionGroup, ...]
    samples: tuple[Sample, ...]
    """From the own area."""
    count: int
    """In the own area."""

    @property
    def score(self) -> float:
        """Tell the score of all together."""
        return sum(one.score for one in (self.group, *self.also))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """A page of the inbox."""

    rows: tuple[Row, ...]
    more: bool
    """There is another page."""
    wanted: Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A group with a page of its questions."""

    group: QuestionGroup
    samples: tuple[Sample, ...]
    count: int
    questions: tuple[UnansweredQuestion, ...]
    more: bool
    near: tuple[QuestionGroup, ...]
    """Groups that staff may want to teach together with this one."""


async def inbox(office: Office, staff: Staff, wanted: Wanted, *, page: int) -> Inbox:
    """List a page of groups of the own area.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    mine = replace(wanted, place=_place(office, staff, wanted.place))
    page = min(max(page, 1), PAGES)
    before = (page - 1) * A_PAGE
    found = await office.stores.question_groups.list(mine, limit=A_PAGE + 1, skip=before)
    shown = found[:A_PAGE]
    rows = [_row(staff, [shown[place] for place in company]) for company in _companies(shown)]
    more = len(found) > A_PAGE and page < PAGES
    return Inbox(rows=tuple(rows), more=more, wanted=mine)


async def opened(
    office: Office, staff: Staff, group: GroupId, *, before: datetime | None = None
) -> Opened:
    """Open a group of the own area: its questions, newest first, before a moment if one is given.

    Raises:
        Refused: the role is not held, or nobody of the own area asked this.
        NotFound: there is no such group.
    """
    found = await find(office, staff, group)
    questions = await office.stores.unanswered.of_group(
        group, area=staff.area, before=before, limit=QUESTIONS + 1
    )
    return Opened(
        group=found,
        samples=found.samples_in(staff.area),
        count=found.asked_in(staff.area),
        questions=questions[:QUESTIONS],
        more=len(questions) > QUESTIONS,
        near=await _near(office, staff, found),
    )


async def find(office: Office, staff: Staff, group: GroupId) -> QuestionGroup:
    """Find a group of the own area.

    Raises:
        As `opened`.
    """
    staff.must(*READ)
    found = await office.stores.question_groups.get(group)
    if found is None:
        raise NotFound("there is no such group of questions: see the inbox")
    if not found.asked_in(staff.area):
        staff.must(*READ, area=next(iter(found.areas), None))
    return found


async def waiting(office: Office, staff: Staff) -> int:
    """Count the groups of the own area that nobody has looked after; of a town 1,000 at most.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    place = _place(office, staff, None)
    if place is None:
        return await office.stores.question_groups.count(GroupState.OPEN)
    wanted = Wanted(place=place)
    return len(await office.stores.question_groups.list(wanted, limit=A_PAGE * PAGES))


async def draft_of(office: Office, staff: Staff, group: QuestionGroup) -> Draft | None:
    """Find the draft in which a group was taught; None: in none, or not for this role."""
    if group.draft is None or not staff.may(*DRAFTS):
        return None
    return await office.stores.drafts.get(group.draft)


async def decider(office: Office, group: QuestionGroup | None) -> Staff | None:
    """Find who has decided on a group last; None: nobody has, or the account is gone."""
    decided = group.decided if group else None
    return await office.stores.staff.get(decided.by) if decided else None


def suggested(office: Office, texts: Sequence[str], limit: int) -> list[Candidate]:
    """Tell which intents the ear would guess for these texts, the likeliest of all first."""
    shares: defaultdict[IntentId, float] = defaultdict(float)
    heard = texts[:SUGGESTED_BY]
    for text in heard:
        for one in office.ear.understand(text).candidates:
            shares[one.intent] += one.confidence / len(heard)
    ranked = sorted(shares.items(), key=lambda one: -one[1])[:limit]
    return [Candidate(intent=intent, confidence=share) for intent, share in ranked]


def _place(office: Office, staff: Staff, wanted: AreaCode | None) -> AreaCode | None:
    """Narrow the place to the own area; None: all of the county, which needs no looking at."""
    if wanted is not None and within(wanted, staff.area):
        return wanted
    return None if within(office.release.places.county, staff.area) else staff.area


def _companies(groups: Sequence[QuestionGroup]) -> list[list[int]]:
    """Join groups whose gists are nearly the same and of which the same was guessed."""
    return joined([one.gist for one in groups], [one.guess or "" for one in groups])


def _row(staff: Staff, company: Sequence[QuestionGroup]) -> Row:
    samples = [one for group in company for one in group.samples_in(staff.area)]
    return Row(
        group=company[0],
        also=tuple(company[1:]),
        samples=tuple(samples[:3]),
        count=sum(one.asked_in(staff.area) for one in company),
    )


async def _near(office: Office, staff: Staff, group: QuestionGroup) -> tuple[QuestionGroup, ...]:
    """Find open groups nearby among the worst of which the same was guessed."""
    wanted = Wanted(guess=group.guess, place=_place(office, staff, None))
    found = await office.stores.question_groups.list(wanted, limit=LOOKED_THROUGH)
    others = [one for one in found if one.id != group.id and one.samples_in(staff.area)]
    places = near(group.gist, [one.gist for one in others], NEAR)
    return tuple(others[place] for place in places)
