"""Hear whether a place is all that is said, and whether it is said to be one's own."""

import re
from collections.abc import Iterator

from data.civic.areas import Area, Gazetteer, within
from data.civic.ids import AreaCode
from intents.normalise import clean
from intents.patterns import any_of
from intents.places import names

_PLACE = "\ue000"
"""Stands in a text for the names of the place, which nobody types."""

_ME = r"(?:我们|咱们|阿拉|我|咱|俺)"
_NOW = r"(?:现在|目前|就|人|自己|本人)*"
_BEGINS = r"(?:^|(?<=[^\w]))"
_AT = r"(?:住在|住|在)"
_HERE = r"(?:这里|这边|这儿|这|村)"

_SMALL = (
    rf"(?:{_ME}|自己|本人|人|现在|目前|就|家|住|在|是|到|的|这|那|里|边|头|儿|请问|您好|你好"
    r"|村民|居民|村子|村|社区|镇上|镇|街道|街|区|市|县|省|地址|地方|位置"
    r"|了|呢|吧|啊|呀|哦|嗯|哈|噢|哎|诶|办理|办)"
)
_NUMBER = r"[\d一二三四五六七八九十百]+(?:自然村|号楼|单元|[组号幢栋室户楼弄队层\-]|$)"
_ALONE = re.compile(rf"(?:{_PLACE}|{_SMALL}|{_NUMBER}|[^\w])*")
_ANOTHER = re.compile(r"^那(?![边里])|呢[^\w]*$")
"""In a place alone: it is asked of beside the one before."""

_IS_AT = rf"(?:{_ME}{_NOW}|{_ME}的?家里?{_NOW}|{_BEGINS}(?:家里?|人)){_AT}|{_BEGINS}{_NOW}住在?"
_IS_FROM = rf"(?:{_ME}家?{_HERE}?|{_HERE})是"
_OF_SOMEBODY = r"的(?!村民|居民|人)\w"
_A_VILLAGER = r"的?(?:(?:村|社区)?(?:[^\w]|$)|人|村民|居民|老百姓)|[\d一二三四五六七八九十]+组"
_OWN = re.compile(
    rf"(?:{_IS_AT}){_PLACE}(?!{_OF_SOMEBODY})|(?:{_IS_FROM}){_PLACE}(?={_A_VILLAGER})"
)


class DwellingEar:
    """Tells what a clean text says of a place that was heard in it."""

    def __init__(self, places: Gazetteer) -> None:
        self._places = places
        self._called: dict[AreaCode, re.Pattern[str]] = {}

    def alone(self, text: str, area: Area) -> bool:
        """Say whether nothing is said but this place."""
        return _ALONE.fullmatch(self._marked(text, area)) is not None

    def own(self, text: str, area: Area) -> bool:
        """Say whether it is said that one is there, lives there or is from there."""
        if self.alone(text, area):
            return _ANOTHER.search(text) is None
        return _OWN.search(self._marked(text, area)) is not None

    def _marked(self, text: str, area: Area) -> str:
        """Put one mark for the names of a place, with those of the areas around it."""
        if area.code not in self._called:
            called = any_of(name for one in self._around(area) for name in _called(one))
            self._called[area.code] = re.compile(rf"(?:{called}[,、 ]*)*{called}")
        return self._called[area.code].sub(_PLACE, text)

    def _around(self, area: Area) -> Iterator[Area]:
        """List an area and those it lies in."""
        return (one for one in self._places.areas.values() if within(area.code, one.code))


def _called(area: Area) -> Iterator[str]:
    """List what an area is called, and its name in full as it is shown."""
    yield clean(area.name)
    yield from names(area)
