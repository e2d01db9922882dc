"""Results that are kept for what is the same object as before."""

from __future__ import annotations

from mgi_report.remembering import remembered


def test_the_same_object_is_looked_at_once() -> None:
    asked: list[str] = []

    @remembered(2)
    def length(word: list[str]) -> int:
        asked.append("".join(word))
        return len(word)

    one, equal, other = list("one"), list("one"), list("other")
    assert [length(one), length(one)] == [3, 3]
    assert asked == ["one"]
    # What is only equal is another, and may be told of at another place.
    assert length(equal) == 3
    assert asked == ["one", "one"]
    # There is room for two: the one not asked for the longest goes.
    assert [length(one), length(other), length(one)] == [3, 5, 3]
    assert asked == ["one", "one", "other"]
    assert length(equal) == 3
    assert asked == ["one", "one", "other", "one"]
