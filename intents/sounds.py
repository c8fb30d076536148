"""How characters sound, so that 身粉证 is heard as 身份证. The one door to pypinyin here."""

from pypinyin import lazy_pinyin

MARK = "\x01"
"""Stands before every syllable, so that none is taken for letters that were typed."""

_HAN = range(0x3400, 0xA000)


class _Sounds(dict[str, str]):
    """Learns the sound of a character when it is first asked for."""

    def __missing__(self, char: str) -> str:
        if ord(char) not in _HAN:
            return MARK + char
        sound = self[char] = MARK + lazy_pinyin(char)[0]
        return sound


_SOUNDS = _Sounds()


def sounds(text: str) -> list[str]:
    """Tell the marked syllable of each character, without tone; what is not Han is as written."""
    return list(map(_SOUNDS.__getitem__, text))
