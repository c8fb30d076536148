"""Stays: scans in any order, doubled or late, are the same stays; nobody is in two places."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from data.civic.errors import BadInput
from data.civic.ids import EventId, PersonId, ScanId, ShelterId
from data.civic.safety.device_clocks import corrected
from data.civic.safety.scans import (
    Need,
    OutTo,
    Proof,
    Scan,
    Way,
    guest_of,
    party_of,
    person_of,
    void_holder,
    void_party,
)
from data.civic.safety.shelters import Places
from data.civic.safety.stays import Clash, ClashKind, Stays, fold
from tests.sheltering import EVENT, GYM, HALL, SCHOOL, START, Phone, scan
from tests.townsfolk import VILLAGE

ME = guest_of(PersonId(1))


def of(*scans: Scan, guest: str = ME) -> Stays:
    return fold(guest, scans)


def strangers(key: str, count: int, **more: object) -> Scan:
    return scan(key, people=(), strangers=count, proof=Proof.NONE, **more)  # type: ignore[arg-type]


IN, OUT = scan("in-000001"), scan("out-00001", way=Way.OUT, minute=60)


def test_who_comes_and_goes_has_stayed() -> None:
    (stay,) = of(OUT, IN).stays
    assert (stay.since, stay.until, stay.out_to) == (START, OUT.at, OutTo.HOME)
    assert of(IN).now is not None
    assert of(IN, OUT).now is None


def test_two_desks_that_scan_the_same_person_count_once() -> None:
    beside = scan("in-000002", minute=2, device="phone-2")
    found = of(IN, beside)
    assert len(found.stays) == 1
    assert found.clashes == ()


def test_who_comes_in_elsewhere_has_left_and_both_scans_are_shown() -> None:
    there = scan("in-000002", minute=30, at=SCHOOL)
    found = of(there, IN)
    assert [one.shelter for one in found.stays] == [HALL, SCHOOL]
    assert found.stays[0].out_to is OutTo.SHELTER
    assert found.clashes == (Clash(kind=ClashKind.ELSEWHERE, first=IN.id, second=there.id),)


def test_who_left_properly_may_come_in_elsewhere() -> None:
    found = of(IN, OUT, scan("in-000002", minute=61, at=SCHOOL))
    assert found.clashes == ()
    assert found.now is not None
    assert found.now.shelter == SCHOOL


def test_who_leaves_without_being_there_is_shown_with_the_scan_before() -> None:
    twice = scan("out-00002", way=Way.OUT, minute=70)
    (clash,) = of(IN, OUT, twice).clashes
    assert (clash.kind, clash.first, clash.second) == (ClashKind.NOT_HERE, OUT.id, twice.id)
    (never,) = of(OUT).clashes
    assert never.first is None


def test_at_the_door_of_relatives_a_stay_ends() -> None:
    kin = scan("kin-00001", way=Way.KIN, at=None, village=VILLAGE, minute=40)
    found = of(kin, IN)
    assert found.now is None
    assert found.stays[0].out_to is OutTo.RELATIVES


def test_who_is_seen_in_another_event_has_left_the_shelter_of_this_one() -> None:
    here = scan(minute=0)
    other = replace(scan("scan-0002", minute=5), event=EventId("flood"))
    for found in ([here, other], [other, here]):
        (stay,) = fold(ME, found, event=EVENT).stays
        assert (stay.until, stay.out_to) == (other.at, OutTo.SHELTER)
        now = fold(ME, found, event=other.event).now
        assert now is not None
        assert now.scan == other.id
    gone = replace(scan("scan-0003", way=Way.OUT, minute=9), event=other.event)
    (stay,) = fold(ME, [here, gone], event=EVENT).stays
    assert (stay.until, stay.out_to) == (gone.at, OutTo.HOME)


def test_a_void_code_is_one_party_until_its_holder_is_known() -> None:
    first = strangers("scan-0001", 1, party=void_party(PersonId(1)))
    second = replace(first, id=ScanId("scan-0002"), device="phone-2")
    party = party_of(void_party(PersonId(1)))
    assert void_holder(party) == PersonId(1)
    assert first.guests == second.guests == (party,)
    (stay,) = fold(party, [second, first]).stays
    assert stay.takes == Places(1)
    named = scan("scan-0003", minute=2)
    (stay,) = fold(party, [named, second, first]).stays
    assert (stay.until, stay.takes) == (named.at, Places())


def test_one_id_with_two_contents_is_one_scan_and_shown() -> None:
    other = replace(IN, shelter=SCHOOL, received_at=IN.received_at + timedelta(minutes=1))
    for given_order in ((IN, other), (other, IN)):
        found = of(*given_order)
        assert [one.shelter for one in found.stays] == [HALL]
        assert [one.kind for one in found.clashes] == [ClashKind.DIFFERS]


def test_a_household_is_scanned_at_once_and_one_of_them_may_go() -> None:
    home = scan("in-000001", people=(PersonId(1), PersonId(2)), needs=frozenset({Need.WHEELCHAIR}))
    gone = scan("out-00001", way=Way.OUT, who=2, minute=5)
    first, second = (fold(guest_of(PersonId(one)), [home, gone]) for one in (1, 2))
    assert first.now is not None
    assert first.now.takes == Places(1, 0, 1)
    assert second.now is None


def test_of_a_party_without_codes_some_may_leave() -> None:
    came = strangers("in-000001", 5)
    party = party_of(came.id)
    some = strangers("out-00001", 2, way=Way.OUT, minute=5, party=came.id)
    found = fold(party, [some, came])
    assert found.now is not None
    assert (found.now.takes.people, found.now.came) == (3, 5)
    rest = strangers("out-00002", 3, way=Way.OUT, minute=6, party=came.id)
    assert fold(party, [rest, came, some]).now is None
    assert person_of(party) is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"at": None}, "at a shelter"),
        ({"way": Way.KIN}, "there is none"),
        ({"people": ()}, "with codes"),
        ({"strangers": 2}, "with codes"),
        ({"way": Way.OUT, "out_to": None}, "where they go"),
        ({"way": Way.KIN, "at": None}, "which village"),
        ({"people": (), "strangers": 1, "way": Way.OUT}, "which party"),
        ({"people": (), "strangers": 4, "party": ScanId("in-000001")}, "counted anew"),
        ({"people": (), "strangers": 501}, "500"),
        ({"looks": "长" * 201}, "200"),
        ({"device": ""}, "device"),
    ],
)
def test_what_says_too_little_is_no_scan(more: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        scan(**more)  # type: ignore[arg-type]


SHELTERS = (HALL, SCHOOL, GYM)
SCANS = st.lists(
    st.builds(
        lambda n, way, minute, where, who: scan(
            f"scan-{n:04}",
            way=way,
            minute=minute,
            at=None if way is Way.KIN else where,
            village=VILLAGE if way is Way.KIN else None,
            who=who,
        ),
        st.integers(0, 30),
        st.sampled_from(list(Way)),
        st.integers(0, 20),
        st.sampled_from(SHELTERS),
        st.integers(1, 3),
    ),
    max_size=25,
    unique_by=lambda one: one.id,
)


@given(SCANS, st.data())
def test_order_and_doubles_do_not_matter(scans: list[Scan], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations([*scans, *scans[::2]]))
    for who in (1, 2, 3):
        guest = guest_of(PersonId(who))
        found = fold(guest, shuffled)
        assert found == fold(guest, scans)
        assert sum(one.goes_on for one in found.stays) <= 1
        for one, following in zip(found.stays, found.stays[1:], strict=False):
            assert one.until is not None
            assert one.until <= following.since


class Desks(RuleBasedStateMachine):
    """People come and go at three shelters whose telephones are minutes apart and send late."""

    def __init__(self) -> None:
        super().__init__()
        skews = (0, 10, -7)
        self.phones = [
            Phone(name=f"phone-{n}", skew=timedelta(minutes=skew)) for n, skew in enumerate(skews)
        ]
        self.minute = 0
        self.truth: dict[int, ShelterId] = {}
        self.scans: list[Scan] = []

    @rule(who=st.integers(1, 6), where=st.integers(0, 2), away=st.booleans())
    def scanned(self, *, who: int, where: int, away: bool) -> None:
        """Somebody comes to a shelter, or leaves the one they are in; the phone's clock is off."""
        here = self.truth.get(who)
        way = Way.OUT if away and here is not None else Way.IN
        place = here if way is Way.OUT and here is not None else SHELTERS[where]
        phone, self.minute = self.phones[where], self.minute + 1
        at = START + timedelta(minutes=self.minute)
        received = at + timedelta(hours=9)
        moment = corrected(phone.reading(at), [phone.pair(received)], received=received)
        key = f"scan-{self.minute:04}"
        one = scan(key, way=way, who=who, at=place, device=phone.name)
        self.scans.append(replace(one, at=moment.at, counter=self.minute))
        if way is Way.IN:
            self.truth[who] = place
        else:
            self.truth.pop(who)

    @invariant()
    def occupancy_is_exact(self) -> None:
        late_and_doubled = [*reversed(self.scans), *self.scans[::3]]
        counted = Counter(
            found.now.shelter
            for who in range(1, 7)
            if (found := fold(guest_of(PersonId(who)), late_and_doubled)).now
        )
        assert counted == Counter(self.truth.values())


Desks.TestCase.settings = settings(max_examples=40, deadline=None)
TestDesks = Desks.TestCase


def test_a_scan_named_by_its_party_is_of_that_party() -> None:
    some = strangers("out-00001", 2, way=Way.OUT, party=ScanId("in-000001"))
    assert some.guests == ("w-in-000001",)
