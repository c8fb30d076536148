"""The reader names file and line of every mistake, all of them at once."""

from collections.abc import Mapping

import pytest

from bot.first_release import checked
from data.civic.errors import Mistakes
from data.civic.knowing.releases import Release
from data.civic.labels import Kind
from data.content.files import manifest_of
from data.content.reader import read
from handlers.directory import directory

Files = Mapping[str, bytes]
GUIDE, INTENT = "guides/passport.toml", "intents/passport.toml"
SOURCES, WORDING = "sources/police.toml", "wording/replies.toml"


def mistakes_in(files: Files) -> list[str]:
    with pytest.raises(Mistakes) as refused:
        read(files, manifest=manifest_of(files))
    return [str(one) for one in refused.value.mistakes]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_shipped_content_has_no_mistake(files: Files, release: Release) -> None:
    assert checked(directory(), files).intents == release.intents
    assert len(release.intents) >= 40
    assert {intent.kind for intent in release.intents.values()} == set(Kind)


@pytest.mark.parametrize(
    ("path", "before", "after", "said"),
    [
        pytest.param(GUIDE, "id = ", "id == ", "not TOML", id="no TOML"),
        pytest.param(GUIDE, 'id = "passport"', 'id = "pass"', "file's name", id="another id"),
        pytest.param(GUIDE, "title = ", "titel = ", "titel", id="a key that is not known"),
        pytest.param(GUIDE, 'status = "fact"', 'status = "true"', "status", id="no such status"),
        pytest.param(GUIDE, 'plain = "', 'plain = "' + "长" * 121, "120", id="plain too long"),
        pytest.param(GUIDE, "checked_on = ", "checked_on = 'soon' #", "checked_on", id="no day"),
        pytest.param(GUIDE, "[elements.fee]", "[elements.price]", "price", id="no such element"),
        pytest.param(INTENT, 'kind = "guide"', 'kind = "leaflet"', "kind", id="no such kind"),
        pytest.param(
            INTENT, "examples = [", 'examples = ["a"]\nrest = [', "10", id="too few examples"
        ),
        pytest.param(INTENT, 'traffic = "', 'traffic = "very ', "traffic", id="no such traffic"),
    ],
)
def test_a_mistake_is_named_with_its_file(
    files: Files, path: str, before: str, after: str, said: str
) -> None:
    text = files[path].decode()
    assert before in text
    broken = {**files, path: text.replace(before, after, 1).encode()}
    assert [one for one in mistakes_in(broken) if one.startswith(path) and said in one]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param(GUIDE, "title = ", "titel = ", id="a key at the top"),
        pytest.param(GUIDE, 'status = "fact"', 'status = "true"', id="a key in a table"),
        pytest.param(INTENT, 'kind = "guide"', 'kind = "leaflet"', id="a key of an intent"),
    ],
)
def test_a_mistake_is_named_with_its_line(files: Files, path: str, before: str, after: str) -> None:
    text = files[path].decode().replace(before, after, 1)
    broken = {**files, path: text.encode()}
    assert any(one.startswith(f"{path}:{line_of(text, after)}:") for one in mistakes_in(broken))


def test_a_basis_that_is_nowhere_is_named_where_it_is_used(files: Files) -> None:
    text = files[GUIDE].decode().replace('basis = ["', 'basis = ["nowhere", "', 1)
    (said,) = mistakes_in({**files, GUIDE: text.encode()})
    assert said.startswith(f"{GUIDE}:{line_of(text, 'nowhere')}:")
    assert "'nowhere'" in said


def test_a_guide_that_is_nowhere_is_named(files: Files) -> None:
    without = {path: text for path, text in files.items() if path != GUIDE}
    assert any(
        one.startswith(INTENT) and "no guide 'passport'" in one for one in mistakes_in(without)
    )


@pytest.mark.parametrize(
    "path", ["rules/danger.toml", "rules/limits.toml", "rules/thresholds.toml"]
)
def test_a_file_that_must_be_there_is_missed(files: Files, path: str) -> None:
    without = {name: text for name, text in files.items() if name != path}
    assert f"{path}: the file is missing" in mistakes_in(without)


def test_bytes_that_are_no_text_are_named_with_their_line(files: Files) -> None:
    broken = {**files, INTENT: b'id = "passport"\ntitle = "\xff"\n'}
    assert f"{INTENT}:2: not UTF-8" in mistakes_in(broken)


def test_a_sentence_is_an_example_of_one_intent_alone(files: Files) -> None:
    text = files[INTENT].decode().replace("examples = [", 'examples = [\n  "你好",', 1)
    said = mistakes_in({**files, INTENT: text.encode()})
    assert any("'你好' is an example of" in one for one in said)


def test_a_held_out_sentence_needs_an_intent_that_is_there(files: Files) -> None:
    broken = {**files, "held_out/mine.tsv": "护照\tpassport\n猫\tcat\n".encode()}
    (said,) = mistakes_in(broken)
    assert said.startswith("held_out/mine.tsv:2: no intent 'cat'")


def test_two_files_with_one_key_are_named(files: Files) -> None:
    broken = {**files, "wording/mine.toml": '[welcome]\nfull = "您好"\n'.encode()}
    assert any("the same key stands in another file" in one for one in mistakes_in(broken))


def test_all_mistakes_are_told_at_once(files: Files) -> None:
    broken = {
        **files,
        GUIDE: files[GUIDE].replace(b"title = ", b"titel = ", 1),
        INTENT: files[INTENT].replace(b'kind = "guide"', b'kind = "leaflet"', 1),
        "wording/mine.toml": b"[x]\nfull = 7\n",
    }
    said = mistakes_in(broken)
    for path in (GUIDE, INTENT, "wording/mine.toml"):
        assert any(one.startswith(path) for one in said), path


def test_a_byte_order_mark_does_no_harm(files: Files, release: Release) -> None:
    marked = {**files, INTENT: b"\xef\xbb\xbf" + files[INTENT]}
    assert read(marked, manifest=manifest_of(marked)).intents == release.intents


def test_the_id_names_every_byte(files: Files) -> None:
    changed = {**files, INTENT: files[INTENT] + b"\n"}
    assert manifest_of(files).id == manifest_of(dict(reversed(files.items()))).id
    assert manifest_of(files).id != manifest_of(changed).id
    assert manifest_of(files).id != manifest_of(files, model="0" * 64).id
