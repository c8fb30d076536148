"""Judge the rows that came back: what is adopted, what is not theirs, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from bot.workbooks.filled_in import correction_in, day_in, name_in
from bot.workbooks.layout import Column, Opinion, WorkbookWords
from bot.workbooks.opening import Returned
from data.civic.errors import Mistake, Mistakes
from data.civic.ids import AreaCode
from data.civic.knowing.adopted_areas import AreaAdoption, digest_of_area
from data.civic.knowing.adoptions import Adoption, Spot, differs, said, summaries_left
from data.civic.knowing.guides import Element, Words
from data.civic.knowing.releases import Release
from data.content.adopting import Adoptions

CORRECTED = (Column.NEW_TEXT, Column.NEW_PLAIN, Column.NEW_MATERIALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returner:
    """Who hands the workbooks in, and when: what stands where a row names nobody or no day."""

    name: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the rows come to."""

    adoptions: Adoptions
    not_theirs: tuple[str, ...]
    """Rows that the department says are not its own, each with what it wrote."""
    settled: int
    """Corrections that the release says already."""
    left: int
    """Rows without an opinion."""


@dataclass(slots=True)
class _Judging:
    """What is collected row by row."""

    release: Release
    words: WorkbookWords
    returner: Returner
    elements: list[Adoption] = field(default_factory=list)
    settled: list[Adoption] = field(default_factory=list)
    areas: list[AreaAdoption] = field(default_factory=list)
    not_theirs: list[str] = field(default_factory=list)
    wrong: list[Mistake] = field(default_factory=list)
    left: int = 0


def judged(
    rows: Iterable[Returned], release: Release, words: WorkbookWords, returner: Returner
) -> Judged:
    """Judge all rows of all workbooks together.

    Raises:
        Mistakes: rows are wrong, or what they were said of has changed; each by its cell.
    """
    judging = _Judging(release, words, returner)
    known = {str(spot): spot for guide in release.guides.values() for spot in said(guide)}
    seen: dict[str, Returned] = {}
    for row in rows:
        opinion = _opinion(judging, row)
        if opinion is None:
            continue
        key = row[Column.KEY]
        if first := seen.get(key):
            where = f"{first.sheet}!{first.letters[Column.KEY]}{first.number}"
            judging.wrong.append(row.wrong(Column.KEY, f"{key} stands in {where} too: keep one"))
            continue
        seen[key] = row
        _judge(judging, row, opinion, known)
    _ask_for_summaries(judging, seen)
    if judging.wrong:
        raise Mistakes(tuple(judging.wrong))
    return Judged(
        adoptions=Adoptions(elements=tuple(judging.elements), areas=tuple(judging.areas)),
        not_theirs=tuple(judging.not_theirs),
        settled=len(judging.settled),
        left=judging.left,
    )


def _opinion(judging: _Judging, row: Returned) -> Opinion | None:
    """Read the opinion; None, and a mistake where there is one, if the row has none."""
    known, filled = judging.words.opinions(), [one for one in CORRECTED if row[one]]
    said_so = row[Column.OPINION]
    opinion = known.get(said_so)
    if not said_so and not filled:
        judging.left += 1
    elif opinion is None:
        what = f"{said_so or 'no opinion'}: choose one of {'、'.join(known)}"
        judging.wrong.append(row.wrong(Column.OPINION, what))
    elif filled and opinion in (Opinion.ADOPT, Opinion.WITHDRAW):
        correct = judging.words(f"opinion_{Opinion.CORRECT}")
        what = f"{said_so}, but there is a correction: choose {correct} or empty the cell"
        judging.wrong.append(row.wrong(filled[0], what))
        return None
    return opinion


def _judge(judging: _Judging, row: Returned, opinion: Opinion, known: dict[str, Spot]) -> None:
    key = row[Column.KEY]
    code = AreaCode(key.removeprefix("area="))
    try:
        if opinion is Opinion.NOT_OURS:
            judging.not_theirs.append(" ".join(filter(None, (key, row[Column.NEW_TEXT]))))
        elif key in known:
            _judge_element(judging, row, opinion, known[key])
        elif key != code and code in judging.release.places.areas:
            judging.areas.append(_area(judging, row, opinion, code))
        else:
            what = f"{key or 'nothing'}: the current release has no such row: export it anew"
            judging.wrong.append(row.wrong(Column.KEY, what))
    except Mistakes as error:
        judging.wrong += error.mistakes


def _judge_element(judging: _Judging, row: Returned, opinion: Opinion, spot: Spot) -> None:
    guide = judging.release.guides[spot.guide]
    element = said(guide)[spot]
    adoption = Adoption(
        spot=spot,
        digest=row[Column.DIGEST],
        department=guide.department,
        by=name_in(row, judging.returner.name),
        on=day_in(row, judging.returner.today),
    )
    if opinion is Opinion.WITHDRAW and spot.element is None:
        raise Mistakes((row.wrong(Column.OPINION, "a guide needs its summary: correct it"),))
    if opinion is Opinion.WITHDRAW:
        adoption = replace(adoption, correction=Words())
    elif opinion is Opinion.CORRECT:
        adoption = replace(adoption, correction=correction_in(row, element, spot, judging.words))
    if element.adopted and _says(element, adoption.correction):
        judging.settled.append(adoption)
    elif differs(adoption.digest, element):
        raise Mistakes((_changed(row),))
    else:
        judging.elements.append(adoption)


def _says(element: Element, correction: Words | None) -> bool:
    now = Words(text=element.text, plain=element.plain, items=element.items)
    return correction == now


def _area(judging: _Judging, row: Returned, opinion: Opinion, code: AreaCode) -> AreaAdoption:
    places = judging.release.places
    if row[Column.DIGEST] != digest_of_area(places.areas[code]):
        raise Mistakes((_changed(row),))
    name: str | None = None
    if opinion is Opinion.WITHDRAW:
        name = ""
    elif opinion is Opinion.CORRECT:
        name = row[Column.NEW_TEXT]
        if not name or row[Column.NEW_PLAIN] or row[Column.NEW_MATERIALS]:
            raise Mistakes((row.wrong(Column.NEW_TEXT, "write the right name here, alone"),))
    return AreaAdoption(
        code=code,
        digest=row[Column.DIGEST],
        department=places.department,
        by=name_in(row, judging.returner.name),
        on=day_in(row, judging.returner.today),
        name=name,
    )


def _changed(row: Returned) -> Mistake:
    what = f"{row[Column.KEY]}: its words are not those that were exported: export it anew"
    return row.wrong(Column.DIGEST, what)


def _ask_for_summaries(judging: _Judging, seen: dict[str, Returned]) -> None:
    """A summary rests on the elements: who corrects one says whether it still holds."""
    for guide in sorted(summaries_left([*judging.elements, *judging.settled])):
        corrected = next(
            one for one in [*judging.elements, *judging.settled] if one.spot.guide == guide
        )
        row = seen[str(corrected.spot)]
        summary = Spot(guide=guide, element=None)
        what = f"say of {summary} too whether it holds: words of this guide are corrected"
        judging.wrong.append(row.wrong(Column.OPINION, what))
