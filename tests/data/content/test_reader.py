"""The shipped content as a whole; single mistakes are told of in `test_mistakes*.py`."""

from collections.abc import Mapping

from bot.first_release import checked
from data.civic.knowing.releases import Release
from data.civic.labels import Kind
from data.content.files import manifest_of
from handlers.directory import directory

Files = Mapping[str, bytes]


def test_the_shipped_content_has_no_mistake(files: Files, release: Release) -> None:
    assert checked(directory(), files).intents == release.intents
    assert len(release.intents) >= 40
    assert {intent.kind for intent in release.intents.values()} == set(Kind)


def test_the_id_names_every_byte(files: Files) -> None:
    path = next(iter(files))
    changed = {**files, path: files[path] + b"\n"}
    assert manifest_of(files).id == manifest_of(dict(reversed(files.items()))).id
    assert manifest_of(files).id != manifest_of(changed).id
    assert manifest_of(files).id != manifest_of(files, model="0" * 64).id
