"""Announce by the loudspeakers of villages: what is to be read out, and who has done it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.civic.ids import AreaCode, StaffId
from data.civic.people import Staff
from data.civic.sending import announcements
from data.civic.sending.announcements import Announcement
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.rows import Rung
from data.civic.warning import drills
from handlers.acts.grid_duty import REPORT
from handlers.acts.note import note
from handlers.office import Office
from handlers.wording import written

OVER = (InformingState.CANCELLED, InformingState.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnnounce:
    """What the villages of somebody's area have to read out."""

    informing: Informing
    announcements: tuple[Announcement, ...]
    names: Mapping[StaffId, str] = field(repr=False)
    """Of those who have read out: staff id → name."""

    def over(self, village: AreaCode) -> bool:
        """Say whether it must not be read out there any more: stopped, or its news are over."""
        return self.informing.state in OVER or self.informing.has_ended_in(village)


async def ask(office: Office, number: int, villages: Iterable[AreaCode]) -> None:
    """Put an announcement onto the lists of villages. Idempotent for each village.

    Raises:
        NotFound: there is no such informing.
    """
    informing = await office.stores.informings.must(number)
    for village in sorted(set(villages)):
        one = Announcement(
            informing=number,
            village=village,
            text=text_for(office, informing, village),
            asked_at=office.clock.now(),
        )
        await office.stores.announcements.add(one)


def text_for(office: Office, informing: Informing, village: AreaCode) -> str:
    """Write what is read out in a village: its name, then the approved words; a drill is marked."""
    said = informing.words.by(Rung.LOUDSPEAKER).removeprefix(drills.MARK)
    name = office.release.places.name(village)
    text = written(office.release, "inform_announcement", village=name, text=said)
    return f"{drills.MARK}{text}" if informing.drill else text


async def listed(office: Office, staff: Staff, number: int) -> ToAnnounce:
    """List what the villages of the own area have to read out, in the order of their codes.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such informing.
    """
    staff.must(*REPORT)
    informing = await office.stores.informings.must(number)
    found = await office.stores.announcements.of(number)
    own = tuple(one for one in found if staff.may(*REPORT, area=one.village))
    readers = sorted({reading.by for one in own for reading in one.readings})
    known = [await office.stores.staff.get(one) for one in readers]
    names = {one.id: one.name for one in known if one}
    return ToAnnounce(informing=informing, announcements=own, names=names)


async def read_out(office: Office, staff: Staff, number: int, village: AreaCode) -> Announcement:
    """Note that a village's announcement was read out, by who says so; nobody is informed by it.

    Said again within half a minute it is the same reading. What is over can still be noted: it
    is a record of what happened.

    Raises:
        Refused: the role is not held, or the village is another's.
        NotFound: nothing is to be announced there.
    """
    staff.must(*REPORT, area=village)
    now = office.clock.now()
    one = await office.stores.announcements.change(
        f"{number}/{village}", lambda found: announcements.read_out(found, staff.id, now)
    )
    if one.last and one.last.at == now:
        await note(office, staff.id, "inform.announce", f"informing-{number}/{village}")
    return one
