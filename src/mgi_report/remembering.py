"""Results that are kept for what is the same object as before.

From one making to the next most values are not just equal but the same. To compare them by value
would take as long as to work the result out again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def remembered(size: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Keep the last `size` results of a function by the identity of its arguments.

    The arguments are held as long as the result is, and must never change. What was not asked for
    the longest goes first.
    """

    def decorate(function: Callable[_P, _T]) -> Callable[_P, _T]:
        known: dict[tuple[int, ...], tuple[Any, _T]] = {}

        @wraps(function)
        def ask(*given: _P.args, **named: _P.kwargs) -> _T:
            everything = (*given, *named.values())
            key = tuple(map(id, everything))
            found = known.pop(key, None)
            if found is None:
                found = everything, function(*given, **named)
                while len(known) >= size:
                    del known[next(iter(known))]
            known[key] = found
            return found[1]

        return ask

    return decorate
