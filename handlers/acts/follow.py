"""Follow the warnings for a place, or stop: at once, whichever way they came here."""

from dataclasses import dataclass

from data.civic.ids import AreaCode, ConversationId
from data.civic.sending.followings import Following, Whose
from handlers.acts.note import citizen, note
from handlers.acts.register import mute
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What was stopped."""

    places: int
    people: int
    """For how many people of the roster nothing is sent here any more."""

    @property
    def anything(self) -> bool:
        """Say whether there was anything to stop."""
        return bool(self.places or self.people)


async def follow(
    office: Office, conversation: ConversationId, area: AreaCode, *, whose: Whose
) -> Following:
    """Follow a place from now on. Idempotent."""
    following = Following(
        conversation=conversation, area=area, whose=whose, since=office.clock.now()
    )
    await office.stores.followings.follow(following)
    await note(office, citizen(office, conversation), "following.begin", f"area-{area}")
    return following


async def stop(
    office: Office, conversation: ConversationId, area: AreaCode | None = None
) -> Stopped:
    """Send nothing more to a conversation: for one place, or at all. Idempotent.

    Who is registered stays so: answers still count, and the other ways are gone as before.
    """
    followings = office.stores.followings
    if area is not None:
        stopped = Stopped(places=int(await followings.stop(conversation, area)), people=0)
    else:
        places = await followings.stop_all(conversation)
        stopped = Stopped(places=places, people=await mute(office, conversation, on=True))
    if stopped.anything:
        await note(office, citizen(office, conversation), "following.end", f"area-{area or 'all'}")
    return stopped
