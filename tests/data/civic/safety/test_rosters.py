"""People on the roster: how they can be reached, on which ground they stand there, until when."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from data.civic.ids import AreaCode, ConversationId, HouseholdId, PersonId
from data.civic.risks import RiskTag
from data.civic.safety.grounds import GROUNDS, Basis, stated
from data.civic.safety.identity import id_hash, named, person_id, phone_hash
from data.civic.safety.rosters import MOST_IDS, Person, Rung, purge_day
from tests import builders

DAY = date(2026, 7, 1)
SOMEBODY = Person(
    id=PersonId(7),
    household=HouseholdId(8),
    village=AreaCode("330109105201"),
    name="王芳",
    phone="13800000000",
    tags=frozenset({RiskTag.LIVING_ALONE}),
    checked_on=DAY,
    notice_version="roster-2026",
    basis=Basis.DUTY,
    purge_on=purge_day(DAY, None),
)
NOTHING_OF_A_PERSON = {
    "id",
    "checked_on",
    "notice_version",
    "basis",
    "purge_on",
    "temporary_until",
    "synthetic",
    "version",
}


@pytest.mark.parametrize(
    ("phone", "conversation", "rung"),
    [
        ("13800000000", "wechat_mini/county/o1", Rung.CHAT),
        (None, "wechat_mini/county/o1", Rung.CHAT),
        ("13800000000", None, Rung.SMS),
        ("057182623000", None, Rung.VOICE),
        ("12345", None, Rung.VOICE),
        (None, None, Rung.DOOR),
    ],
)
def test_the_first_rung_is_the_quickest_that_can_reach(
    phone: str | None, conversation: str | None, rung: Rung
) -> None:
    bound = ConversationId(conversation) if conversation else None
    assert replace(SOMEBODY, phone=phone, conversation=bound).reach is rung


def test_every_field_of_a_person_states_basis_notice_and_deletion() -> None:
    kept = {one.name for one in fields(Person)} - NOTHING_OF_A_PERSON
    assert set(GROUNDS) == kept
    told = stated(SOMEBODY)
    assert {one.purge_on for one in told.values()} == {SOMEBODY.purge_on}
    assert {one.notice_version for one in told.values()} == {"roster-2026"}
    assert told["phone"].basis is Basis.DUTY
    assert told["proxies"].basis is Basis.CONSENT
    assert told["home"].sensitive


def test_a_person_is_shown_without_name_and_number() -> None:
    assert not {"王芳", "13800000000"} & set(repr(SOMEBODY).split("'"))


def test_who_stands_for_a_time_is_deleted_the_day_after() -> None:
    assert purge_day(DAY, DAY + timedelta(days=10)) == DAY + timedelta(days=11)
    assert purge_day(DAY, None) > DAY + timedelta(days=365)


def test_an_entry_that_nobody_has_checked_for_a_season_is_stale() -> None:
    assert not SOMEBODY.is_stale(DAY + timedelta(days=365))
    assert SOMEBODY.is_stale(DAY + timedelta(days=366))


def test_a_child_is_known_by_the_year() -> None:
    assert replace(SOMEBODY, born_year=2015).is_child(DAY)
    assert not replace(SOMEBODY, born_year=1950).is_child(DAY)
    assert not SOMEBODY.is_child(DAY)


def test_handles_are_random_small_and_never_nobody() -> None:
    handles = {person_id(builders.ids()) for _ in range(1_000)}
    assert len(handles) == 1_000
    assert all(0 < one < MOST_IDS for one in handles)
    assert named(PersonId(255)) == "person-00000000ff"


def test_hashes_are_keyed_and_know_the_two_forms_of_the_x() -> None:
    seal = builders.seal()
    assert id_hash(seal, "11010519491231002x") == id_hash(seal, "11010519491231002X")
    assert id_hash(seal, "1") != phone_hash(seal, "1")
    assert len(phone_hash(seal, "1")) == 32


def test_nothing_of_a_person_is_a_colour() -> None:
    assert not [one.name for one in fields(Person) if "colo" in one.name]
