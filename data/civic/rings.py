"""What a ring must be to enclose an area: closed, long enough, never meeting itself."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from data.civic.errors import BadInput

MOST_POINTS = 10_000
"""Of one ring; the outline of a province has fewer."""
MOST_BESIDE, MOST_NEAR = 500, 60
"""So many others a piece may lie beside, and near, on average; of a real outline it is under 20."""

Pair = tuple[float, float]
"""Longitude and latitude."""
Spans = tuple[list[float], list[float]]
"""Of each piece where it begins and where it ends."""


def check(ring: Sequence[Pair]) -> None:
    """Insist that a ring, without points that repeat the one before, encloses an area.

    Raises:
        BadInput: it is open, too short, too long, meets itself, or is flat; the place is named.
    """
    if len(ring) > MOST_POINTS:
        raise BadInput(f"a polygon of {len(ring)} points: {MOST_POINTS} at most")
    if len(ring) < 4:
        raise BadInput(f"a polygon of {len(ring)} points: 4 at least, the last being the first")
    if ring[0] != ring[-1]:
        first, last = _told(ring[0]), _told(ring[-1])
        raise BadInput(f"the polygon is open: it begins at {first} and ends at {last}")
    if where := _where_it_meets(ring):
        raise BadInput(f"the polygon crosses or touches itself {where}")
    if not sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)):
        raise BadInput(f"the polygon at {_told(ring[0])} is flat: its points lie on one line")


def _where_it_meets(ring: Sequence[Pair]) -> str:
    """Tell between which points two pieces meet that do not follow one another; empty: nowhere.

    The pieces are taken from west to east, or from south to north where fewer lie beside one
    another so, each held against those that have not ended yet.

    Raises:
        BadInput: too many lie beside one another both ways: to compare them all takes too long.
    """
    count = len(ring) - 1
    along, across = sorted((_spans(ring, 0), _spans(ring, 1)), key=_beside)
    if _beside(along) > MOST_BESIDE * count:
        raise _too_tangled(ring)
    near = MOST_NEAR * count
    (starts, ends), (lows, highs) = along, across
    open_yet: list[int] = []
    for piece in sorted(range(count), key=starts.__getitem__):
        start, low, high = starts[piece], lows[piece], highs[piece]
        open_yet = [one for one in open_yet if ends[one] >= start]
        close = [one for one in open_yet if lows[one] <= high and highs[one] >= low]
        if (near := near - len(close)) < 0:
            raise _too_tangled(ring)
        for one in close:
            if _meet(ring, *sorted((one, piece))):
                return f"near {_told(ring[piece])}: {_piece(one)} and {_piece(piece)} meet"
        open_yet.append(piece)
    return ""


def _too_tangled(ring: Sequence[Pair]) -> BadInput:
    what = "is too tangled to be checked: draw it with fewer points"
    return BadInput(f"the polygon of {len(ring)} points at {_told(ring[0])} {what}")


def _spans(ring: Sequence[Pair], axis: int) -> Spans:
    """Tell where each piece begins and ends from west to east, or from south to north."""
    pieces = list(pairwise(ring))
    starts = [min(a[axis], b[axis]) for a, b in pieces]
    return starts, [max(a[axis], b[axis]) for a, b in pieces]


def _beside(spans: Spans) -> int:
    """Count the pairs of pieces that lie beside one another."""
    starts, ends = sorted(spans[0]), sorted(spans[1])
    return sum(place - bisect_left(ends, start) for place, start in enumerate(starts))


def _meet(ring: Sequence[Pair], one: int, other: int) -> bool:
    """Say whether two pieces have more in common than the point where one follows the other."""
    a, b, c, d = ring[one], ring[one + 1], ring[other], ring[other + 1]
    if b == c and one + 1 == other:
        return _turns_back(a, b, d)
    if d == a and one == 0 and other == len(ring) - 2:
        return _turns_back(c, d, b)
    return _cross(a, b, c, d)


def _cross(a: Pair, b: Pair, c: Pair, d: Pair) -> bool:
    one, two = _side(a, b, c), _side(a, b, d)
    if one == two != 0:
        return False
    three, four = _side(c, d, a), _side(c, d, b)
    if one != two and three != four:
        return True
    on_a_line = ((one, a, b, c), (two, a, b, d), (three, c, d, a), (four, c, d, b))
    return any(side == 0 and _between(p, q, r) for side, p, q, r in on_a_line)


def _turns_back(a: Pair, b: Pair, c: Pair) -> bool:
    """Say whether the way from `b` to `c` runs back over the way from `a` to `b`."""
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return _side(a, b, c) == 0 and ahead < 0


def _side(a: Pair, b: Pair, c: Pair) -> int:
    """Tell on which side of the line from `a` to `b` lies `c`: 1 left, -1 right, 0 on it."""
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def _between(a: Pair, b: Pair, c: Pair) -> bool:
    """Say whether `c`, on the line of `a` and `b`, lies between them."""
    wide = min(a[0], b[0]) <= c[0] <= max(a[0], b[0])
    return wide and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _piece(number: int) -> str:
    return f"the piece from point {number + 1} to {number + 2}"


def _told(point: Pair) -> str:
    return f"({point[0]:g}, {point[1]:g})"
