"""The story of a drill: the observatory warns, the county responds, and orders people to leave.

A message is relayed as it came; response and order are written by one and signed by another.
"""

import base64
from collections.abc import Iterator
from datetime import timedelta

from bot.drill.county import County
from bot.drill.happenings import STORY, Happening
from bot.drill.officers import officer
from bot.drill.plan import Plan
from bot.feeds import national, reading
from data.civic.errors import Conflict
from data.civic.ids import EventId, FeedId
from data.civic.people import Role
from data.civic.warning import drills
from data.civic.warning.arrivals import arrived
from data.civic.warning.decisions import Body, IssueOrder, SetResponse
from data.civic.warning.feeds import Feed, FeedFormat
from data.civic.warning.messages import Colour, MessageType, SaidArea, Status, WarningMessage
from data.civic.warning.orders import Tier
from data.civic.warning.responses import Level
from data.civic.warning.verdicts import Verdict
from data.content.drilling import DrillWords
from handlers.acts import decide
from handlers.acts.open_event import open_event
from handlers.acts.relay import relay
from handlers.office import Office

FEED = FeedId(f"{drills.PREFIX}observatory")
"""Whatever comes by it is a drill's, and marked."""
ISSUER = "00000041600000"
TYPHOON = "11B01"
MESSAGE, RESPONSE, ORDER = "message", "response", "order"
LASTS, TO_LEAVE = timedelta(hours=24), timedelta(hours=6)


class Headquarters:
    """Who decides in the drill."""

    def __init__(self, county: County, words: DrillWords) -> None:
        self._county = county
        self._words = words
        self._event: EventId | None = None

    def story(self, office: Office, plan: Plan) -> Iterator[Happening]:
        """Tell what happens, and when."""
        raw = base64.b64encode(self._message(office)).decode()
        yield Happening(at=0, kind=STORY, told={"what": MESSAGE, "body": raw})
        texts = ((plan.response_at, RESPONSE), (plan.order_at, ORDER))
        for at, what in texts:
            text = self._words.response if what == RESPONSE else self._words.order
            yield Happening(at=at, kind=STORY, told={"what": what, "text": text})

    async def open(self, office: Office) -> None:
        """Open the event, as a drill."""
        county = office.release.places.county
        chief = officer(office, "chief-a", Role.CHIEF)
        await office.stores.feeds.configure([self._feed(office)], office.clock.now())
        event = await open_event(office, chief, name=self._words.event, areas=[county], drill=True)
        self._event = event.id

    async def go_on(self, office: Office, step: Happening) -> None:
        """Let the next of the story happen.

        Raises:
            Conflict: the message is not relayed; it says why.
        """
        match step.text("what"):
            case "message":
                await self._relay(office, base64.b64decode(step.text("body")))
            case "response":
                body: Body = SetResponse(areas=self._county.warned, level=Level.III)
                await self._decide(office, body, step.text("text"))
            case _:
                await self._decide(office, self._order(office), step.text("text"))

    async def _relay(self, office: Office, body: bytes) -> None:
        feed, now = self._feed(office), office.clock.now()
        await office.stores.feeds.heard(feed.id, now)
        said = reading.read(body, feed.format)
        done = await relay(office, feed, arrived(body, said, feed=feed.id, received_at=now))
        if done.judgement is None or done.judgement.verdict is not Verdict.APPLIED:
            raise Conflict(f"the drill's message was not relayed: {done.judgement}")

    async def _decide(self, office: Office, body: Body, text: str) -> None:
        """Have it written by one, and signed by a different person."""
        if self._event is None:
            raise Conflict("the event of the drill is not open")
        author, chief = officer(office, "duty", Role.DUTY), officer(office, "chief-b", Role.CHIEF)
        one = await decide.draft(office, author, event=self._event, body=body, text=text)
        await decide.approve(office, chief, one.id, digest=one.digest)

    def _order(self, office: Office) -> IssueOrder:
        deadline = office.clock.now() + TO_LEAVE
        return IssueOrder(tiers=(Tier(areas=(office.release.places.county,), deadline=deadline),))

    def _feed(self, office: Office) -> Feed:
        county = office.release.places.county
        issuers = frozenset({ISSUER})
        return Feed(
            id=FEED, format=FeedFormat.NATIONAL, issuers=issuers, area=county, heartbeat=LASTS
        )

    def _message(self, office: Office) -> bytes:
        """Write the warning as an observatory would send it."""
        now, places, words = office.clock.now(), office.release.places, self._words
        message = WarningMessage(
            identifier=f"{ISSUER}_{now:%Y%m%d%H%M%S}",
            sender=words.sender,
            sender_code=ISSUER,
            sent=now,
            status=Status.ACTUAL,
            type=MessageType.ALERT,
            event_code=TYPHOON,
            event=words.hazard,
            colour=Colour.YELLOW,
            effective=now,
            expires=now + LASTS,
            headline=words.headline,
            description=words.description,
            instruction=words.instruction,
            where=(SaidArea(description=self._named(office), codes=(places.county,)),),
        )
        return national.write(message, first=message.identifier)

    def _named(self, office: Office) -> str:
        """Name the towns as an observatory does."""
        names = [office.release.places.name(town) for town in self._county.warned]
        return "、".join(names)
