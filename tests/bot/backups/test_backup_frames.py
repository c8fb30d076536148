"""Frames of a backup: what is written can be read, and no page grows past that."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.backups.restoring import check, read_keyring
from bot.backups.sealing import LARGEST, MAGIC, Frame, Writer, frames
from bot.backups.writing import KEYS, write_backup, write_keyring
from data.civic.errors import BadInput
from data.store.archive import SMALLER, Archive
from data.store.contents import COLLECTION, Contents
from data.store.stores import Stores
from tests import builders

KEY = b"k" * 32


def test_a_frame_too_large_to_be_read_again_is_not_written() -> None:
    file = io.BytesIO()
    writer = Writer(file, KEY)
    before = file.tell()
    with pytest.raises(BadInput, match="release_contents"):
        writer.write(Frame(about={"collection": "release_contents"}, body=bytes(LARGEST)))
    assert file.tell() == before


def test_a_frame_that_holds_more_than_is_read_is_refused_and_not_cut() -> None:
    about = b'{"end": {}}'
    packer = zlib.compressobj(1)
    plain = packer.compress(struct.pack(">I", len(about)) + about)
    for _ in range(LARGEST >> 24):
        plain += packer.compress(bytes(1 << 24))
    plain += packer.flush()
    id_, nonce = b"i" * 16, b"n" * 12
    sealed = nonce + AESGCM(KEY).encrypt(nonce, plain, b"frame/%s/0" % id_)
    file = io.BytesIO(MAGIC + id_ + struct.pack(">I", len(sealed)) + sealed)
    with pytest.raises(BadInput, match="damaged"):
        list(frames(file, KEY))


async def test_many_large_contents_are_divided_into_pages_that_can_be_read(
    stores: Stores, tmp_path: Path
) -> None:
    most = SMALLER[COLLECTION]
    put = [b"content %d" % number for number in range(2 * most + 1)]
    await Contents(stores.database).put(put)
    made = await write_backup(
        Archive(stores.database),
        stores.handles,
        tmp_path,
        key=KEY,
        at=builders.now(),
        tell=lambda _: None,
    )
    with made.file.open("rb") as file:
        about = [one.about for one in frames(file, KEY)]
    pages = [one["count"] for one in about if one.get("collection") == COLLECTION]
    assert pages == [most, most, 1]
    assert check(made.file, KEY) == made.documents


async def test_a_keyring_of_more_keys_than_one_frame_holds_is_read_whole(
    stores: Stores, tmp_path: Path
) -> None:
    keys = {f"person-{number:010x}": b"%032d" % number for number in range(KEYS + 1)}
    await stores.handles.put_back(keys)
    archive, at = Archive(stores.database), builders.now()
    assert await write_keyring(archive, stores.handles, tmp_path, key=KEY, at=at) == len(keys)
    assert read_keyring(tmp_path / "bianmin.keyring", KEY).keys == keys
