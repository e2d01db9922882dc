"""Two sequences side by side: what stays, what has moved, and what stands in the place of what."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

ANY = None
"""The kind of what may be followed by anything."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Index before → index now; what is in none of the three is gone."""

    stay: dict[int, int] = field(default_factory=dict)
    """The same, in the same order."""
    moved: dict[int, int] = field(default_factory=dict)
    """The same, elsewhere."""
    changed: dict[int, int] = field(default_factory=dict)
    """Another, in the same place."""

    @property
    def all(self) -> dict[int, int]:
        """Give what each is now, as far as there is something."""
        return self.stay | self.moved | self.changed


def align(
    before: Sequence[str],
    now: Sequence[str],
    kinds: tuple[Sequence[Hashable], Sequence[Hashable]] | None = None,
) -> Alignment:
    """Find what has become of each item; an item stands for one other only.

    With `kinds` of both, one item takes the place of another only where they are of one kind.
    """
    stay = _in_order(before, now)
    left = [index for index in range(len(before)) if index not in stay]
    right = sorted({*range(len(now))} - {*stay.values()})
    moved: dict[int, int] = {}
    for old in left:
        new = next((new for new in right if now[new] == before[old]), None)
        if new is not None:
            moved[old] = new
            right.remove(new)
    of_old, of_new = kinds or ([ANY] * len(before), [ANY] * len(now))
    starts, ends = [*stay], [*stay.values()]
    changed: dict[int, int] = {}
    left = sorted((old for old in left if old not in moved), key=lambda old: of_old[old] is ANY)
    for old in left:
        gap = bisect(starts, old)
        fits = (
            new for new in right if bisect(ends, new) == gap and of_old[old] in (ANY, of_new[new])
        )
        if (new := next(fits, None)) is not None:
            changed[old] = new
            right.remove(new)
    return Alignment(stay, moved, changed)


def _in_order(before: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Pair the most equals that can be paired in order, and of those the least far apart."""
    shortest = min(len(before), len(now))
    head = _common(zip(before, now, strict=False))
    tail = min(_common(zip(before[::-1], now[::-1], strict=False)), shortest - head)
    pairs = {index: index for index in range(head)}
    old, new = before[head : len(before) - tail], now[head : len(now) - tail]
    # best[i][j]: how many pairs old[i:] and new[j:] have, and how far apart these are, negative.
    best = [[(0, 0)] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if old[i] == new[j]:
                count, apart = best[i + 1][j + 1]
                best[i][j] = max(best[i][j], (count + 1, apart - abs(i - j)))
    i = j = 0
    while i < len(old) and j < len(new):
        count, apart = best[i + 1][j + 1]
        if old[i] == new[j] and best[i][j] == (count + 1, apart - abs(i - j)):
            pairs[head + i] = head + j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    for step in range(tail, 0, -1):
        pairs[len(before) - step] = len(now) - step
    return pairs


def _common(pairs: zip[tuple[str, str]]) -> int:
    """Count the equal items at the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
