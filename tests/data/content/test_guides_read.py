"""Guides that stood the same in another release are not read again."""

import pytest

from data.civic.errors import Mistakes
from data.civic.ids import GuideId
from data.civic.knowing.releases import Release
from data.content.files import manifest_of
from data.content.reader import read
from data.content.remembered import Remembered
from tests import small_county

FILES = small_county.small_files()
GUIDE, PASSPORT = "guides/passport.toml", GuideId("passport")
WORDING = "wording/conversation.toml"


def release(files: dict[str, bytes]) -> Release:
    return read(files, manifest=manifest_of(files))


def test_two_releases_share_a_guide_that_stands_the_same_in_both() -> None:
    other = {**FILES, WORDING: FILES[WORDING] + b"# another\n"}
    assert release(FILES).guides[PASSPORT] is release(other).guides[PASSPORT]


def test_a_guide_whose_file_differs_is_read_anew() -> None:
    text = FILES[GUIDE].replace(b'title = "', 'title = "新'.encode(), 1)
    assert release({**FILES, GUIDE: text}).guides[PASSPORT].title.startswith("新")
    assert not release(FILES).guides[PASSPORT].title.startswith("新")


def test_a_guide_whose_basis_was_opened_since_is_read_anew() -> None:
    """Whether a fact may be said depends on another file, in which somebody notes the day."""
    read_before = release(FILES).guides[PASSPORT]
    unread = {
        path: b"\n".join(line for line in text.split(b"\n") if not line.startswith(b"read_on"))
        if path.startswith("sources/")
        else text
        for path, text in FILES.items()
    }
    read_now = release(unread).guides[PASSPORT]
    assert any(one.read for one in read_before.elements.values())
    assert not any(one.read for one in read_now.elements.values())
    assert release(FILES).guides[PASSPORT] == read_before


def test_a_guide_whose_basis_is_gone_is_still_refused() -> None:
    release(FILES)
    gone = {path: text for path, text in FILES.items() if not path.startswith("sources/")}
    with pytest.raises(Mistakes) as told:
        release(gone)
    assert any(one.where == GUIDE and one.line for one in told.value.mistakes)


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    remembered: Remembered[str] = Remembered(2)
    for key in ("a", "b"):
        remembered.put(key, key)
    assert remembered.get("a") == "a"
    remembered.put("c", "c")
    assert [remembered.get(key) for key in ("a", "b", "c")] == ["a", None, "c"]
