"""Step 5, bind: the volume's own objects, as PDF text (ISO 32000-1, 7.3 and 7.5).

What a volume has of its own (structure tree, outline, links, metadata) is thousands of small
objects. Written as text and read by qpdf at once they cost a tenth of what they cost one by one
through pikepdf.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

_NOT_REGULAR = re.compile(r"[^!-~]|[#()<>\[\]{}/%]")
_NOT_PLAIN = re.compile(r"[\\()]")


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


@lru_cache(maxsize=64)  # fonts and colour profiles are the same from one binding to the next
def _compressed(content: bytes) -> bytes:
    return zlib.compress(content)


class Objects:
    """Numbers objects from 1 and writes them as a file that qpdf can read."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

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
        """Write a stream with entries such as "/Type/Metadata" and give its number (7.3.8)."""
        if "/Type/Metadata" not in entries:  # which stay readable without a PDF reader
            content, entries = _compressed(content), f"{entries}/Filter/FlateDecode"
        head = f"<<{entries}/Length {len(content)}>>\nstream\n".encode("ascii")
        self._bodies.append(head + content + b"\nendstream")
        return len(self._bodies)

    def file(self, catalog: int, information: int | None) -> bytes:
        """Write all objects as a file: header, body, cross-reference table, trailer (7.5)."""
        parts = [b"%PDF-1.7\n"]
        position = len(parts[0])
        rows = [b"0000000000 65535 f \n"]
        for count, body in enumerate(self._bodies, start=1):
            part = b"%d 0 obj\n%b\nendobj\n" % (count, body)
            rows.append(b"%010d 00000 n \n" % position)
            parts.append(part)
            position += len(part)
        info = f"/Info {reference(information)}" if information else ""
        trailer = f"trailer <</Size {len(rows)}/Root {reference(catalog)}{info}>>\n"
        parts.append(b"xref\n0 %d\n" % len(rows))
        parts += rows
        parts.append(trailer.encode("ascii"))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(parts)
