"""The cache of models."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot import models
from bot.models import keep, kept, key_of, lessons_of, model_of, opened, read_lessons
from intents.artifact import digest_of
from intents.train import learn
from tests.small_county import small_release


def test_lessons_come_back_as_they_were_written() -> None:
    release = small_release().release
    lexicon, rows = read_lessons(lessons_of(release))
    assert lexicon == release.lexicon
    assert digest_of(learn(lexicon, rows)) == small_release().manifest.model


def test_a_model_is_taken_from_the_cache(tmp_path: Path) -> None:
    release = small_release().release
    told: list[float] = []
    keep(tmp_path, key_of(lessons_of(release)), b"learnt before")
    assert model_of(release, tmp_path, report=told.append) == b"learnt before"
    assert told == []


def test_a_model_that_is_not_there_is_learnt_and_kept(tmp_path: Path) -> None:
    release, told = small_release().release, list[float]()
    model = model_of(release, tmp_path / "new", report=told.append)
    assert kept(tmp_path / "new", key_of(lessons_of(release))) == model
    assert (told[0], told[-1], told) == (0.0, 1.0, sorted(told))


def test_what_was_used_last_stays_and_what_a_killed_process_left_goes(tmp_path: Path) -> None:
    (tmp_path / "half.4711").write_bytes(b"half")
    os.utime(tmp_path / "half.4711", (1, 1))
    for n in range(models.KEPT):
        keep(tmp_path, f"m{n}", b"model")
        os.utime(tmp_path / f"m{n}.skops", (n + 2, n + 2))
    assert kept(tmp_path, "m0") == b"model"  # used again: now m1 is the oldest
    keep(tmp_path, "new", b"model")
    assert len(list(tmp_path.iterdir())) == models.KEPT
    assert kept(tmp_path, "m0") == kept(tmp_path, "new") == b"model"
    assert kept(tmp_path, "m1") is None
    assert not (tmp_path / "half.4711").exists()


def test_two_that_hear_by_the_same_model_share_it() -> None:
    small = small_release()
    assert opened(small.model, digest=small.manifest.model) is opened(
        small.model, digest=small.manifest.model
    )


@pytest.mark.parametrize("text", ["summary", "title"])
def test_a_guide_in_its_own_words_is_a_lesson(text: str) -> None:
    """Else a changed word would be learnt with some later change, as if by itself."""
    release = small_release().release
    guide = release.guide_of(next(one.id for one in release.intents.values() if one.guide))
    assert guide is not None
    words = replace(guide.summary, full="又改了") if text == "summary" else "又改了"
    other = {**release.guides, guide.id: replace(guide, **{text: words})}
    assert lessons_of(replace(release, guides=other)) != lessons_of(release)
