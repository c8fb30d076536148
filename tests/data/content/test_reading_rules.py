"""The rules of reading level: a file of content that may be absent."""

from data.civic.knowing.reading import ReadingRules
from data.content.files import manifest_of
from data.content.reader import READING, read
from tests.data.content import tiny
from tests.data.content.breaking import mistakes_in


def test_without_them_a_release_is_judged_by_length_alone() -> None:
    files = {path: text for path, text in tiny.release().items() if path != READING}
    assert read(files, manifest=manifest_of(files)).rules.reading == ReadingRules()


def test_what_they_say_is_read() -> None:
    files = {**tiny.release(), READING: '[official]\n"逾期" = "过期"\n'.encode()}
    rules = read(files, manifest=manifest_of(files)).rules.reading
    assert rules.official == {"逾期": "过期"}


def test_a_bound_that_cannot_be_is_a_mistake() -> None:
    files = {**tiny.release(), READING: b"longest_sentence = 1\n"}
    assert [where for where, _, _ in mistakes_in(files)] == [READING]
