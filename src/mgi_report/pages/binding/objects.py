"""Step 5, bind: the volume's own objects, as PDF text (ISO 32000-1, 7.3 and 7.5).

What a volume has of its own (structure tree, outline, links, metadata) is thousands of small
objects. Written as text they cost a tenth of what they cost one by one through a library.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

_NOT_REGULAR = re.compile(r"[^!-~]|[#()<>\[\]{}/%]")
_NOT_PLAIN = re.compile(r"[\\()]")
_TOGETHER = 128
"""Objects in an object stream, at most."""
_ROW = struct.Struct(">BIH")
"""Of the cross-reference stream: kind, place, index."""


def name(value: str) -> str:
    """Write a name, such as "/Table" (7.3.5)."""
    return "/" + _NOT_REGULAR.sub(
        lambda match: "".join(f"#{byte:02x}" for byte in match[0].encode()), value
    )


def text(value: str) -> str:
    """Write a text string: ASCII where that is enough, else UTF-16 (7.9.2.2)."""
    if value.isascii() and value.isprintable():
        return f"({_NOT_PLAIN.sub(lambda match: chr(92) + match[0], value)})"
    return f"<FEFF{value.encode('utf-16-be').hex()}>"


def byte_string(value: str) -> str:
    """Write a byte string, which is compared and not read: UTF-8 (7.9.2.4)."""
    return f"<{value.encode().hex()}>"


def number(value: float) -> str:
    """Write a number with at most three decimals (7.3.3)."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def numbers(values: Iterable[float]) -> str:
    """Write an array of numbers, such as a rectangle (7.3.6)."""
    return f"[{' '.join(number(value) for value in values)}]"


def reference(target: int) -> str:
    """Write a reference to an object by its number (7.3.10)."""
    return f"{target} 0 R"


def references(targets: Iterable[int]) -> str:
    """Write an array of references."""
    return f"[{' '.join(reference(target) for target in targets)}]"


def dictionary(entries: Mapping[str, str]) -> str:
    """Write a dictionary of values that are written already (7.3.7)."""
    return f"<<{''.join(f'{name(key)} {value}' for key, value in entries.items())}>>"


def name_tree(entries: Mapping[str, str]) -> str:
    """Write a name tree of one node, its keys in the order of their bytes (7.9.6)."""
    pairs = sorted((key.encode(), value) for key, value in entries.items())
    return f"<</Names[{' '.join(f'<{key.hex()}>{value}' for key, value in pairs)}]>>"


def date(value: str) -> str:
    """Write an ISO 8601 date or date and time in UTC, such as 2021-09-01T12:00:00Z (7.9.4)."""
    return f"(D:{''.join(re.findall('[0-9]+', value))}{'Z' if 'T' in value else ''})"


@lru_cache(maxsize=512)  # most are the same from one binding to the next
def compressed(content: bytes) -> bytes:
    """Compress a stream for /FlateDecode (7.4.4)."""
    return zlib.compress(content)


class Objects:
    """Numbers objects from 1 and writes them as a file."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []
        self._streams: dict[int, bytes] = {}
        """By number; their bodies are their dictionaries."""

    def reserve(self) -> int:
        """Give a number to an object that is written later; null until then."""
        self._bodies.append(b"null")
        return len(self._bodies)

    def put(self, reserved: int, body: str) -> None:
        """Write the object whose number was reserved."""
        self._bodies[reserved - 1] = body.encode("ascii")

    def add(self, body: str) -> int:
        """Write an object and give its number."""
        self._bodies.append(body.encode("ascii"))
        return len(self._bodies)

    def add_stream(self, content: bytes, entries: str = "") -> int:
        """Write a stream with entries such as "/Type/Metadata" and give its number (7.3.8).

        It is compressed if no /Filter says that it is.
        """
        # Metadata stay readable without a PDF reader.
        if "/Filter" not in entries and "/Type/Metadata" not in entries:
            content, entries = compressed(content), f"{entries}/Filter/FlateDecode"
        number = self.add(f"<<{entries}/Length {len(content)}>>")
        self._streams[number] = content
        return number

    def file(self, version: str, catalog: int, information: int | None) -> bytes:
        """Write all objects as a file: header, body, cross-reference stream (7.5).

        What is no stream stands in object streams.
        """
        places = self._put_together()
        parts = [f"%PDF-{version}\n%\xbf\xf7\xa2\xfe\n".encode("latin-1")]
        position = len(parts[0])
        for number, content in self._streams.items():
            head = b"%d 0 obj\n%b\nstream\n" % (number, self._bodies[number - 1])
            places[number] = 1, position, 0
            part = (head, content, b"\nendstream\nendobj\n")
            position += sum(map(len, part))
            parts += part
        size = len(self._bodies) + 2
        places[size - 1] = 1, position, 0
        rows = b"".join(_ROW.pack(*places.get(number, (0, 0, 0xFFFF))) for number in range(size))
        table = compressed(rows)
        identity = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
        entries = (
            f"/Type/XRef/Size {size}/W[1 4 2]/Root {reference(catalog)}"
            f"{f'/Info {reference(information)}' if information else ''}"
            f"/ID[<{identity}><{identity}>]/Filter/FlateDecode/Length {len(table)}"
        )
        parts += (f"{size - 1} 0 obj\n<<{entries}>>\nstream\n".encode("ascii"), table)
        parts.append(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % position)
        return b"".join(parts)

    def _put_together(self) -> dict[int, tuple[int, int, int]]:
        """Put all that is no stream into object streams; say where each is, for the table (7.5.7).

        They begin at fixed numbers, so that what has not changed is compressed already.
        """
        places: dict[int, tuple[int, int, int]] = {}
        count = len(self._bodies)
        for first in range(1, count + 1, _TOGETHER):
            numbers = [
                number
                for number in range(first, min(first + _TOGETHER, count + 1))
                if number not in self._streams
            ]
            if not numbers:
                continue
            offsets = []
            at = 0
            for number in numbers:
                offsets.append(f"{number} {at}")
                at += len(self._bodies[number - 1]) + 1
            head = f"{' '.join(offsets)}\n".encode("ascii")
            content = head + b"\n".join(self._bodies[number - 1] for number in numbers)
            stream = self.add_stream(content, f"/Type/ObjStm/N {len(numbers)}/First {len(head)}")
            places |= {number: (2, stream, index) for index, number in enumerate(numbers)}
        return places
