"""Step 3, compose: the layout's words, and which of them a section prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class PrintedLabels(Mapping[str, str]):
    """Labels that note which of them are asked for."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self.printed: set[str] = set()
        """Keys; who begins a section clears them."""

    def __getitem__(self, key: str) -> str:
        self.printed.add(key)
        return self._labels[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


def listed(labels: Mapping[str, str], name: str) -> list[str]:
    """Give the words `name.1`, `name.2` and so on, as many as there are."""
    found: list[str] = []
    while (key := f"{name}.{len(found) + 1}") in labels:
        found.append(labels[key])
    return found
