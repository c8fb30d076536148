"""What a ring must be to enclose an area: closed, long enough, never meeting itself."""

from collections.abc import Sequence
from itertools import pairwise

from data.civic.errors import BadInput

MOST_POINTS = 10_000
"""Of one ring; the outline of a province has fewer."""

Pair = tuple[float, float]
"""Longitude and latitude."""


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

    The pieces are taken from west to east, each held against those that have not ended yet.
    """
    count = len(ring) - 1
    ends = [max(a[0], b[0]) for a, b in pairwise(ring)]
    starts = [min(a[0], b[0]) for a, b in pairwise(ring)]
    open_yet: list[int] = []
    for piece in sorted(range(count), key=starts.__getitem__):
        open_yet = [one for one in open_yet if ends[one] >= starts[piece]]
        for one in open_yet:
            if _meet(ring, *sorted((one, piece))):
                return f"near {_told(ring[piece])}: {_piece(one)} and {_piece(piece)} meet"
        open_yet.append(piece)
    return ""


def _meet(ring: Sequence[Pair], one: int, other: int) -> bool:
    """Say whether two pieces have more in common than the point where one follows the other."""
    a, b, c, d = ring[one], ring[one + 1], ring[other], ring[other + 1]
    if b == c and one + 1 == other:
        return _turns_back(a, b, d)
    if d == a and one == 0 and other == len(ring) - 2:
        return _turns_back(c, d, b)
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    return _cross(a, b, c, d)


def _cross(a: Pair, b: Pair, c: Pair, d: Pair) -> bool:
    one, two = _side(a, b, c), _side(a, b, d)
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
