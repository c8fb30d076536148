"""Every field of a person has its line: basis, notice, and when it is destroyed."""

from dataclasses import fields

import pytest

from data.civic.safety.aftermath import Deletion
from data.civic.safety.appeals import Appeal
from data.civic.safety.credentials import Credential
from data.civic.safety.hazards import Hazard
from data.civic.safety.marks import Mark, MarkList
from data.civic.safety.registrations import Registration
from data.civic.safety.relief import Issue
from data.civic.safety.retention import EVERY_FIELD, NOBODY, PERSONAL, Until
from data.civic.safety.rosters import Household, Person
from data.civic.safety.whereabouts import Step
from data.store import doors
from data.store.indexes import INDEXES
from data.store.papers import BARED, DATED, INFORMED, PAPERS
from data.store.records import Fielded

RECORDS: dict[str, type[Fielded]] = {
    "residents": Person,
    "households": Household,
    "registrations": Registration,
    "credentials": Credential,
    "whereabouts": Step,
    "marks": Mark,
    "mark_lists": MarkList,
    "appeals": Appeal,
    "relief_issues": Issue,
    "deletions": Deletion,
    "hazards": Hazard,
}


def test_every_collection_says_whether_people_stand_in_it() -> None:
    assert set(INDEXES) == set(PERSONAL) | NOBODY
    assert not set(PERSONAL) & NOBODY


@pytest.mark.parametrize(
    "name", [name for name in PERSONAL if EVERY_FIELD not in PERSONAL[name].lines]
)
def test_a_field_without_a_line_is_found(name: str) -> None:
    kept = PERSONAL[name]
    stored = {one.name for one in fields(RECORDS[name])}
    assert stored == set(kept.lines) | kept.others
    assert not set(kept.lines) & kept.others


def test_what_goes_with_an_event_is_what_the_purge_destroys() -> None:
    with_event = {
        name
        for name, kept in PERSONAL.items()
        if any(line.until is Until.EVENT for line in kept.lines.values())
    }
    assert with_event == {*PAPERS, *INFORMED, *DATED, *BARED, doors.COLLECTION}


def test_of_what_stays_the_fields_that_go_are_emptied() -> None:
    for name, bare in BARED.items():
        gone = {field for field, line in PERSONAL[name].lines.items() if line.until is Until.EVENT}
        assert {field.partition(".")[0] for field in bare} == gone


@pytest.mark.parametrize("name", PERSONAL)
def test_a_line_names_its_basis_and_its_notice_or_each_entry_does(name: str) -> None:
    own = {one.name for one in fields(RECORDS[name])} if name in RECORDS else set()
    for line in PERSONAL[name].lines.values():
        assert line.basis or "basis" in own or name == "households"
        assert line.notice or line.until in (Until.ROSTER, Until.OVER)
